import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DayPurse } from '@vera/ledger/purse';
import { retryActionId } from '@vera/protocol/action';
import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { tool } from '../../src/tools/tool.ts';
import { type ScriptedOptions, startScripted } from './start-scripted.ts';

type Started = Awaited<ReturnType<typeof startScripted>>;

const lookUp = tool({
  ...{ name: 'look_up', title: 'Looking up', description: 'Looks something up' },
  inputSchema: z.object({ what: z.number() }),
  callback: ({ what }) => `It is ${what}.`,
});

/** Looks something up for ever. */
const endless = (options: ScriptedOptions = {}) => {
  let what = 0;
  const script = () => [`Look ${what}. `, { call: 'look_up', input: { what: what++ } }];
  return startScripted(script, { toolsFor: () => [lookUp], ...options });
};

const purseOf = ({ now }: Started, kind: DayPurse['kind'], id: string): DayPurse => {
  return { kind, id, teamId: 'T01', day: new Date(now()).toISOString().slice(0, 10) };
};
const linesOf = ({ lines }: Started, event: string) => lines.filter((line) => line.event === event);

/** What a question at the model comes to here, so that tests need no figure of the emulator's. */
async function costOfOneCall(): Promise<number> {
  await using worker = await startScripted(['Fine.']);
  const question = await worker.ask({ text: '<@UVERA> hello' });
  await worker.intake.accept(question);
  return (await worker.closed(question))?.tokens ?? 0;
}

async function answered(worker: Started, text = '<@UVERA> look'): Promise<Question> {
  const question = await worker.ask({ text });
  await worker.intake.accept(question);
  await worker.closed(question);
  return question;
}

describe('D13 a budget for the day that is used up', () => {
  test.each(['person', 'channel', 'workspace'] as const)(
    'of the %s ends the question at its next call, in one clear message',
    async (kind) => {
      const tokens = 2 * (await costOfOneCall());
      await using worker = await endless({ daily: { [kind]: { tokens } } });
      const question = await answered(worker);
      expect(await worker.recordOf(question)).toMatchObject({ state: 'refused', reason: 'over-budget', attempts: 1 });
      expect(worker.bedrock.requests.length).toBeGreaterThan(0);
      // What was taken out of one purse for the call that another refused is put back.
      const { calls, tokens: used, microDollars } = (await worker.recordOf(question)) ?? {};
      expect(calls).toBe(worker.bedrock.requests.length);
      expect(await worker.purses.read(purseOf(worker, 'person', 'UANN'))).toMatchObject({
        calls,
        tokens: used,
        microDollars,
        isAtMost: false,
      });
      const text = worker.text(question);
      expect(text).toContain('Look 0.');
      expect(text.match(/used up/g)).toHaveLength(1);
      expect(text).toContain(`${tokens.toLocaleString('en')} tokens. It begins anew at midnight UTC`);
      expect(text).toContain(kind === 'person' ? 'your budget for today' : `the budget of this ${kind} for today`);
      const reached = { of: kind, limit: 'tokens', most: tokens };
      expect(linesOf(worker, 'budget.reached')).toEqual([expect.objectContaining(reached)]);
      expect(linesOf(worker, 'question.refused')).toHaveLength(1);
      expect([...linesOf(worker, 'question.failed'), ...linesOf(worker, 'agent.failed'), ...linesOf(worker, 'model.retried')]).toEqual([]);
    },
  );

  test('is retried by nobody: no button, no worker, no sweep, and the next question is told without a call', async () => {
    await using worker = await endless({ daily: { person: { tokens: 1 } } });
    const question = await answered(worker);
    expect(worker.bedrock.requests).toHaveLength(1);
    expect(JSON.stringify(worker.replies(question))).not.toContain(retryActionId);
    expect(await worker.intake.accept(question)).toBe('closed');
    expect(await worker.overdue.overdue(Number.MAX_SAFE_INTEGER / 2, 10)).toEqual([]);
    const { teamId, channelId, threadTs, messageTs, userId } = question;
    expect(await worker.inbox.retry({ teamId, channelId, threadTs, messageTs, userId, leg: 0 })).toEqual({ kind: 'refused', why: 'over' });
    const next = await answered(worker, '<@UVERA> and now?');
    expect(worker.text(next)).toMatch(/^I cannot go on with this: your budget for today is used up/);
    expect(worker.bedrock.requests).toHaveLength(1);
  });

  test('in dollars, at the price of the model', async () => {
    await using worker = await endless({ daily: { person: { microDollars: 10_000 } } });
    const question = await answered(worker);
    expect(worker.text(question)).toContain('is used up, which is $0.01.');
    const { microDollars } = await worker.purses.read(purseOf(worker, 'person', 'UANN'));
    expect(microDollars).toBeGreaterThanOrEqual(10_000);
    expect(await worker.recordOf(question)).toMatchObject({ microDollars });
  });

  test('ends the next day, and is nobody else’s', async () => {
    await using worker = await startScripted(() => 'Fine.', { daily: { person: { tokens: 1 } } });
    await answered(worker);
    const bobs = await worker.ask({ text: '<@UVERA> hello', user: 'UBOB' });
    await worker.intake.accept(bobs);
    expect(await worker.closed(bobs)).toMatchObject({ state: 'answered' });
    expect(await worker.recordOf(await answered(worker))).toMatchObject({ state: 'refused' });
    worker.pass(24 * 3_600_000);
    expect(await worker.recordOf(await answered(worker))).toMatchObject({ state: 'answered' });
  });

  test('a worker that dies before its refusal is on record leaves it for the next one to find', async () => {
    await using worker = await endless({ daily: { person: { tokens: 1 } } });
    const question = await answered(worker);
    const { teamId, channelId, threadTs, messageTs } = question;
    await worker.client.send(
      new UpdateItemCommand({
        TableName: 'ledger',
        Key: { thread: { S: [teamId, channelId, threadTs].join('|') }, message: { S: messageTs } },
        UpdateExpression: 'SET #state = :received, attempts = :two REMOVE closedAt, reason',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':received': { S: 'received' }, ':two': { N: '2' } },
      }),
    );
    const before = worker.text(question);
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'refused', reason: 'found-complete' });
    expect(worker.text(question)).toBe(before);
    expect(worker.bedrock.requests).toHaveLength(1);
  });
});

describe('D13 a budget that cannot be checked', () => {
  test('is no refusal and no free pass: no call is made, and the person is told', async () => {
    await using worker = await startScripted(['Fine.'], { daily: { person: { tokens: 1_000_000 } } });
    const question = await worker.ask({ text: '<@UVERA> hello' });
    const lease = worker.leases.lease.bind(worker.leases);
    let isLeased = false;
    worker.leases.lease = async (...given) => {
      const answer = await lease(...given);
      // What follows are renewals, and what the call is paid of.
      if (!isLeased) worker.failPurses(9);
      isLeased = true;
      return answer;
    };
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'budget-unchecked' });
    expect(worker.text(question)).toContain('I could not check the budget that this question is paid of');
    expect(worker.bedrock.requests).toEqual([]);
    worker.failPurses(0);
    expect(await worker.purses.read(purseOf(worker, 'person', 'UANN'))).toMatchObject({ calls: 0, tokens: 0, microDollars: 0 });
  });

  test('is tried again for a while', async () => {
    await using worker = await startScripted(['Fine.'], { daily: { person: { tokens: 1_000_000 } } });
    worker.failPurses(3);
    expect(await worker.recordOf(await answered(worker))).toMatchObject({ state: 'answered', calls: 1 });
  });

  test('matters only where there is one', async () => {
    await using worker = await startScripted(['Fine.']);
    worker.failPurses(9, 'person');
    expect(await worker.recordOf(await answered(worker))).toMatchObject({ state: 'answered', calls: 1 });
    expect(linesOf(worker, 'budget.not-counted')).toHaveLength(1);
  });
});

describe('D14 what a call has cost', () => {
  test('stands in the record and the purses to the token, helpers included', async () => {
    const helping = { common: 'You are a helper.', specialists: [] };
    const script: Parameters<typeof startScripted>[0] = ({ system, messages }) => {
      if (system?.[0]?.text?.startsWith('You are a helper.')) return 'Three.';
      return messages.length > 1 ? 'It is three.' : [{ call: 'delegate', input: { task: 'count' } }];
    };
    await using worker = await startScripted(script, { helping });
    const question = await answered(worker);
    const calls = linesOf(worker, 'model.called');
    expect(calls).toHaveLength(3);
    const of = (name: string) => calls.reduce((sum, line) => sum + Number(line[name]), 0);
    const tokens = of('inputTokens') + of('outputTokens') + of('cacheReadTokens') + of('cacheWriteTokens');
    expect(await worker.recordOf(question)).toMatchObject({ calls: 3, tokens });
    expect(await worker.purses.read(purseOf(worker, 'person', 'UANN'))).toMatchObject({ calls: 3, tokens });
  });

  test('a stream that broke off stays at what was reserved, a refusal costs nothing, and both may be tried again', async () => {
    const one = await costOfOneCall();
    await using worker = await startScripted(() => 'Fine.', { daily: { person: { tokens: 1_000_000 } } });
    worker.bedrock.inject({ kind: 'throttled', times: 2 });
    const refused = await answered(worker, '<@UVERA> hello');
    expect(await worker.recordOf(refused)).toMatchObject({ state: 'answered', calls: 1, tokens: one });
    worker.bedrock.inject({ kind: 'stream-cut', deltas: 0 });
    const broken = await answered(worker, '<@UVERA> hello');
    const { calls, tokens = 0, state } = (await worker.recordOf(broken)) ?? {};
    expect([state, calls]).toEqual(['answered', 2]);
    // The most that a call may say alone is more.
    expect(tokens).toBeGreaterThan(one + 4_096);
  });

  test('an attempt begins with what those before it have left', async () => {
    await using worker = await endless({ limits: { calls: 5 } });
    const question = await worker.ask({ text: '<@UVERA> look' });
    const dead = { id: 'dead', most: { calls: 3, tokens: 60_000, microDollars: 0 } };
    await worker.purses.reserve({ kind: 'question', question }, dead, {});
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'too-many-steps', calls: 5 });
    expect(JSON.stringify(worker.replies(question))).not.toContain(retryActionId);
    expect(worker.bedrock.requests).toHaveLength(2);
  });
});

describe('what is told of budgets', () => {
  const notesOf = (worker: Started, question: Question) =>
    worker
      .replies(question)
      .flatMap(({ blocks = [] }) => blocks.flatMap(({ elements }) => (elements as { text?: unknown }[] | undefined)?.[0]?.text ?? []));

  test('stands under the answer that crossed 75 %, then under the one that crossed 95 %, once each', async () => {
    const one = await costOfOneCall();
    // What each question comes to is about the same; the fifth crosses the last mark.
    await using worker = await startScripted(() => 'Fine.', { daily: { workspace: { tokens: Math.ceil(one * 5.2) } } });
    const told: string[][] = [];
    for (let count = 0; count < 5; count += 1) {
      const question = await answered(worker, '<@UVERA> hello');
      told.push(notesOf(worker, question).flatMap((note) => (/% of/.test(String(note)) ? [String(note)] : [])));
    }
    expect(told).toEqual([
      ...[[], [], []],
      ['75 % of the budget of this workspace for today are used. It begins anew at midnight UTC'],
      ['95 % of the budget of this workspace for today and more are used: little is left. It begins anew at midnight UTC'],
    ]);
    expect(linesOf(worker, 'budget.near').map(({ percent }) => percent)).toEqual([75, 95]);
  });

  test('is the cost of the question, under the answer where it is wanted, and always in the log', async () => {
    await using worker = await startScripted(() => 'Fine.', { showsCost: true });
    const question = await answered(worker, '<@UVERA> hello');
    const { calls, tokens = 0, microDollars = 0 } = (await worker.recordOf(question)) ?? {};
    expect(notesOf(worker, question)).toContain(
      `Written by AI: check before you act on it. · ${tokens.toLocaleString('en')} tokens, less than $0.01`,
    );
    expect(linesOf(worker, 'question.spent')).toEqual([
      expect.objectContaining({ calls, tokens, dollars: microDollars / 1_000_000, runtimeDollars: expect.any(Number) }),
    ]);
    expect(microDollars).toBeGreaterThan(0);
    await using silent = await startScripted(() => 'Fine.');
    expect(notesOf(silent, await answered(silent))).toContain('Written by AI: check before you act on it.');
  });
});

test('more questions in a minute than one may ask are told so, without a call; those of others are answered', async () => {
  await using worker = await startScripted(() => 'Fine.', { questionsPerMinute: 2 });
  const states: unknown[] = [];
  let question: Question | undefined;
  const before = Math.floor(worker.now() / 60_000);
  worker.pass((before + 1) * 60_000 - worker.now());
  for (let count = 0; count < 3; count += 1) {
    question = await answered(worker, '<@UVERA> hello');
    states.push((await worker.recordOf(question))?.state);
  }
  expect(states).toEqual(['answered', 'answered', 'refused']);
  expect(worker.text(question!)).toMatch(/^More than 2 questions in a minute are too many for me\. Please wait for a minute/);
  expect(worker.bedrock.requests).toHaveLength(2);
  const bobs = await worker.ask({ text: '<@UVERA> hello', user: 'UBOB' });
  await worker.intake.accept(bobs);
  expect(await worker.closed(bobs)).toMatchObject({ state: 'answered' });
});
