import http, { type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

/** What comes of an event; rejects where Lambda is to count it as failed. `deadline`: when Lambda ends this process, in epoch milliseconds; `request`: Lambda's name for this event. */
export type HandleEvent = (event: unknown, deadline: number, request?: string) => Promise<unknown>;

/**
 * Takes one event of a Lambda function after the other, from the Runtime API of its container, and says what came of each. Between two of them
 * Lambda lets the process stand still. Three calls over `node:http`: AWS's own client (aws-lambda-ric) is a native addon that is compiled while it
 * is installed. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function serveEvents(api: string, handle: HandleEvent): Promise<never> {
  for (;;) {
    const { headers, body } = await ask(api, 'invocation/next');
    const request = String(headers['lambda-runtime-aws-request-id']);
    const invocation = `invocation/${request}`;
    try {
      const answer = await handle(JSON.parse(body), Number(headers['lambda-runtime-deadline-ms']), request);
      await ask(api, `${invocation}/response`, JSON.stringify(answer));
    } catch (error) {
      await ask(api, `${invocation}/error`, failureOf(error));
    }
  }
}

/** That no event can be taken; Lambda then starts another process, and in the end gives up. */
export async function refuseEvents(api: string, error: unknown): Promise<void> {
  await ask(api, 'init/error', failureOf(error));
}

/** Its message may hold what somebody wrote, and stays in our own log. */
function failureOf(error: unknown): string {
  return JSON.stringify({ errorType: error instanceof Error ? error.name : 'Error', errorMessage: 'see the log of the worker' });
}

interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Without a limit on time: the next event may be hours away. Each on a connection of its own, as none outlives an event. */
function ask(api: string, path: string, body?: string): Promise<Told> {
  const { promise, resolve, reject } = Promise.withResolvers<Told>();
  const method = body === undefined ? 'GET' : 'POST';
  const headers = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const request = http.request(`http://${api}/2018-06-01/runtime/${path}`, { method, headers, agent: false }, (response) => {
    text(response).then((told) => {
      const isWell = (response.statusCode ?? 0) < 300;
      if (isWell) resolve({ headers: response.headers, body: told });
      else reject(new Error(`The Runtime API answered ${path} with ${response.statusCode}`));
    }, reject);
  });
  request.once('error', reject);
  request.end(body);
  return promise;
}
