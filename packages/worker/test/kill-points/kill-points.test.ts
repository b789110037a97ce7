import { verify } from '@vera/audit/verify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Life, type Lived, live } from './live.ts';
import { startWorld } from './start-world.ts';

/** Of three messages. */
const long = Array.from({ length: 420 }, (_, index) => `This is sentence number ${index + 1} of it. `).join('');
/** Said before the card. */
const before = 'I write it down. ';

/** What the model says depends on what it is asked with, never on how often it was called before. */
const world = () =>
  startWorld((asked, results) => {
    if (asked.includes('a long one')) return [{ say: long, pieceLength: 2_000 }];
    // Whether it is told so during its work, or the next worker knows it from the beginning.
    if (asked.includes('and tomorrow?')) return 'Ann is on call, and Bob tomorrow.';
    if (asked.includes('write y')) {
      const isDone = results.some((result) => result.includes('Approved'));
      return isDone ? 'That is how it is.' : [before, { call: 'write_note', input: { text: 'y' } }];
    }
    const isDone = results.length > 0;
    if (asked.includes('write it down')) return isDone ? 'That is how it is.' : [before, { call: 'write_note', input: { text: 'x' } }];
    return isDone ? 'Ann is on call.' : [{ call: 'look_up', input: {} }];
  });

/** Where only a declaration decides what comes of it. */
const overTheChange = /change started|remote|change done/;
const everywhere = /./;

const lives: readonly [string, Life, RegExp, number][] = [
  ['a read', { asks: 'who is on call?' }, everywhere, 20],
  ['a write that is checkable', { asks: 'write it down' }, everywhere, 50],
  ['a write that is repeatable', { asks: 'write it down', recovery: 'repeatable' }, overTheChange, 6],
  ['a write of which nothing is known', { asks: 'write it down', recovery: 'unknown' }, overTheChange, 6],
  ['a write that is edited while its card waits', { asks: 'write it down', edits: '<@UVERA> write y' }, /change expired|chat.update/, 6],
  ['a message that is folded', { asks: 'who is on call?', adds: 'and tomorrow?' }, /ledger|model|reactions/, 14],
  ['a long answer', { asks: 'a long one' }, everywhere, 30],
];

describe('R10 R14 R16 a worker that dies before or after any effect', () => {
  let running: Awaited<ReturnType<typeof world>>;
  beforeAll(async () => {
    running = await world();
  });
  afterAll(async () => {
    await running?.[Symbol.asyncDispose]();
  });

  test.each(lives)(
    'of %s: the same final answer, effects as declared, one outcome',
    { timeout: 120_000 },
    async (_, life, where, least) => {
      const whole = await live(running, life);
      expect(whole.lived).toMatchObject({ state: 'answered', unfinished: 0, outcomes: 1, unlike: '' });
      const wrong: Record<string, readonly string[]> = {};
      const died: string[] = [];
      for (const point of pointsOf(whole.passed, where)) {
        const { lived, hasDied } = await live(running, life, point);
        if (hasDied) died.push(point);
        const differs = differences(lived, expectedAfter(point, life, whole.lived));
        if (differs.length > 0) wrong[point] = differs;
      }
      expect(wrong).toEqual({});
      expect(died.length).toBeGreaterThanOrEqual(least);
      expect(verify(await running.lines(), [], Date.now()).findings).toEqual([]);
    },
  );
});

/**
 * Where it dies. From the end of an effect to the beginning of the next, while none is under way, the world stays as it is: who dies at the
 * one leaves what who dies at the other leaves. Only before a hand-over others act, who decide.
 */
function pointsOf(passed: readonly string[], where: RegExp): ReadonlySet<string> {
  let underWay = 0;
  const apart = passed.filter((point, index) => {
    const isBegin = point.startsWith('before ');
    underWay += isBegin ? 1 : -1;
    const isAsTheLast = isBegin && underWay === 1 && !point.includes('hand-over') && where.test(passed[index - 1] ?? '');
    return where.test(point) && !isAsTheLast;
  });
  return new Set(apart);
}

function differences(lived: Lived, expected: Lived): string[] {
  const parts = Object.keys(expected) as (keyof Lived)[];
  // What was said before a card goes with the worker that dies before its question waits: the card says all of it.
  const isSame = (part: keyof Lived) =>
    String(lived[part]) === String(expected[part]) || (part === 'text' && `${before}${lived.text}` === expected.text);
  return parts.filter((part) => !isSame(part)).map((part) => `${part}: ${lived[part]}, not ${expected[part]}`.slice(0, 400));
}

const unknowable = ['after ledger change started', 'before remote write_note', 'after remote write_note', 'before ledger change done'];

/** Where nobody can tell whether it was done, the card says so, and nobody does it again. */
function expectedAfter(point: string, { recovery }: Life, alive: Lived): Lived {
  const whole = { ...alive, unlike: unwritten(point) };
  if (recovery !== 'unknown' || !unknowable.includes(point)) return whole;
  return { ...whole, cards: whole.cards.map((card) => card.replace('done', 'unknown')), written: unknowable.indexOf(point) < 2 ? 0 : 1 };
}

/** Between the ledger and the audit log, in the moment before the line of what came of it. That it begins is there before anything is done. */
function unwritten(point: string): string {
  const [, state] = /^after ledger change (done|expired)$/.exec(point) ?? [];
  if (state) return `lacks change ${state}`;
  return point === 'after ledger close' ? 'lacks question answered' : '';
}
