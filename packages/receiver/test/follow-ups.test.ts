import type { Question } from '@vera/protocol/question';
import { describe, expect, it } from 'vitest';
import { judgeFollowUp } from '../src/judge-follow-up.ts';
import { envelopes } from './envelopes.ts';
import { type ReceiverOptions, startedReceiver } from './started-receiver.ts';

const minute = 60_000;
const root = '1766458026.240809';
const reply = (ts: string, more: Readonly<Record<string, unknown>> = {}) =>
  envelopes.twin(`Ev${ts}`, { text: 'and for staging?', ts, thread_ts: root, ...more });
const changed = (message: Readonly<Record<string, unknown>>) =>
  envelopes.of({
    type: 'message',
    subtype: 'message_changed',
    channel: 'C01',
    channel_type: 'channel',
    ts: '9.9',
    message: { type: 'message', user: 'U01', ts: root, ...message },
  });
const deleted = envelopes.of({
  type: 'message',
  subtype: 'message_deleted',
  channel: 'C01',
  channel_type: 'channel',
  ts: '9.9',
  deleted_ts: root,
});

/** After Vera answered U01 in the thread. */
async function answered(options: ReceiverOptions = {}) {
  const receiver = await startedReceiver(options);
  await receiver.post(envelopes.mention());
  const [record] = await receiver.recorded();
  const answer = record && (await receiver.leases.lease(record.question, 'worker-1'));
  if (answer?.kind !== 'leased') throw new Error('not leased');
  await answer.lease.close('answered');
  receiver.forwarded.length = 0;
  return receiver;
}

describe('what is written on in a thread without a mention', () => {
  it('is a question of the one who asked last, for thirty minutes', async () => {
    await using receiver = await answered();
    receiver.pass(29 * minute);
    expect(await receiver.post(reply('1766459000.000100'))).toEqual({ status: 200 });
    expect(receiver.forwarded).toMatchObject([{ text: 'and for staging?', followUp: 'asker', threadTs: root }]);
  });

  it('is a question while the last one is still open', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    receiver.pass(50 * minute);
    await receiver.post(reply('1766459000.000100'));
    expect(receiver.forwarded.at(-1)).toMatchObject({ followUp: 'asker' });
  });

  it('is hinted at once where it ended, and to nobody who never asked', async () => {
    await using receiver = await answered();
    receiver.pass(31 * minute);
    await receiver.post(reply('1766459000.000100', { user: 'U02' }));
    expect(receiver.forwarded).toEqual([]);
    await receiver.post(reply('1766459000.000200'));
    await receiver.post(reply('1766459000.000300'));
    expect(receiver.forwarded).toMatchObject([{ followUp: 'hint', messageTs: '1766459000.000200' }]);
  });

  it('of somebody else is theirs, unless the whole thread may', async () => {
    await using receiver = await answered();
    await receiver.post(reply('1766459000.000100', { user: 'U02' }));
    expect(receiver.forwarded).toEqual([]);
    await using open = await answered({ followUps: 'thread' });
    await open.post(reply('1766459000.000100', { user: 'U02' }));
    expect(open.forwarded).toMatchObject([{ followUp: 'thread', userId: 'U02' }]);
  });

  it('is never one where a mention is asked for, and hinted at once', async () => {
    await using receiver = await answered({ followUps: 'mention' });
    await receiver.post(reply('1766459000.000100'));
    await receiver.post(reply('1766459000.000200'));
    expect(receiver.forwarded).toMatchObject([{ followUp: 'hint' }]);
  });

  it('R8 by a bot, to somebody else, or in a thread that is not Vera’s, stays with the people and costs no record', async () => {
    await using receiver = await answered();
    await receiver.post(reply('1766459000.000100', { bot_id: 'B77' }));
    await receiver.post(reply('1766459000.000200', { text: '<@U9> can you look?' }));
    await receiver.post(reply('1766459000.000300', { thread_ts: '1766400000.000100' }));
    await receiver.post(reply('1766459000.000400', { app_id: 'A01' }));
    expect(receiver.forwarded).toEqual([]);
    expect(await receiver.recorded()).toHaveLength(1);
  });

  it('makes Slack send it again when the ledger cannot be reached', async () => {
    const receiver = await answered();
    await receiver.dynamoDb[Symbol.asyncDispose]();
    expect(await receiver.post(reply('1766459000.000100'))).toEqual({ status: 500 });
    expect(await receiver.post(changed({ text: '<@UBOT> and now?' }))).toEqual({ status: 500 });
    expect(await receiver.post(deleted)).toEqual({ status: 500 });
    await receiver.hooks[Symbol.asyncDispose]();
  });

  it('is judged by who asked, when, and what the setting says', () => {
    const conversation = { askers: new Set(['U01']), lastAsker: 'U01', answeredAt: 0, isHinted: false };
    const judge = (more: Partial<Parameters<typeof judgeFollowUp>[0]>) =>
      judgeFollowUp({ followUps: 'asker', userId: 'U01', conversation, now: 0, ...more });
    expect(judge({ now: 30 * minute })).toBe('asker');
    expect(judge({ now: 30 * minute + 1 })).toBe('hint');
    expect(judge({ conversation: { ...conversation, isHinted: true }, now: 31 * minute })).toBeUndefined();
    expect(judge({ conversation: { ...conversation, lastAsker: 'U02', askers: new Set(['U01', 'U02']) } })).toBe('hint');
    expect(judge({ conversation: undefined })).toBeUndefined();
  });
});

describe('a change of mind', () => {
  it('gives an open question its new words, once, and sends nothing on', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    for (let copy = 0; copy < 3; copy += 1)
      expect(await receiver.post(changed({ text: '<@UBOT> and tomorrow?' }))).toEqual({ status: 200 });
    expect(await receiver.recorded()).toMatchObject([{ question: { text: '<@UBOT> and tomorrow?' } }]);
    expect(receiver.events().filter((event) => event === 'question.edited')).toHaveLength(1);
    expect(receiver.forwarded).toHaveLength(1);
  });

  it('leaves one question after three changes of its looks, each with an id of its own', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    const text = '<@UBOT> who is on call?';
    for (const more of [{ attachments: [{ text: 'a page' }] }, { reply_count: 1 }, { files: [{ id: 'F1' }] }])
      await receiver.post(changed({ text, ...more }));
    expect(receiver.events().sort()).toEqual(['question.forwarded', 'question.recorded', 'status.told']);
  });

  it('withdraws a question nobody took at once, and brings one that somebody has to that worker', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    await receiver.post(deleted);
    expect(await receiver.recorded()).toMatchObject([{ state: 'stopped', reason: 'withdrawn' }]);
    expect(receiver.forwarded).toHaveLength(1);
    await using second = await startedReceiver();
    await second.post(envelopes.mention());
    const [record] = await second.recorded();
    await second.leases.lease(record?.question as Question, 'worker-1');
    await second.post(deleted);
    expect(second.forwarded).toHaveLength(2);
    expect(await second.recorded()).toMatchObject([{ state: 'running', withdrawnAt: second.now() }]);
  });

  it('of what is no question is taken and left alone', async () => {
    await using receiver = await startedReceiver();
    expect(await receiver.post(changed({ text: 'new words' }))).toEqual({ status: 200 });
    expect(await receiver.post(deleted)).toEqual({ status: 200 });
    expect(receiver.events()).toEqual([]);
  });
});

it('a text of 400,000 characters is a question and no failure', async () => {
  await using receiver = await startedReceiver();
  const reply = await receiver.post(envelopes.direct('Ev01', { text: 'x'.repeat(400_000) }));
  expect(reply).toEqual({ status: 200 });
  expect(receiver.forwarded).toHaveLength(1);
});
