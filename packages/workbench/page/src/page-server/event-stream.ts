import type { SlackChange } from '@vera/slack-stand-in/contract';
import type { LabState } from '../lab.ts';
import type { RoadEvent } from '../road.ts';
import { type PageSources, type PageState, pageStateOf } from './page-state.ts';

/** What the page is told: first everything, then what changes, so that a page that reconnects has missed nothing. */
export type PageEvent =
  | { readonly kind: 'state'; readonly state: PageState }
  | { readonly kind: 'slack'; readonly change: SlackChange }
  | { readonly kind: 'road'; readonly event: RoadEvent }
  | { readonly kind: 'lab'; readonly lab: LabState };

const heartbeat = 15_000;

/** Server-sent events, each a `PageEvent` as JSON. */
export function eventStream(sources: PageSources): Response {
  const { slack, road, lab } = sources;
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(new TextEncoder().encode(text));
      const send = (event: PageEvent) => write(`data: ${JSON.stringify(event)}\n\n`);
      write('retry: 1000\n\n');
      send({ kind: 'state', state: pageStateOf(sources) });
      const endSlack = slack.onChange((change) => send({ kind: 'slack', change }));
      const endRoad = road.onEvent((event) => send({ kind: 'road', event }));
      const endLab = lab?.onChange((state) => send({ kind: 'lab', lab: state }));
      const beat = setInterval(() => write(': still here\n\n'), heartbeat).unref();
      end = () => {
        endSlack();
        endRoad();
        endLab?.();
        clearInterval(beat);
      };
    },
    cancel: () => end(),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
}
