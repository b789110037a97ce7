import { feedbackValueOf } from '@vera/protocol/action';
import { describe, expect, it } from 'vitest';
import { envelopes } from './envelopes.ts';
import { startedReceiver } from './started-receiver.ts';

const ts = '1766458026.240809';
const form = { contentType: 'application/x-www-form-urlencoded' };
const thumbsUp = envelopes.feedback(feedbackValueOf('good', ts), ts);

describe('feedback', () => {
  it('is recorded with its question, and a second click replaces it', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    expect(await receiver.post(envelopes.feedback(feedbackValueOf('bad', ts), ts), form)).toEqual({ status: 200 });
    expect(await receiver.post(thumbsUp, form)).toEqual({ status: 200 });
    expect(await receiver.recorded()).toMatchObject([{ feedback: { U01: 'good' } }]);
    expect(receiver.forwarded).toHaveLength(1);
  });

  it('on an answer whose record is gone is taken, and logged as such', async () => {
    await using receiver = await startedReceiver();
    expect(await receiver.post(thumbsUp, form)).toEqual({ status: 200 });
    expect(receiver.events()).toEqual(['feedback.unknown']);
    expect(await receiver.recorded()).toEqual([]);
  });

  it('is not lost silently when the ledger is down', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    receiver.dynamoDb.inject({ kind: 'unavailable', operation: 'UpdateItem' });
    expect(await receiver.post(thumbsUp, form)).toEqual({ status: 500 });
    expect(receiver.events().at(-1)).toBe('action.failed');
  });
});

describe('Stop', () => {
  it('is noted on the open questions of its thread', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    expect(await receiver.post(envelopes.stop(ts))).toEqual({ status: 200 });
    const [record] = await receiver.recorded();
    expect(record?.stopRequestedAt).toBeGreaterThan(0);
    expect(JSON.parse(receiver.lines.at(-1) ?? '')).toMatchObject({ event: 'stop.requested', questions: 1, thread: ts, user: 'U01' });
  });

  it('in a thread where nothing is under way is taken', async () => {
    await using receiver = await startedReceiver();
    expect(await receiver.post(envelopes.stop(ts))).toEqual({ status: 200 });
    expect(JSON.parse(receiver.lines.at(-1) ?? '')).toMatchObject({ event: 'stop.requested', questions: 0 });
  });

  it('is sent again by Slack when the ledger is down', async () => {
    await using receiver = await startedReceiver();
    receiver.dynamoDb.inject({ kind: 'throttled', operation: 'Query' });
    expect(await receiver.post(envelopes.stop(ts))).toEqual({ status: 500 });
  });
});
