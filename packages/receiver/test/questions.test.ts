import { questionIdOf } from '@vera/protocol/question';
import { describe, expect, it } from 'vitest';
import { envelopes } from './envelopes.ts';
import { startedReceiver } from './started-receiver.ts';

const taken = { status: 200 };
const id = questionIdOf({ teamId: 'T01', channelId: 'C01', messageTs: '1766458026.240809' });

describe('a question', () => {
  it('is recorded first and sent on then, whole', async () => {
    const order: string[] = [];
    await using receiver = await startedReceiver({
      forward: async () => {
        order.push(...(await receiver.recorded()).map(({ question }) => question.id));
      },
    });
    expect(await receiver.post(envelopes.mention())).toEqual(taken);
    expect(order).toEqual([id]);
    expect(receiver.forwarded).toEqual([(await receiver.recorded())[0]?.question]);
    expect(receiver.events().sort()).toEqual(['question.forwarded', 'question.recorded', 'status.told']);
  });

  it('R4 whose first delivery was lost is answered once, from the retry', async () => {
    await using receiver = await startedReceiver();
    receiver.pass(1_000);
    expect(await receiver.post(envelopes.mention('Ev01'))).toEqual(taken);
    receiver.pass(60_000);
    expect(await receiver.post(envelopes.mention('Ev01'))).toEqual(taken);
    expect(receiver.forwarded).toHaveLength(1);
  });

  it('goes on at once where it could not be read whether it was stopped before it came; that is read when it is sent again', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.stop('1766458026.240809'));
    for (let read = 0; read < 3; read += 1) receiver.dynamoDb.inject({ kind: 'unavailable', operation: 'GetItem' });
    expect(await receiver.post(envelopes.mention('Ev01'))).toEqual({ status: 500 });
    expect(receiver.forwarded.map((question) => question.id)).toEqual([id]);
    expect((await receiver.recorded())[0]).not.toHaveProperty('stopRequestedAt');
    expect(await receiver.post(envelopes.mention('Ev01'))).toEqual(taken);
    expect(receiver.forwarded).toHaveLength(1);
    expect((await receiver.recorded())[0]).toHaveProperty('stopRequestedAt');
  });

  it.each(['in turn', 'at once'])('R5 in eleven copies with new event ids, %s, is sent on once', async (how) => {
    await using receiver = await startedReceiver();
    const copies = Array.from({ length: 11 }, (_, index) => envelopes.mention(`Ev${index}`));
    if (how === 'at once') expect(await Promise.all(copies.map((copy) => receiver.post(copy)))).toEqual(copies.map(() => taken));
    else for (const copy of copies) expect(await receiver.post(copy)).toEqual(taken);
    expect(receiver.forwarded.map((question) => question.id)).toEqual([id]);
    expect(await receiver.recorded()).toHaveLength(1);
    expect(receiver.events().filter((event) => event === 'question.duplicate')).toHaveLength(10);
  });

  it('R6 that comes twice within a millisecond and again ten seconds later is one record, sent on once', async () => {
    await using receiver = await startedReceiver();
    await Promise.all([receiver.post(envelopes.mention('Ev01')), receiver.post(envelopes.mention('Ev01'))]);
    receiver.pass(10_000);
    expect(await receiver.post(envelopes.mention('Ev01'))).toEqual(taken);
    expect(receiver.forwarded).toHaveLength(1);
    expect(await receiver.recorded()).toHaveLength(1);
  });

  it.each([
    ['the message first', [envelopes.twin('Ev0A'), envelopes.mention('Ev0B')]],
    ['the mention first', [envelopes.mention('Ev0B'), envelopes.twin('Ev0A')]],
  ])('R6 as the twins app_mention and message is one record, sent on once: at once, and %s', async (_, twins) => {
    await using receiver = await startedReceiver();
    await Promise.all(twins.map((twin) => receiver.post(twin)));
    for (const twin of twins) await receiver.post(twin);
    expect(receiver.forwarded.map((question) => question.id)).toEqual([id]);
    expect(await receiver.recorded()).toHaveLength(1);
  });

  it('R6 asked again in other words is another question, though in the same second', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention('Ev01'));
    await receiver.post(envelopes.mention('Ev02', { ts: '1766458026.240810', thread_ts: '1766458026.240809' }));
    expect(new Set(receiver.forwarded.map((question) => question.id)).size).toBe(2);
    expect(await receiver.recorded()).toHaveLength(2);
  });

  it('R8 of a bot on the allow list is taken', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention('Ev01', { user: 'UDEPLOY', bot_id: 'B77', app_id: 'A77' }));
    expect(receiver.forwarded).toMatchObject([{ userId: 'UDEPLOY' }]);
  });

  it('leaves nothing of its words in the log', async () => {
    await using receiver = await startedReceiver({ forward: () => Promise.reject(new Error('no invoker')) });
    const files = [{ id: 'F01', name: 'salaries.xlsx', url_private_download: 'https://files.slack.com/salaries' }];
    const event = { text: 'my password is hunter2', blocks: [{ text: 'hunter2' }], subtype: 'file_share', files };
    await receiver.post(envelopes.direct('Ev01', event));
    await receiver.post(envelopes.direct('Ev02', event));
    receiver.dynamoDb.inject({ kind: 'unavailable' });
    await receiver.post(envelopes.direct('Ev03', { ...event, ts: '1766458027.000001' }));
    expect(receiver.events()).toEqual([
      'question.recorded',
      'question.forward-failed',
      'status.told',
      'question.duplicate',
      'question.record-failed',
    ]);
    expect(receiver.lines.join('\n')).not.toMatch(/hunter2|salaries|password/);
  });
});

describe('when something is down', () => {
  it.each(['unavailable', 'throttled', 'denied'] as const)(
    'a ledger that is %s: 500, so that Slack sends it again, and then it is taken',
    async (kind) => {
      await using receiver = await startedReceiver();
      receiver.dynamoDb.inject({ kind, operation: 'PutItem' });
      expect(await receiver.post(envelopes.mention())).toEqual({ status: 500 });
      expect(receiver.forwarded).toEqual([]);
      expect(receiver.events()).toEqual(['question.record-failed']);
      expect(await receiver.post(envelopes.mention())).toEqual(taken);
      expect(receiver.forwarded).toHaveLength(1);
    },
  );

  it('a ledger whose answer got lost: 500, and the record is there for the sweeper', async () => {
    await using receiver = await startedReceiver();
    receiver.dynamoDb.inject({ kind: 'lost-response', operation: 'PutItem' });
    expect(await receiver.post(envelopes.mention())).toEqual({ status: 500 });
    expect(await receiver.post(envelopes.mention())).toEqual(taken);
    expect(receiver.forwarded).toEqual([]);
    expect(await receiver.recorded()).toMatchObject([{ state: 'received', attempts: 0 }]);
  });

  it('an invoker that cannot be called: 200, recorded, left to the sweeper, also when a copy comes', async () => {
    await using receiver = await startedReceiver({ forward: () => Promise.reject(new Error('TooManyRequests')) });
    expect(await receiver.post(envelopes.mention('Ev01'))).toEqual(taken);
    expect(await receiver.post(envelopes.mention('Ev02'))).toEqual(taken);
    expect(receiver.forwarded).toHaveLength(1);
    expect(await receiver.recorded()).toMatchObject([{ state: 'received', attempts: 0 }]);
    expect(receiver.events()).toEqual(['question.recorded', 'question.forward-failed', 'status.told', 'question.duplicate']);
  });
});
