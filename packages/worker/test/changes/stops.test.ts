import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import { clickOf } from './click-of.ts';
import { startGate } from './start-gate.ts';

const write = (text: string) => [{ call: 'write_note', input: { text } }];
/** Only what is brought is noticed. */
const deaf = { heartbeat: 60_000 };

type Gate = Awaited<ReturnType<typeof startGate>>;

async function stop(gate: Gate, question: Question): Promise<void> {
  const { bring } = await gate.inbox.requestStop({ ...question, ts: '4000000000.000000', mayStopAll: false });
  for (const one of bring) await gate.intake.accept(one);
}

async function approve(gate: Gate, question: Question): Promise<void> {
  await gate.decisions.decide(await clickOf(gate, question));
  await gate.intake.accept(question);
}

describe('a stop and what was proposed', () => {
  test('that waits for a yes: the card says so, nothing is done, and a yes counts for nothing', async () => {
    await using gate = await startGate([write('a')], deaf);
    const question = await gate.asked();
    await gate.waits(question);
    const click = await clickOf(gate, question);
    await stop(gate, question);
    expect(await gate.closed(question)).toMatchObject({ state: 'stopped' });
    expect(gate.text(question)).toContain('_Stopped._\n\nNot done: “Write a note”.');
    expect(gate.cardText(question)).toContain('It was stopped before it began. Nothing was changed');
    expect(gate.cardText(question)).not.toContain('in time');
    expect((await gate.decisions.decide(click)).kind).toBe('refused');
    expect(gate.notes.written).toEqual([]);
    expect(gate.bedrock.requests).toHaveLength(1);
  });

  test('that is being done: it is done, and the answer says so beside what is not', async () => {
    const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const perform = async () => {
      begun.resolve();
      await go.promise;
    };
    await using gate = await startGate([write('a'), write('b')], { ...deaf, perform });
    const question = await gate.asked();
    await gate.waits(question);
    await approve(gate, question);
    await begun.promise;
    await stop(gate, question);
    go.resolve();
    expect(await gate.closed(question)).toMatchObject({ state: 'stopped' });
    expect(gate.text(question)).toContain('_Stopped._\n\nDone: “Write a note”.\n\n_“Try again” does none of this a second time');
    expect(gate.notes.written).toHaveLength(1);
    expect(gate.bedrock.requests).toHaveLength(1);
  });

  test('of which it is not known how it ended: the answer says where to look', async () => {
    const begun = Promise.withResolvers<void>();
    const perform = async () => {
      begun.resolve();
      await stop(gate, question);
      throw new Error('the connection broke');
    };
    await using gate = await startGate([write('a')], { ...deaf, perform });
    const question = await gate.asked();
    await gate.waits(question);
    await approve(gate, question);
    await begun.promise;
    expect(await gate.closed(question)).toMatchObject({ state: 'stopped' });
    expect(gate.text(question)).toContain('_Stopped._\n\nNot known: “Write a note” (please look in Tracker).');
  });

  test('while it is being shown: it does not wait any more', async () => {
    await using gate = await startGate([write('a')], deaf);
    gate.slack.inject({ method: 'chat.postMessage', kind: 'delay', milliseconds: 150 });
    const question = await gate.asked();
    await expect.poll(async () => Object.keys((await gate.recordOf(question))?.changes ?? {}), { interval: 5 }).toHaveLength(1);
    await stop(gate, question);
    expect(await gate.closed(question)).toMatchObject({ state: 'stopped' });
    expect(gate.text(question)).toContain('Not done: “Write a note”.');
    expect(gate.notes.written).toEqual([]);
  });
});
