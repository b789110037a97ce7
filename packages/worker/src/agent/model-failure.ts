import { ContextWindowOverflowError, MaxTokensError } from '@strands-agents/sdk';
import { AnswerFailure, type FailureCode } from '../failure.ts';
import { isTooLong } from '../guardrail/apply-guardrail.ts';

/** Errors of Bedrock, its client and the agent library by name; both spellings of throttling occur. */
const codeByName: Readonly<Record<string, FailureCode>> = {
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  ModelThrottledError: 'throttled',
  ModelNotReadyException: 'throttled',
  ServiceQuotaExceededException: 'throttled',
  ServiceUnavailableException: 'unavailable',
  InternalServerException: 'unavailable',
  ModelErrorException: 'unavailable',
  ModelStreamErrorException: 'unavailable',
  ModelTimeoutException: 'timed-out',
  TimeoutError: 'timed-out',
  AccessDeniedException: 'not-permitted',
  ResourceNotFoundException: 'not-permitted',
  UnrecognizedClientException: 'not-permitted',
  ExpiredTokenException: 'not-permitted',
  CredentialsProviderError: 'not-permitted',
};
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN']);

const neverReached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** What Bedrock's models say when the input is too long; there is no error name for it. */
const overflow =
  /input is too long for requested model|input length and `?max_tokens`? exceed context limit|too many total text bytes|prompt is too long|maximum context length is/i;

/** The category of whatever the model call threw, the original as cause. Names decide before texts. */
export function toAnswerFailure(error: unknown): AnswerFailure {
  if (error instanceof MaxTokensError) return new AnswerFailure('cut', 'the model reached its output limit', { cause: error });
  const chain = causesOf(error);
  const own = chain.find((cause) => cause instanceof AnswerFailure);
  if (own) return own;
  const isOverflow = chain.some((cause) => cause instanceof ContextWindowOverflowError || overflow.test(cause.message) || isTooLong(cause));
  if (isOverflow) return new AnswerFailure('too-large', 'the input exceeds the context window', { cause: error });
  const code = chain.map(codeOf).find((found) => found !== undefined);
  return new AnswerFailure(code ?? 'unexpected', 'the model call failed', { cause: error });
}

/**
 * How long the service asks to wait, in milliseconds: `Retry-After` is seconds or a date, AWS's own header milliseconds. The client's errors
 * carry the response they were made of; it stands in no type of theirs, and is not enumerable.
 */
export function retryAfterOf(error: unknown, now = Date.now()): number | undefined {
  const responses = causesOf(error).flatMap((cause) => ('$response' in cause ? [cause.$response] : []));
  for (const response of responses as { headers?: Readonly<Record<string, string>> }[]) {
    const { 'x-amz-retry-after': own = '', 'retry-after': told = '' } = response?.headers ?? {};
    const waits = [Number.parseFloat(own), Number.parseFloat(/^\s*\d/.test(told) ? told : '') * 1_000, Date.parse(told) - now];
    const wait = waits.find(Number.isFinite);
    if (wait !== undefined) return Math.max(0, wait);
  }
  return undefined;
}

/** The service said no, or was never reached: whatever was asked, nothing of it was done. Of a call that nobody answered that is not known. */
export function isRefusal(error: unknown): boolean {
  return causesOf(error).some((cause) => {
    const { httpStatusCode = 0 } = ('$metadata' in cause ? cause.$metadata : {}) as { httpStatusCode?: number };
    return httpStatusCode >= 400 || neverReached.has('code' in cause ? String(cause.code) : '');
  });
}

/** The network's code first: the client names a broken connection a timeout. */
function codeOf(error: Error): FailureCode | undefined {
  const code = 'code' in error ? String(error.code) : '';
  return unreachable.has(code) ? 'unavailable' : codeByName[error.name];
}

function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let cause = error; cause instanceof Error && chain.length < 8; cause = cause.cause) chain.push(cause);
  return chain;
}
