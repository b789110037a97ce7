import type { SignedCall } from './signed-calls.ts';

/** Hands a value to a Lambda function, by name or ARN, and does not wait for what it makes of it. */
export function createInvokeLater(call: SignedCall, functionName: string): (payload: unknown) => Promise<void> {
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  const headers = { 'content-type': 'application/json', 'x-amz-invocation-type': 'Event' };
  return async (payload) => {
    await call({ service: 'lambda', path, headers, body: JSON.stringify(payload) });
  };
}
