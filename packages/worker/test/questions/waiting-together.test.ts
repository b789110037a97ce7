import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import { clickOf } from '../changes/click-of.ts';
import { type GateOptions, startGate } from '../changes/start-gate.ts';
import { statesOf } from './start-adding.ts';

type Gate = Awaited<ReturnType<typeof startGate>>;
type Script = Extract<Parameters<typeof startGate>[0], readonly unknown[]>;

const writes = (text: string) => [{ call: 'write_note', input: { text } }];
const sent = (gate: Gate, nth: number) => JSON.stringify(gate.bedrock.requests[nth]?.messages);

/** A question that waits for a person, and a message that was taken into it and waits with it. */
async function waiting(later: Script, options: GateOptions = {}) {
  const gate = await startGate([writes('x and z'), ...later], options);
  const question = await gate.ask({ text: '<@UVERA> write down x' });
  const more = await gate.ask({ text: '<@UVERA> and who is on call?', threadTs: question.messageTs });
  await gate.intake.accept(question);
  await gate.waits(question);
  return { ...gate, gate, question, more, [Symbol.asyncDispose]: () => gate[Symbol.asyncDispose]() };
}

async function stops(gate: Gate, { teamId, channelId, userId, messageTs: about }: Question, ts = '4000000000.000000') {
  const answer = await gate.inbox.requestStop({ teamId, channelId, userId, about, ts, mayStopAll: false });
  for (const one of answer.bring) await gate.intake.accept(one);
  return answer;
}

async function triesAgain(gate: Gate, question: Question, ts?: string) {
  const { leg = 0 } = (await gate.recordOf(question)) ?? {};
  const again = await gate.inbox.retry({ ...question, leg, ...(ts === undefined ? {} : { ts }) });
  if (again.kind === 'retried') await gate.intake.accept(again.question);
  expect(again.kind).toBe('retried');
}

test.each([
  ['a yes', undefined],
  ['an account', new Map()],
] as const)('what another asks in the thread meanwhile is answered at once, where both wait for %s', async (_, tokens) => {
  await using gate = await waiting(['Bob is on call.'], tokens ? { tokens } : {});
  const bobs = await gate.ask({ text: '<@UVERA> who is on call?', threadTs: gate.question.messageTs, user: 'UBOB' });
  await gate.intake.accept(bobs);
  expect(await statesOf(gate, bobs)).toEqual([['answered', undefined]]);
  expect((await gate.recordOf(gate.question))?.state).toBe('waiting');
});

describe('a question that asks nothing any more, as it was edited, leaves what was said to it a question', () => {
  test.each(['<@UVERA> thanks!', '<@UVERA>'])('%s', async (text) => {
    await using gate = await waiting(['Bob is on call.'], { tokens: new Map() });
    const { question, more } = gate;
    const { woken } = (await gate.inbox.edit({ ...question, text, editedTs: '9999999999.000001' })) ?? {};
    await gate.intake.accept(woken!);
    expect((await gate.closed(question))?.state).toBe('answered');
    await gate.intake.accept(more);
    expect(await statesOf(gate, more)).toEqual([['answered', undefined]]);
    expect(gate.text(question)).toContain('Bob is on call.');
  });
});

describe('a question that failed without it, and is tried again', () => {
  test('has nothing to do with what became of it: the yes to its own card is carried out', async () => {
    await using gate = await startGate([writes('z'), 'z is written.']);
    const question = await gate.ask({ text: '<@UVERA> who wrote x?' });
    const more = await gate.ask({ text: '<@UVERA> and write down z', threadTs: question.messageTs });
    const lease = await gate.leasedBy('dead', question);
    await lease.fold(more.messageTs);
    await lease.close('failed', 'timed-out', []);
    await gate.intake.accept(more);
    await gate.waits(more);
    expect((await gate.inbox.retry({ ...question, leg: 0 })).kind).toBe('retried');
    await gate.leasedBy('dies too', question);
    gate.pass(31_000);
    const claimed = (await gate.overdue.claim((await gate.recordOf(question))!, gate.now() + 30_000, 'tell'))!;
    expect(await gate.overdue.closeLost(claimed, 'answered', 'found-complete')).toBe(true);
    expect((await gate.press(more, 'approve')).kind).toBe('decided');
    expect(await statesOf(gate, more)).toEqual([['answered', undefined]]);
    expect(gate.notes.written).toHaveLength(1);
    expect(gate.cardText(more)).not.toContain('change.approve');
  });
});

describe('a question that was stopped, and is tried again', () => {
  test('soon, before what waited with it came to its end, is not stopped by that same stop', async () => {
    await using gate = await waiting(['Bob is on call; x is not written.']);
    const { question, more } = gate;
    expect((await stops(gate, more)).reached).toBe(2);
    await gate.closed(question);
    await triesAgain(gate, question, '4000000001.000000');
    expect(await statesOf(gate, question)).toEqual([['answered', undefined]]);
    expect(sent(gate, 1)).toContain('who is on call?');
    await gate.intake.accept(more);
    expect(await statesOf(gate, more)).toEqual([['answered', 'folded']]);
  });

  test.each(['before a yes', 'after a yes'] as const)('%s: the same write has a card of its own, and is done', async (when) => {
    await using gate = await startGate([writes('x'), writes('x'), 'x is written.']);
    const question = await gate.asked('<@UVERA> write down x');
    await gate.waits(question);
    if (when === 'after a yes') await gate.decisions.decide(await clickOf(gate, question));
    await stops(gate, question);
    await gate.intake.accept(question);
    await gate.closed(question);
    await triesAgain(gate, question, '4000000001.000000');
    await gate.waits(question);
    expect(sent(gate, 1)).toContain('propose anew');
    expect(gate.cards(question)).toHaveLength(2);
    expect(gate.cardText(question)).not.toContain('Once more');
    await gate.press(question, 'approve');
    expect(await statesOf(gate, question)).toEqual([['answered', undefined]]);
    expect(gate.notes.written).toHaveLength(1);
  });
});

test.each(['a yes', 'an account'] as const)(
  'an edit once nobody waits for %s any more is answered, not what was waited for',
  async (what) => {
    await using gate = await startGate([writes('x'), 'Bob is on call.'], what === 'an account' ? { tokens: new Map() } : {});
    const question = await gate.asked('<@UVERA> write down x');
    await gate.waits(question);
    gate.pass(40 * 60_000);
    await gate.overdue.claim((await gate.recordOf(question))!, gate.now() + 30_000, 'wake');
    await gate.inbox.edit({ ...question, text: '<@UVERA> who is on call?', editedTs: '9999999999.000001' });
    await gate.intake.accept(question);
    expect(await statesOf(gate, question)).toEqual([['answered', undefined]]);
    expect(gate.text(question)).toMatch(/Bob is on call\.$/);
    expect(gate.text(question)).not.toContain('in time');
  },
);
