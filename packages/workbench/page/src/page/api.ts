import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import type { LabQuestion } from '../lab.ts';
import type { PageEvent } from '../page-server/event-stream.ts';
import type { RoadAnswer } from '../page-server/page-state.ts';
import type { TraceSpan } from '../trace.ts';

export interface Draft {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
  readonly broadcast?: string;
  /** The message that is forwarded. */
  readonly forwardChannel?: string;
  readonly forwardTs?: string;
  readonly files: readonly File[];
}

export interface Click {
  readonly user: string;
  readonly channel: string;
  readonly messageTs: string;
  readonly actionId: string;
  readonly value: string;
  readonly values: TypedValues;
}

/** What was typed into the fields of a message, by block_id and action_id. */
export type TypedValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Each rejects with an `Error` in the server's words. */
export const api = {
  async post({ files, ...fields }: Draft): Promise<SlackMessage> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const file of files) form.append('files', file);
    const { message } = await answer<{ message: SlackMessage }>(fetch('/api/messages', { method: 'POST', body: form }));
    return message;
  },
  edit: (change: { user: string; channel: string; ts: string; text: string }) => send('/api/edit', change),
  remove: (message: { user: string; channel: string; ts: string }) => send('/api/remove', message),
  click: ({ values, ...click }: Click) => send<{ status: number }>('/api/click', { ...click, values: JSON.stringify(values) }),
  command: (command: { user: string; channel: string; name: string; text: string; threadTs?: string }) =>
    send<{ status: number }>('/api/command', command),
  shortcut: (shortcut: { user: string; channel: string; ts: string; callbackId: string }) =>
    send<{ status: number }>('/api/shortcut', shortcut),
  openHome: (home: { user: string; tab: 'home' | 'messages'; viewing?: string }) => send('/api/home', home),
  pressHome: (press: { user: string; actionId: string; value: string }) => send<{ status: number }>('/api/press', press),
  react: (reaction: { user: string; channel: string; ts: string; name: string }) => send('/api/react', reaction),
  stop: (stop: { user: string; channel: string; threadTs: string }) => send('/api/stop', stop),
  toggleFault: (fault: { fault: string }) => send('/api/lab/toggle', fault),
  playStory: (play: { story: string; user: string }) => send<LabQuestion>('/api/lab/play', play),
  road: (question: string) => answer<RoadAnswer>(fetch(`/api/road?${new URLSearchParams({ question })}`)),
  trace: (question: string) => answer<{ readonly spans: readonly TraceSpan[] }>(fetch(`/api/trace?${new URLSearchParams({ question })}`)),
};

function send<Result>(path: string, body: Readonly<Record<string, string>>): Promise<Result> {
  const headers = { 'content-type': 'application/json' };
  return answer(fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function answer<Result>(request: Promise<Response>): Promise<Result> {
  const response = await request.catch((cause: unknown) => {
    throw new Error('The local system does not answer. Is it still running?', { cause });
  });
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error((body as { error?: string }).error ?? `The local system answered ${response.status}.`);
  return body as Result;
}

interface Connection {
  readonly tell: (event: PageEvent) => void;
  readonly lose: () => void;
}

const retryAfter = 1_000;

/** Listens to the server until ended, over every loss of the connection. Each new connection begins with the whole state. */
export function connect({ tell, lose }: Connection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource;
  const open = () => {
    source = new EventSource('/api/events');
    source.onmessage = ({ data }) => tell(JSON.parse(String(data)) as PageEvent);
    source.onerror = () => {
      lose();
      // The browser reconnects by itself, unless the server answered with an error.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, retryAfter);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
