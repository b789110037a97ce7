import { setTimeout as sleep } from 'node:timers/promises';
import { createSlackCalls } from '@vera/slack/slack-calls';
import type { SlackFault } from '@vera/slack-stand-in/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { northwind } from '../northwind.ts';
import { longAnswer } from './long-answer.ts';
import { pieceFaults } from './piece-faults.ts';
import { type StartWriterOptions, startWriter } from './start-writer.ts';

const ending = { outcome: 'answered', words: '', blocks: [{ type: 'divider' }] } as const;
const text = longAnswer(6_339);

/** What stands in the thread after an answer was written while Slack had these faults. */
async function writeWith(faults: readonly SlackFault[], options: StartWriterOptions = {}) {
  const started = await startWriter(options);
  for (const fault of faults) started.slack.inject(fault);
  for (let at = 0; at < text.length; at += 400) {
    started.writer.write(text.slice(at, at + 400));
    await sleep(2);
  }
  await started.writer.finish(ending);
  return started;
}

const streaming = ['chat.startStream', 'chat.appendStream', 'chat.stopStream'];
const posting = ['chat.postMessage', 'chat.update'];
const withoutStreams: StartWriterOptions = { slack: { agentFeatures: false } };

describe.concurrent('nothing is lost and nothing doubled', () => {
  const cases = [
    ...streaming.map((method) => ({ method, options: {} })),
    ...posting.map((method) => ({ method, options: withoutStreams })),
  ];
  const faults = [
    { kind: 'lost-response' },
    { kind: 'unreachable' },
    { kind: 'http', status: 500 },
    { kind: 'error', error: 'internal_error' },
    { kind: 'ratelimited', retryAfterSeconds: 1 },
    { kind: 'delay', milliseconds: 200 },
  ] as const;
  const all = cases.flatMap((one) => faults.flatMap((fault) => [0, 1].map((after) => ({ ...one, fault, after }))));

  test.each(all)('$method, call $after: $fault.kind', async ({ method, options, fault, after }) => {
    await using started = await writeWith([{ ...fault, method, after }], options);
    expect(pieceFaults(started.pieces(), text)).toEqual([]);
    expect(started.messages().map(({ ts }) => ts)).toEqual(started.opened);
    expect(started.messages().at(-1)).toMatchObject({ metadata: { event_payload: { outcome: 'answered' } } });
    expect(started.messages().at(-1)?.blocks?.at(-1)).toMatchObject({ type: 'divider' });
    expect(started.messages().some(({ streaming_state }) => streaming_state === 'in_progress')).toBe(false);
  });

  test('an outcome stands on no stream whose words may be missing: it comes with them', async () => {
    await using started = await startWriter();
    started.slack.inject({ method: 'chat.appendStream', kind: 'lost-response' });
    const isCalled = (method: string) => expect.poll(() => started.slack.calls.some((one) => one.method === method)).toBe(true);
    started.writer.write('The first words. '.repeat(20));
    await isCalled('chat.startStream');
    started.writer.write('Some that may be lost. '.repeat(20));
    await isCalled('chat.appendStream');
    await started.writer.finish(ending);
    const outcomesSent = started.slack.calls.filter(({ args }) => JSON.stringify(args).includes('answered')).map(({ method }) => method);
    expect(outcomesSent).toEqual(['chat.update']);
  });

  test('any of these together', async () => {
    const fault = fc.record({
      method: fc.constantFrom(...streaming, ...posting, 'conversations.replies', 'chat.delete'),
      after: fc.nat(3),
      times: fc.integer({ min: 1, max: 2 }),
    });
    const kind = fc.constantFrom(
      { kind: 'lost-response' } as const,
      { kind: 'unreachable' } as const,
      { kind: 'error', error: 'fatal_error' } as const,
    );
    const several = fc.array(
      fc.tuple(fault, kind).map(([where, what]) => ({ ...where, ...what })),
      { minLength: 2, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(several, fc.boolean(), async (injected, agentFeatures) => {
        await using started = await writeWith(injected, { slack: { agentFeatures } });
        expect(pieceFaults(started.pieces(), text)).toEqual([]);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});

test('a stream limited for longer than a reader waits gives way to a post', async () => {
  await using started = await writeWith([{ method: 'chat.startStream', kind: 'ratelimited', retryAfterSeconds: 30, times: 2 }]);
  expect(pieceFaults(started.pieces(), text)).toEqual([]);
  expect(started.slack.calls.some(({ method }) => method === 'chat.postMessage')).toBe(true);
});

test('a stream that Slack fails to open again and again gives way to a post', async () => {
  await using started = await startWriter();
  started.slack.inject({ method: 'chat.startStream', kind: 'unreachable', times: Number.POSITIVE_INFINITY });
  started.writer.write('All is well. ');
  await started.writer.finish(ending);
  expect(started.pieces()).toEqual(['All is well. ']);
});

test('a stream of another answer in the thread is not taken for the one whose start got no answer', async () => {
  const others: string[] = [];
  await using started = await startWriter({ params: { foreign: async () => others } });
  const { slack, threadTs: thread_ts, writer } = started;
  const call = createSlackCalls({ token: northwind.botToken, apiUrl: `${slack.url}/api/` });
  const to = { channel: 'COPS', thread_ts, recipient_user_id: 'UANN', recipient_team_id: 'T01' };
  const { ts } = await call('chat.startStream', { ...to, chunks: [{ type: 'markdown_text', text: 'Something else. ' }] });
  others.push(String(ts));
  slack.inject({ method: 'chat.startStream', kind: 'unreachable' });
  writer.write('All is well. ');
  await writer.finish(ending);
  expect(started.pieces()).toEqual(['Something else. ', 'All is well. ']);
});

test.each(['invalid_blocks', 'msg_blocks_too_long', 'markdown_text_conflict'])(
  'blocks refused with %s become plain text that holds the answer',
  async (error) => {
    const answer = 'See [the runbook](https://example.com/a) & **do** it.';
    await using started = await startWriter();
    started.slack.inject({ method: 'chat.startStream', kind: 'error', error: 'channel_type_not_supported' });
    started.slack.inject({ method: 'chat.postMessage', kind: 'error', error });
    started.slack.inject({ method: 'chat.update', kind: 'error', error: 'invalid_blocks' });
    started.writer.write(answer);
    await started.writer.finish(ending);
    expect(started.messages().map(({ text: shown, blocks }) => [shown, blocks?.length])).toEqual([
      ['See the runbook (<https://example.com/a>) &amp; *do* it.', 1],
    ]);
  },
);

test('a refusal for good is an error that names Slack’s reason', async () => {
  await using started = await startWriter();
  started.slack.inject({ method: 'chat.startStream', kind: 'error', error: 'channel_type_not_supported' });
  started.slack.inject({ method: 'chat.postMessage', kind: 'error', error: 'restricted_action' });
  started.writer.write('All is well.');
  await expect(started.writer.finish(ending)).rejects.toMatchObject({ kind: 'refused', reason: 'restricted_action' });
});
