import type { Answer } from '@vera/stand-in-kit/listen';
import { largestPayload } from './function-url.ts';
import type { Message } from './instance.ts';

/** An event for a program, with what Lambda tells beside it. */
export interface HandedEvent {
  readonly event: string;
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly functionArn: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html, for the program of one instance. */
export interface RuntimeApi {
  readonly answer: Answer;
  /** Resolves when the program asks for its first event, or says that it cannot. */
  readonly booted: Promise<Message>;
  /** Resolves when the program has answered and asks for the next one: what it still does between the two belongs to this event. */
  hand(event: HandedEvent): Promise<Message>;
}

export function createRuntimeApi(): RuntimeApi {
  const booted = Promise.withResolvers<Message>();
  let next = Promise.withResolvers<Response>();
  let current = { requestId: '', said: undefined as Message | undefined, over: booted };
  const say = async (request: Request, requestId: string | undefined, kind: Message['kind']) => {
    const payload = await request.text();
    if (requestId !== current.requestId) return refused(400, 'InvalidRequestID');
    if (Buffer.byteLength(payload) > largestPayload) return refused(413, 'RequestEntityTooLarge');
    current.said = { kind, payload: payload === '' ? 'null' : payload };
    return Response.json({ status: 'OK' }, { status: 202 });
  };
  return {
    booted: booted.promise,
    async answer(request) {
      const path = new URL(request.url).pathname;
      if (request.method === 'GET' && path === '/2018-06-01/runtime/invocation/next') {
        current.over.resolve(current.said ?? { kind: 'ready', payload: '' });
        return next.promise;
      }
      const [, requestId, what] = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
      if (request.method === 'POST' && what) return say(request, requestId, what === 'response' ? 'answered' : 'failed');
      if (request.method !== 'POST' || path !== '/2018-06-01/runtime/init/error') return refused(404, 'UnknownOperation');
      booted.resolve({ kind: 'init-failed', payload: await request.text() });
      return Response.json({ status: 'OK' }, { status: 202 });
    },
    hand({ event, requestId, deadline, functionArn }) {
      current = { requestId, said: undefined, over: Promise.withResolvers<Message>() };
      const headers = {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': requestId,
        'lambda-runtime-deadline-ms': String(deadline),
        'lambda-runtime-invoked-function-arn': functionArn,
      };
      const waiting = next;
      next = Promise.withResolvers<Response>();
      waiting.resolve(new Response(event, { headers }));
      return current.over.promise;
    },
  };
}

function refused(status: number, errorType: string): Response {
  return Response.json({ errorType, errorMessage: errorType }, { status });
}
