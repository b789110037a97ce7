import type { Clock } from '@vera/stand-in-kit/clock';
import type { Answer } from '@vera/stand-in-kit/listen';
import { AwsError } from '../aws-error.ts';
import type { Outcome } from './function-definition.ts';
import { toFunctionUrlEvent } from './to-function-url-event.ts';
import { toFunctionUrlResponse } from './to-function-url-response.ts';

/** The largest request and the largest response of a synchronous invocation. */
export const largestPayload = 6_291_456;

/** The public door of one function. It asks for no signature, as a function URL of auth type NONE. */
export function answerFunctionUrl(clock: Clock, run: (event: string) => Promise<Outcome>): Answer {
  return async (request) => {
    const body = new Uint8Array(await request.arrayBuffer());
    const event = JSON.stringify(toFunctionUrlEvent(request, body, clock.now()));
    if (Buffer.byteLength(event) > largestPayload) return Response.json({ Message: 'Request Entity Too Large' }, { status: 413 });
    try {
      return toFunctionUrlResponse(await run(event));
    } catch (error) {
      if (error instanceof AwsError) return Response.json({ Message: error.message }, { status: error.status });
      throw error;
    }
  };
}
