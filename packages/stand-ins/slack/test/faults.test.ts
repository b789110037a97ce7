import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { expect, test } from 'vitest';
import { apiCall } from './api-call.ts';
import { clientOf, outcomeOf, startSlack } from './start-slack.ts';

const post = { channel: 'COPS', text: 'hello' };

test('a lost response: the message is there, and the client knows only that the request failed', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  slack.inject({ method: 'chat.postMessage', kind: 'lost-response' });
  await expect(client.chat.postMessage(post)).rejects.toThrow(WebAPIRequestError);
  expect(slack.messages('COPS')).toMatchObject([{ text: 'hello' }]);
  expect(slack.calls).toMatchObject([{ method: 'chat.postMessage', httpStatus: 0, response: { ok: true } }]);
  await client.chat.postMessage(post);
  expect(slack.messages('COPS')).toHaveLength(2);
});

test('a client that tries again after a lost response posts twice', async () => {
  await using started = await startSlack();
  const { slack } = started;
  slack.inject({ method: 'chat.postMessage', kind: 'lost-response' });
  await clientOf(slack, { retryConfig: { retries: 1, minTimeout: 1, maxTimeout: 1 } }).chat.postMessage(post);
  expect(slack.messages('COPS')).toHaveLength(2);
});

test('an unreachable Slack has done nothing', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  slack.inject({ method: 'chat.postMessage', kind: 'unreachable' });
  await expect(client.chat.postMessage(post)).rejects.toThrow(WebAPIRequestError);
  expect([slack.messages('COPS'), slack.calls]).toEqual([[], []]);
});

test('a limit is a 429 with Retry-After, which the client honours or hands on', async () => {
  await using started = await startSlack();
  const { slack } = started;
  slack.inject({ method: 'chat.postMessage', kind: 'ratelimited', retryAfterSeconds: 7 });
  const handsOn = clientOf(slack, { rejectRateLimitedCalls: true });
  await expect(handsOn.chat.postMessage(post)).rejects.toSatisfy(
    (error) => error instanceof WebAPIRateLimitedError && error.retryAfter === 7,
  );
  expect(slack.messages('COPS')).toEqual([]);
  slack.inject({ method: 'chat.postMessage', kind: 'ratelimited', retryAfterSeconds: 0 });
  await clientOf(slack, { retryConfig: { retries: 1, minTimeout: 1, maxTimeout: 1 } }).chat.postMessage(post);
  expect(slack.calls.map(({ httpStatus }) => httpStatus)).toEqual([429, 429, 200]);
});

test('other faults: a status, an error name, a delay; in the order they were injected, for as long as they were', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  slack.inject({ method: 'chat.postMessage', kind: 'http', status: 503 });
  slack.inject({ method: 'chat.postMessage', kind: 'error', error: 'internal_error', times: 2, after: 1 });
  slack.inject({ method: 'chat.postMessage', kind: 'delay', milliseconds: 60 });
  await expect(client.chat.postMessage(post)).rejects.toThrow(WebAPIHTTPError);
  expect(await outcomeOf(client.chat.postMessage(post))).toBe('ok');
  expect(await outcomeOf(client.chat.postMessage(post))).toBe('internal_error');
  expect(await outcomeOf(client.chat.postMessage(post))).toBe('internal_error');
  const before = performance.now();
  expect(await outcomeOf(client.chat.postMessage(post))).toBe('ok');
  expect(performance.now() - before).toBeGreaterThan(50);
  expect(slack.messages('COPS')).toHaveLength(2);
});

test('with limits enforced a tier’s share is used up and comes back with the clock', async () => {
  await using started = await startSlack({ enforceRateLimits: true });
  const { slack, client } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const remove = () => apiCall(slack, 'reactions.remove', { channel: 'COPS', timestamp: ts, name: 'eyes' });
  for (let count = 0; count < 20; count += 1) expect((await remove()).status).toBe(200);
  const limited = await remove();
  expect([limited.status, limited.body]).toEqual([429, { ok: false, error: 'ratelimited' }]);
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(55);
  expect(await outcomeOf(client.auth.test())).toBe('ok');
  slack.advance(60_000);
  expect((await remove()).status).toBe(200);
});

test('posting is limited per channel to one message a second, with short bursts', async () => {
  const now = Date.now();
  await using started = await startSlack({ enforceRateLimits: true, now: () => now });
  const { slack } = started;
  const statuses: number[] = [];
  for (let count = 0; count < 6; count += 1) statuses.push((await apiCall(slack, 'chat.postMessage', post)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  expect((await apiCall(slack, 'chat.postMessage', { channel: 'DANN', text: 'x' })).status).toBe(200);
  slack.advance(5_000);
  expect((await apiCall(slack, 'chat.postMessage', post)).status).toBe(200);
});
