import { toMetadata } from '@vera/slack/reply-mark';
import { describe, expect, test } from 'vitest';
import { startScripted } from './start-scripted.ts';

describe('a second attempt', () => {
  test('after a crash takes the broken answer back', async () => {
    await using worker = await startScripted(['The whole answer.']);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    const lease = await worker.leasedBy('dead', question);
    const stream = { channel: 'COPS', thread_ts: question.threadTs, recipient_user_id: 'UANN', recipient_team_id: 'T01' };
    const noted = await worker.call('chat.startStream', { ...stream, markdown_text: 'A broken ' });
    await lease.noteReply(String(noted.ts));
    await worker.call('chat.startStream', { ...stream, markdown_text: 'A broken one nobody noted ' });
    worker.pass(31_000);
    expect(await worker.intake.accept(question)).toBe('started');
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toBe('The whole answer.');
  });

  test('R10 leaves no stream open that Slack does not let go at once', async () => {
    await using worker = await startScripted(['The whole answer.']);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    const lease = await worker.leasedBy('dead', question);
    const stream = { channel: 'COPS', thread_ts: question.threadTs, recipient_user_id: 'UANN', recipient_team_id: 'T01' };
    const { ts } = await worker.call('chat.startStream', { ...stream, markdown_text: 'Two fifths of the ' });
    await lease.noteReply(String(ts));
    // Not ended, it cannot be changed either: `streaming_state_conflict`.
    worker.slack.inject({ method: 'chat.stopStream', kind: 'ratelimited', retryAfterSeconds: 30 });
    worker.slack.inject({ method: 'chat.delete', kind: 'error', error: 'cant_delete_message', times: 5 });
    worker.pass(31_000);
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toBe('_I was interrupted here; my answer is below._\n---\nThe whole answer.');
    expect(worker.replies(question).map(({ streaming_state }) => streaming_state)).not.toContain('in_progress');
  });

  test('takes away what was put up in place of a status by who had let go, and died', async () => {
    await using worker = await startScripted(['All of it.']);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await (await worker.leasedBy('dead', question)).close('failed');
    // Of the turn before, which is over: nobody there knows of it.
    const metadata = toMetadata({ question: question.id, piece: 0 });
    await worker.call('chat.postMessage', { channel: 'COPS', thread_ts: question.threadTs, text: '_Thinking…_', metadata });
    await worker.inbox.retry({ ...question, leg: 0 });
    await worker.intake.accept(question);
    await worker.closed(question);
    expect(worker.replies(question).map(({ text }) => text)).toEqual([expect.stringContaining('All of it.')]);
  });

  test.each(['answered', 'failed', 'stopped'] as const)('that finds the answer complete as %s only closes the record', async (outcome) => {
    await using worker = await startScripted([]);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    const lease = await worker.leasedBy('dead', question);
    const metadata = toMetadata({ question: question.id, piece: 1, outcome });
    const { ts } = await worker.call('chat.postMessage', { channel: 'COPS', thread_ts: question.threadTs, text: 'All of it.', metadata });
    await lease.noteReply(String(ts));
    // In place of a status, by a worker that died before it took it away.
    const thinking = toMetadata({ question: question.id, piece: 0 });
    await worker.call('chat.postMessage', { channel: 'COPS', thread_ts: question.threadTs, text: '_Thinking…_', metadata: thinking });
    worker.pass(31_000);
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: outcome, reason: 'found-complete' });
    expect(worker.text(question)).toBe('All of it.');
    expect(worker.bedrock.requests).toEqual([]);
  });

  test('leaves other answers of the thread alone', async () => {
    await using worker = await startScripted(['First answer.', 'Second answer.']);
    const first = await worker.ask({ text: '<@UVERA> first' });
    await worker.intake.accept(first);
    await worker.closed(first);
    const second = await worker.ask({ text: '<@UVERA> second', threadTs: first.messageTs });
    const lease = await worker.leasedBy('dead', second);
    await lease.release();
    worker.pass(31_000);
    await worker.intake.accept(second);
    await worker.closed(second);
    expect(worker.text(first)).toBe('First answer.\n---\nSecond answer.');
  });
});
