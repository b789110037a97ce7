import { createHmac } from 'node:crypto';

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function sign(body: string, signingSecret: string, nowMilliseconds: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMilliseconds / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
  };
}
