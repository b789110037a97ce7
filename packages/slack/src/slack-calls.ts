import { setTimeout as sleep } from 'node:timers/promises';
import { LogLevel, WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { rememberLacks } from './remember-lacks.ts';
import { SlackError, slackErrorOf } from './slack-error.ts';

export interface CallPolicy {
  /** Doing it twice is the same as once, so that a lost answer is simply asked for again. */
  readonly repeatable?: boolean;
  /** The longest to wait in all, in milliseconds, when Slack asks for a pause. Default 60,000. */
  readonly patience?: number;
  /** Once it is aborted, nothing is tried again. */
  readonly signal?: AbortSignal;
}

/** One Web API call. Rejects with `SlackError` only. */
export type SlackCall = (method: string, args: Readonly<Record<string, unknown>>, policy?: CallPolicy) => Promise<Record<string, unknown>>;

export interface SlackCallsParams {
  readonly token: string;
  /** Another origin than Slack's own. */
  readonly apiUrl?: string;
  /** Another way than Node's own. */
  readonly fetch?: typeof fetch;
  /** Told when a call has to wait before it is tried again. */
  readonly onPause?: (pause: Pause) => void;
}

export interface Pause {
  readonly method: string;
  /** `ratelimited`: Slack wants it; `lost`: there was no answer. */
  readonly why: SlackError['kind'];
  readonly milliseconds: number;
}

const lostRetries = 3;

/**
 * Slack's client with our own patience: its built-in retries repeat posts whose answer got lost and hold back every other
 * call of the process while one method is limited.
 */
export function createSlackCalls({ token, apiUrl, fetch, onPause }: SlackCallsParams): SlackCall {
  const client = new WebClient(token, {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    ...(fetch ? { fetch } : {}),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    // Its own lines would carry message texts.
    logLevel: LogLevel.ERROR,
    logger: { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} },
  });

  return rememberLacks((method, args, policy = {}) => callPatiently({ client, onPause }, method, args, policy));
}

async function callPatiently(
  { client, onPause }: { readonly client: WebClient; readonly onPause: SlackCallsParams['onPause'] },
  method: string,
  args: Readonly<Record<string, unknown>>,
  { repeatable = false, patience = 60_000, signal }: CallPolicy,
): Promise<Record<string, unknown>> {
  let waited = 0;
  let lost = 0;
  for (;;) {
    try {
      return { ...(await client.apiCall(method, { ...args })) };
    } catch (cause) {
      const error = toSlackError(method, cause);
      const pause = pauseAfter(error, cause, repeatable ? lost : lostRetries);
      if (pause === undefined || waited + pause > patience || signal?.aborted) throw error;
      if (error.kind === 'lost') lost += 1;
      waited += pause;
      onPause?.({ method, why: error.kind, milliseconds: pause });
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      if (signal?.aborted) throw error;
    }
  }
}

function toSlackError(method: string, cause: unknown): SlackError {
  if (cause instanceof WebAPIRateLimitedError) return slackErrorOf(method, { status: 429 }, cause);
  // The client takes for Slack's error whatever text is not JSON.
  if (cause instanceof WebAPIPlatformError) return slackErrorOf(method, { error: cause.data.error }, cause);
  if (cause instanceof WebAPIHTTPError) return slackErrorOf(method, { status: cause.statusCode });
  return new SlackError('lost', method, 'no answer', { cause });
}

/** Milliseconds to wait before the next try; undefined when there is none. */
function pauseAfter(error: SlackError, cause: unknown, lost: number): number | undefined {
  if (cause instanceof WebAPIRateLimitedError) return cause.retryAfter * 1000;
  if (error.kind === 'ratelimited') return 1_000;
  if (error.kind === 'lost' && lost < lostRetries) return 200 * 2 ** lost;
  return undefined;
}
