import { retryActionId, retryValueOf } from '@vera/protocol/action';
import { describe, expect, it } from 'vitest';
import { envelopes } from './envelopes.ts';
import { form } from './started-card.ts';
import { type ReceiverOptions, startedReceiver } from './started-receiver.ts';

const messageTs = '1766458026.240809';

/** A question of U01 that failed. */
async function startedFailure(outcome: 'failed' | 'stopped' | 'answered' = 'failed', options: ReceiverOptions = {}) {
  const receiver = await startedReceiver(options);
  await receiver.post(envelopes.mention());
  const fail = async () => {
    const [record] = await receiver.recorded();
    const leased = await receiver.leases.lease(record!.question, 'worker-1');
    if (leased.kind !== 'leased') throw new Error('Not leased');
    await leased.lease.noteReply('1766458030.000100');
    await leased.lease.close(outcome, 'throttled');
  };
  await fail();
  receiver.forwarded.length = 0;
  receiver.told.length = 0;
  return {
    ...receiver,
    fail,
    stored: async () => (await receiver.recorded())[0],
    press: (leg = 0, user = 'U01') =>
      receiver.post(
        envelopes.decision(
          { action_id: retryActionId, value: retryValueOf({ messageTs, leg }) },
          { user: { id: user, team_id: 'T01' }, response_url: `${receiver.hooks.url}/actions/T01/1/abc` },
        ),
        form,
      ),
    words: () => receiver.told.map(({ body }) => (body as { text: string }).text),
  };
}

describe('F34 a click on Try again', () => {
  it.each(['failed', 'stopped'] as const)(
    'under an answer that %s gives the question one new turn, and brings it to a worker',
    async (outcome) => {
      await using failure = await startedFailure(outcome);
      expect(await failure.press()).toEqual({ status: 200 });
      expect(await failure.stored()).toMatchObject({ state: 'received', leg: 1, attempts: 0, replies: [], dueAt: failure.now() + 60_000 });
      expect(await failure.stored()).not.toHaveProperty('closedAt');
      expect(failure.forwarded).toHaveLength(1);
      expect(failure.told).toEqual([]);
    },
  );

  it('can be stopped at once, whatever our own clock says', async () => {
    await using failure = await startedFailure();
    // The click is of 1766458060, the stop of 1766458099, and it is later here.
    failure.pass(240_000);
    await failure.press();
    await failure.post(envelopes.stop(messageTs));
    expect(await failure.stored()).toMatchObject({ stopRequestedAt: failure.now() });
  });

  it('is good once: twice at once, 31 minutes later, and for ever', async () => {
    await using failure = await startedFailure();
    await Promise.all([failure.press(), failure.press(), failure.press()]);
    failure.pass(31 * 60_000);
    await failure.press();
    expect(failure.forwarded).toHaveLength(1);
    expect(await failure.stored()).toMatchObject({ leg: 1 });
    await failure.fail();
    await failure.press(0);
    expect(failure.forwarded).toHaveLength(1);
    expect(new Set(failure.words())).toEqual(new Set([expect.stringContaining('tried again already')]));
    await failure.press(1);
    expect(failure.forwarded).toHaveLength(2);
    expect(await failure.stored()).toMatchObject({ state: 'received', leg: 2 });
  });

  it('by anybody but who asked is refused privately: it would be done with the rights of the asker', async () => {
    await using failure = await startedFailure();
    expect(await failure.press(0, 'U02')).toEqual({ status: 200 });
    expect(failure.forwarded).toEqual([]);
    expect(await failure.stored()).toMatchObject({ state: 'failed', leg: 0 });
    expect(failure.told).toMatchObject([
      { body: { response_type: 'ephemeral', text: expect.stringMatching(/^Only the person who asked/) } },
    ]);
  });

  it('after the question was deleted does nothing, and says why', async () => {
    await using failure = await startedFailure();
    const previous = { type: 'message', user: 'U01', team: 'T01', ts: messageTs, text: '<@UBOT> who is on call?' };
    const place = { type: 'message', channel: 'C01', channel_type: 'channel' };
    const gone = { ...place, subtype: 'message_deleted', ts: '1766458050.000100', deleted_ts: messageTs, previous_message: previous };
    await failure.post(envelopes.of(gone));
    failure.forwarded.length = 0;
    expect(await failure.press()).toEqual({ status: 200 });
    expect(failure.forwarded).toEqual([]);
    expect(await failure.stored()).toMatchObject({ state: 'failed', leg: 0, question: { text: '' } });
    expect(failure.words()).toEqual([expect.stringContaining('deleted since')]);
  });

  it('where there is an answer, or nothing is known, changes nothing and is told', async () => {
    await using failure = await startedFailure('answered');
    await failure.press();
    expect(await failure.stored()).toMatchObject({ state: 'answered', leg: 0 });
    await using empty = await startedReceiver();
    await empty.post(envelopes.decision({ action_id: retryActionId, value: retryValueOf({ messageTs, leg: 0 }) }, {}), form);
    expect([failure.forwarded, empty.forwarded]).toEqual([[], []]);
    expect(failure.words()).toEqual([expect.stringContaining('has its answer')]);
  });

  it('whose write is repeated, because its answer got lost, counts once and as one', async () => {
    await using failure = await startedFailure();
    failure.dynamoDb.inject({ kind: 'unavailable', operation: 'UpdateItem' });
    expect(await failure.press()).toEqual({ status: 500 });
    expect(await failure.press()).toEqual({ status: 200 });
    expect(failure.forwarded).toHaveLength(1);
  });

  it.each(['', 'x', '1.1', '1.1:', '1.1:-1', '1.1:0:0', `${messageTs}:99999999`])('with the value %j is none of ours', async (value) => {
    await using failure = await startedFailure();
    expect(await failure.post(envelopes.decision({ action_id: retryActionId, value }, {}), form)).toEqual({ status: 200 });
    expect(failure.forwarded).toEqual([]);
  });
});
