import { createHmac } from 'node:crypto';

export const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';

/** Slack's signature of a body, written down from its documentation independently of the receiver. */
export function sign(body: string | Uint8Array, timestamp: string | number, secret = signingSecret): string {
  const signed = Buffer.concat([Buffer.from(`v0:${timestamp}:`), Buffer.from(body as Uint8Array)]);
  return `v0=${createHmac('sha256', secret).update(signed).digest('hex')}`;
}
