import { createHmac } from 'node:crypto';
import { type Listening, listen } from '@vera/stand-in-kit/listen';

export interface Received {
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  /** Whether the signature is right for these very bytes. */
  readonly isSigned: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: payloads are looked into freely
  readonly json: any;
}

export interface RecordingApp extends AsyncDisposable {
  readonly urls: { readonly events: string; readonly interactivity: string };
  /** Without the url_verification. */
  readonly received: Received[];
  // biome-ignore lint/suspicious/noExplicitAny: inner events are looked into freely
  events(): any[];
  /** Decides what the app answers; default 200. */
  answer: (received: Received) => Response | Promise<Response>;
}

/** An app that verifies and records what Slack sends it. */
export async function startRecordingApp(signingSecret: string): Promise<RecordingApp> {
  const received: Received[] = [];
  const server: Listening = await listen(async (request) => {
    const body = await request.text();
    const form = new URLSearchParams(body).get('payload');
    const isForm = request.headers.get('content-type') === 'application/x-www-form-urlencoded';
    const json = isForm && form === null ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(form ?? body);
    if (json.type === 'url_verification') return Response.json({ challenge: json.challenge });
    const { headers } = request;
    const expected = createHmac('sha256', signingSecret)
      .update(`v0:${headers.get('x-slack-request-timestamp')}:${body}`)
      .digest('hex');
    const entry = {
      path: new URL(request.url).pathname,
      headers,
      body,
      isSigned: headers.get('x-slack-signature') === `v0=${expected}`,
      json,
    };
    received.push(entry);
    return app.answer(entry);
  });
  const app: RecordingApp = {
    urls: { events: `${server.url}/slack/events`, interactivity: `${server.url}/slack/interactive` },
    received,
    events: () => received.map(({ json }) => json.event),
    answer: () => new Response(null),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return app;
}
