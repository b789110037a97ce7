import { createHmac, timingSafeEqual } from 'node:crypto';

const toleranceSeconds = 300;

export interface SignedRequest {
  readonly body: Uint8Array;
  readonly timestamp: string | null;
  readonly signature: string | null;
}

/**
 * Whether Slack signed these very bytes within the last five minutes (or, clocks differing, the next five).
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function isSignedBySlack({ body, timestamp, signature }: SignedRequest, signingSecret: string, nowMilliseconds: number): boolean {
  if (timestamp === null || signature === null || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMilliseconds / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const expected = Buffer.from(`v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
