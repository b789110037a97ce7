import * as bedrock from '@aws-sdk/client-bedrock-runtime';
import { ContextWindowOverflowError, MaxTokensError, ModelError, ModelThrottledError } from '@strands-agents/sdk';
import { describe, expect, test } from 'vitest';
import { retryAfterOf, toAnswerFailure } from '../../src/agent/model-failure.ts';
import { AnswerFailure } from '../../src/failure.ts';

const named = (name: string, message = 'no more is said') => Object.assign(new Error(message), { name });
const codeOf = (error: unknown) => toAnswerFailure(error).code;

describe('what the model call threw', () => {
  test.each([
    ['ThrottlingException', 'throttled'],
    ['ThrottledException', 'throttled'],
    ['ModelNotReadyException', 'throttled'],
    ['ServiceQuotaExceededException', 'throttled'],
    ['ServiceUnavailableException', 'unavailable'],
    ['InternalServerException', 'unavailable'],
    ['ModelErrorException', 'unavailable'],
    ['ModelStreamErrorException', 'unavailable'],
    ['ModelTimeoutException', 'timed-out'],
    ['TimeoutError', 'timed-out'],
    ['AccessDeniedException', 'not-permitted'],
    ['ResourceNotFoundException', 'not-permitted'],
    ['UnrecognizedClientException', 'not-permitted'],
    ['ExpiredTokenException', 'not-permitted'],
    ['CredentialsProviderError', 'not-permitted'],
    ['ValidationException', 'unexpected'],
    ['TypeError', 'unexpected'],
  ])('%s is %s, also as the cause of what the library throws', (name, code) => {
    expect(codeOf(named(name))).toBe(code);
    expect(codeOf(new ModelError('wrapped', { cause: named(name) }))).toBe(code);
  });

  test.each([
    'Input is too long for requested model.',
    'The model returned the following errors: input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000',
    'input length and max_tokens exceed context limit',
    'Too many total text bytes: 25,000,001',
    'prompt is too long: 210000 tokens > 200000 maximum',
    "This model's maximum context length is 131072 tokens.",
  ])('%s is too large, whatever its name', (message) => {
    expect(codeOf(named('ValidationException', message))).toBe('too-large');
    expect(codeOf(new ModelError('wrapped', { cause: named('ValidationException', message) }))).toBe('too-large');
  });

  test('the library’s own errors are known', () => {
    expect(codeOf(new ContextWindowOverflowError('x'))).toBe('too-large');
    expect(codeOf(new ModelThrottledError('x'))).toBe('throttled');
    expect(codeOf(new MaxTokensError('x', undefined as never))).toBe('cut');
  });

  test('a word in a text does not make a category: a timeout is not throttling, and "throttling" alone is nothing', () => {
    expect(codeOf(named('TimeoutError', 'Too many requests timeout'))).toBe('timed-out');
    expect(codeOf(named('Error', 'ThrottlingException happened somewhere'))).toBe('unexpected');
  });

  test('a parameter the model refuses is not repeated as throttling', () => {
    expect(codeOf(named('ValidationException', '`temperature` is deprecated for this model.'))).toBe('unexpected');
  });

  test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'])('a network error %s is unavailable', (code) => {
    expect(codeOf(Object.assign(new Error('fetch failed'), { code }))).toBe('unavailable');
    expect(codeOf(new Error('wrapped', { cause: Object.assign(new Error(''), { code }) }))).toBe('unavailable');
    // The client gives it this name, whatever it was.
    expect(codeOf(Object.assign(named('TimeoutError'), { code }))).toBe('unavailable');
  });

  test('an own failure stays what it is; a cycle of causes ends; anything may be thrown', () => {
    const own = new AnswerFailure('blocked', 'x');
    expect(toAnswerFailure(own)).toBe(own);
    const cycle: Error & { cause?: unknown } = new Error('round');
    cycle.cause = cycle;
    expect(codeOf(cycle)).toBe('unexpected');
    expect(['text', undefined, null, 7].map(codeOf)).toEqual(Array(4).fill('unexpected'));
  });

  test('the original is kept as the cause', () => {
    const original = named('AccessDeniedException');
    expect(toAnswerFailure(original).cause).toBe(original);
  });

  test('each error Bedrock’s client declares has a category of its own', () => {
    const declared = Object.keys(bedrock).filter((name) => name.endsWith('Exception') && !/^(Bedrock|Conflict|Validation)/.test(name));
    expect(declared.length).toBeGreaterThan(8);
    expect(declared.filter((name) => codeOf(named(name)) === 'unexpected')).toEqual([]);
  });
});

test.each([
  [{ 'retry-after': '4' }, 4_000],
  [{ 'retry-after': 'Mon, 30 Nov 2026 08:00:04 GMT' }, 4_000],
  [{ 'retry-after': 'Mon, 30 Nov 2026 07:00:00 GMT' }, 0],
  [{ 'x-amz-retry-after': '250', 'retry-after': '4' }, 250],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('%j of the response, deep in the causes, means a wait of %s ms', (headers, wait) => {
  const refused = Object.assign(named('ThrottlingException'), { $response: { statusCode: 429, headers } });
  const wrapped = new ModelError('the model call failed', { cause: new Error('more', { cause: refused }) });
  expect(retryAfterOf(wrapped, Date.parse('2026-11-30T08:00:00Z'))).toBe(wait);
});
