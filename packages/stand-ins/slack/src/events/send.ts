import { createHmac } from 'node:crypto';

/** What became of one request to the app. */
export interface Outcome {
  /** 0 when no answer came in time. */
  readonly status: number;
  /** Slack's name for the failure, as the retry's header carries it; undefined when it was taken. */
  readonly failure?: 'http_timeout' | 'too_many_redirects' | 'connection_failed' | 'http_error';
  readonly noRetry: boolean;
  readonly text: string;
}

const mostRedirects = 2;

/** One POST to the app, which has `timeout` milliseconds to answer. Never rejects. */
export async function send(url: string, headers: Record<string, string>, body: string, timeout: number): Promise<Outcome> {
  let target = url;
  const signal = AbortSignal.timeout(timeout);
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const response = await fetch(target, { method: 'POST', headers, body, redirect: 'manual', signal });
      const location = response.headers.get('location');
      if (![301, 302].includes(response.status) || location === null) return outcomeOf(response, await response.text());
      target = new URL(location, target).href;
    }
    return { status: 302, failure: 'too_many_redirects', noRetry: false, text: '' };
  } catch {
    return { status: 0, failure: signal.aborted ? 'http_timeout' : 'connection_failed', noRetry: false, text: '' };
  }
}

function outcomeOf({ status, ok, headers }: Response, text: string): Outcome {
  const noRetry = status !== 200 && headers.get('x-slack-no-retry') === '1';
  return { status, ...(ok ? {} : { failure: 'http_error' as const }), noRetry, text };
}

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
