import { exchange } from '@vera/service-kit/exchange';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError, slackErrorOf } from '@vera/slack/slack-error';

export interface LightSlackCallsParams {
  readonly token: string;
  /** Of the Web API, with a slash at its end. */
  readonly apiUrl: string;
  /** The longest one call takes, in milliseconds; then its connection is closed: a Lambda that is frozen would go on with it when it is thawed. */
  readonly timeout: number;
}

/** Slack's Web API for who cannot wait and repeats nothing. Slack's own client, and the `fetch` it uses, would make a cold start half as long again. */
export function createLightSlackCalls({ token, apiUrl, timeout }: LightSlackCallsParams): SlackCall {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' };
  return async (method, args) => {
    const fields = Object.entries(args).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
    const body = new URLSearchParams(fields).toString();
    const answer = await exchange(new URL(method, apiUrl), headers, body, { timeout }).catch((cause: unknown) => {
      throw new SlackError('lost', method, 'no answer', { cause });
    });
    const { ok, error } = saidIn(answer.body);
    if (ok !== true) throw slackErrorOf(method, { status: answer.status, error });
    return {};
  };
}

/** Nothing where it is not in Slack's form, as a page of a proxy. */
function saidIn(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}
