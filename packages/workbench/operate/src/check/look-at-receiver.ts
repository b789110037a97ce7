import { randomUUID } from 'node:crypto';
import { sign } from '@vera/slack-stand-in/events/send';
import { ails, type Finding, lives, nameOf } from './finding.ts';

const part = 'receiver';
const deployIt = 'pnpm cdktf deploy receiver';

interface ReceiverParams {
  readonly url: string | undefined;
  readonly functionName: string;
  readonly signingSecret: string | undefined;
  readonly fetch: typeof fetch;
}

/**
 * Sends what Slack sends when it verifies an address, signed as Slack signs: the receiver answers it and does nothing else.
 * https://docs.slack.dev/reference/events/url_verification
 */
export async function lookAtReceiver({ url, functionName, signingSecret, fetch }: ReceiverParams): Promise<Finding> {
  if (url === undefined) return ails(part, 'is not deployed, or has no address', deployIt);
  if (!signingSecret) return ails(part, 'cannot be asked without the signing secret', 'pnpm vera secrets SLACK_SIGNING_SECRET');
  const challenge = randomUUID();
  // As long as an event gets: a firewall on the way may stop at 8 KB.
  const body = JSON.stringify({ type: 'url_verification', token: 'x'.repeat(20_000), challenge });
  const log = `/aws/lambda/${functionName}`;
  try {
    const headers = { 'content-type': 'application/json', ...sign(body, signingSecret, Date.now()) };
    const request = { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) };
    const response = await fetch(url, request);
    if (response.ok) {
      const answered = (await response.json().catch(() => ({}))) as { readonly challenge?: unknown };
      if (answered.challenge === challenge) return lives(part, `answers Slack's verification at ${url}`);
      return ails(part, `something else than Vera answers at ${url}`, deployIt);
    }
    return ofStatus(response.status, log);
  } catch (error) {
    return ails(part, `gives no answer at ${url} (${nameOf(error)})`, `look into ${log}; if it has no line: ${deployIt}`);
  }
}

function ofStatus(status: number, log: string): Finding {
  switch (status) {
    case 401:
      return ails(
        part,
        'runs with another signing secret than the one that is stored, or this clock is off by five minutes',
        `set the clock; then wait some minutes for functions to start anew, or ${deployIt}`,
      );
    case 403:
      return ails(
        part,
        'may not be called from outside',
        `${deployIt}: it makes the permission to invoke by URL; with a front, deploy front as well, and look what its firewall stops`,
      );
    case 429:
      return ails(part, 'is throttled', 'raise the account’s limit of concurrent Lambda executions');
    default:
      return ails(part, `answers with ${status}`, `look into ${log}: SecretsError names the key that is missing`);
  }
}
