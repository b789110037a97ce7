import type { Lease } from '@vera/ledger/ledger';
import type { Work } from '@vera/protocol/work';
import { describe, expect, it } from 'vitest';
import { envelopes } from './envelopes.ts';
import { type ReceiverOptions, startedReceiver } from './started-receiver.ts';

const root = '1766458026.240809';
const word = { ts: '1766458099.000001', thread_ts: root, text: '<@UBOT> stop' };

/** A question of U01 that a worker has in hand. */
async function answering(options?: ReceiverOptions) {
  const receiver = await startedReceiver(options);
  await receiver.post(envelopes.mention());
  const [record] = await receiver.recorded();
  if (!record) throw new Error('nothing recorded');
  const answer = await receiver.leases.lease(record.question, 'worker-1');
  if (answer.kind !== 'leased') throw new Error(answer.kind);
  const { forwarded } = receiver;
  /** What was handed to the invoker since. */
  const since = (): readonly Work[] => forwarded.slice(1);
  return {
    ...receiver,
    question: record.question,
    lease: answer.lease,
    since,
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}

const reaction = (more: Readonly<Record<string, unknown>> = {}) =>
  envelopes.of({
    ...{ type: 'reaction_added', user: 'U01', reaction: 'octagonal_sign', item: { type: 'message', channel: 'C01', ts: root } },
    ...{ event_ts: '1766458099.000001', ...more },
  });

describe('a stop while Vera answers', () => {
  it.each<[string, string]>([
    ['Slack’s own', envelopes.stop(root)],
    ['a mention', envelopes.mention('Ev2', word)],
    ['written on in the thread', envelopes.twin('Ev2', { ...word, text: 'Stop!' })],
    ['a reaction', reaction()],
  ])('by %s is noted and brought to the worker at once, and never waits behind what it stops', async (_, stop) => {
    await using receiver = await answering();
    expect(await receiver.post(stop)).toEqual({ status: 200 });
    const [record, ...others] = await receiver.recorded();
    expect(record?.stopRequestedAt).toBe(receiver.now());
    expect(receiver.since()).toEqual([receiver.question]);
    expect(others.map(({ state }) => state).filter((state) => state !== 'stopped')).toEqual([]);
  });

  it('in words with its twin and its repetition asks nothing, also once the answer has ended', async () => {
    await using receiver = await answering();
    await receiver.post(envelopes.mention('Ev2', word));
    await receiver.post(envelopes.twin('Ev3', word));
    await receiver.lease.close('stopped');
    await receiver.post(envelopes.mention('Ev2', word));
    const states = (await receiver.recorded()).map(({ state, reason }) => [state, reason]);
    expect(states).toEqual([
      ['stopped', undefined],
      ['stopped', 'stop'],
    ]);
    expect(receiver.since().every((work) => work.id === receiver.question.id)).toBe(true);
  });

  it('D10 that comes late, or again, does not stop what was asked since', async () => {
    await using receiver = await answering();
    await receiver.post(envelopes.mention('Ev2', word));
    const newer = { ts: '1766458100.000001', thread_ts: root, text: '<@UBOT> and who is on call tomorrow?' };
    await receiver.post(envelopes.mention('Ev3', newer));
    receiver.pass(60_000);
    for (const copy of [envelopes.mention('Ev2', word), envelopes.stop(root), reaction()]) await receiver.post(copy);
    const record = (await receiver.recorded()).find(({ question }) => question.messageTs === newer.ts);
    expect(record).toMatchObject({ state: 'received' });
    expect(record?.stopRequestedAt).toBeUndefined();
  });

  it('by somebody else changes nothing: they are told so once, privately, by a worker', async () => {
    await using receiver = await answering();
    for (const stop of [envelopes.mention('Ev2', { ...word, user: 'U02' }), envelopes.twin('Ev3', { ...word, user: 'U02' })])
      expect(await receiver.post(stop)).toEqual({ status: 200 });
    expect((await receiver.recorded())[0]?.stopRequestedAt).toBeUndefined();
    const errand = { kind: 'errand', wish: 'stop-refused', userId: 'U02', channelId: 'C01', threadTs: root, about: 'U01' };
    expect(receiver.since()).toMatchObject([errand]);
    await receiver.post(reaction({ user: 'U03' }));
    expect(receiver.since()[1]).toMatchObject({ ...errand, userId: 'U03' });
  });

  it('by a reaction on what just came into the thread is found once that is on record', async () => {
    let lease: Lease | undefined;
    await using receiver = await answering({ pause: async () => void (await lease?.noteReply('1766458090.000001')) });
    lease = receiver.lease;
    await receiver.post(reaction({ item: { type: 'message', channel: 'C01', ts: '1766458090.000001' } }));
    expect(receiver.since()).toEqual([receiver.question]);
  });

  it('by who is named for it counts', async () => {
    await using receiver = await answering({ stoppers: ['U02'] });
    await receiver.post(reaction({ user: 'U02' }));
    expect(receiver.since()).toEqual([receiver.question]);
    expect(receiver.acts).toMatchObject([{ act: 'stop', outcome: 'requested', by: 'U02', question: receiver.question.id }]);
  });

  it('is sent again by Slack when the ledger is down', async () => {
    await using receiver = await answering();
    receiver.dynamoDb.inject({ kind: 'throttled', operation: 'Query', times: 4 });
    for (const stop of [envelopes.stop(root), envelopes.mention('Ev2', word), reaction()])
      expect(await receiver.post(stop)).toEqual({ status: 500 });
  });

  it('counts also when it cannot be brought to the worker, which looks by itself', async () => {
    let isBroken = false;
    const forward = async () => {
      if (isBroken) throw new Error('no invoker');
    };
    await using receiver = await answering({ forward });
    isBroken = true;
    expect(await receiver.post(envelopes.mention('Ev2', word))).toEqual({ status: 200 });
    expect((await receiver.recorded())[0]?.stopRequestedAt).toBe(receiver.now());
  });
});

describe('a stop where nothing is under way', () => {
  it('in words is recorded like a question, once, so that it gets its short line', async () => {
    await using receiver = await startedReceiver();
    for (const copy of [envelopes.mention('Ev2', word), envelopes.twin('Ev3', word)]) await receiver.post(copy);
    expect(receiver.forwarded).toMatchObject([{ kind: 'question', text: '<@UBOT> stop' }]);
  });

  it('in words that name nobody is left to people, where Vera has no part in the thread', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.twin('Ev2', { ...word, text: 'stop' }));
    expect(receiver.forwarded).toEqual([]);
    expect(await receiver.recorded()).toEqual([]);
  });

  it('by a reaction, or Slack’s own, says nothing', async () => {
    await using receiver = await startedReceiver();
    for (const stop of [envelopes.stop(root), reaction()]) expect(await receiver.post(stop)).toEqual({ status: 200 });
    expect(receiver.forwarded).toEqual([]);
  });

  it('before a worker has it, is only noted: whoever takes it sees the mark, and no session is begun for it', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    await receiver.post(envelopes.mention('Ev2', word));
    expect(receiver.forwarded).toHaveLength(1);
    expect((await receiver.recorded())[0]?.stopRequestedAt).toBe(receiver.now());
  });
});
