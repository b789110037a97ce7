import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { createSlackCalls, type SlackCall } from '../src/slack-calls.ts';

export const token = 'xoxb-1-very-secret';

/** What the server does with one request; `cut` drops the connection. */
export type Turn = Response | 'cut' | (() => Response | Promise<Response>);

export interface ScriptedApi extends AsyncDisposable {
  readonly call: SlackCall;
  readonly requests: {
    readonly method: string;
    readonly authorization: string | null;
    readonly form: URLSearchParams;
    readonly at: number;
  }[];
}

export const answers = {
  ok: (fields: object = {}) => Response.json({ ok: true, ...fields }),
  error: (error: string) => Response.json({ ok: false, error }),
  limited: (seconds: number) =>
    Response.json({ ok: false, error: 'ratelimited' }, { status: 429, headers: { 'retry-after': String(seconds) } }),
};

/** A Web API that answers each method by its own script, whose last turn is repeated. */
export async function scriptedApi(scripts: Readonly<Record<string, readonly Turn[]>>): Promise<ScriptedApi> {
  const requests: ScriptedApi['requests'] = [];
  const server: Listening = await listen(async (request, { incoming }) => {
    const method = new URL(request.url).pathname.replace('/api/', '');
    const script = scripts[method] ?? [];
    const turn = script[Math.min(requests.filter((earlier) => earlier.method === method).length, script.length - 1)];
    const form = new URLSearchParams(await request.text());
    requests.push({ method, authorization: request.headers.get('authorization'), form, at: performance.now() });
    if (turn === 'cut' || turn === undefined) incoming.socket.destroy();
    if (typeof turn === 'function') return turn();
    return turn instanceof Response ? turn.clone() : new Response(null);
  });
  const call = createSlackCalls({ token, apiUrl: `${server.url}/api/` });
  return { call, requests, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
