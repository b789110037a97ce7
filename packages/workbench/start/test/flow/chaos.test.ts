import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerOf } from '../support/ledger-of.ts';
import { type Asked, impatient, startTestSystem, type TestSystem } from '../support/test-system.ts';

const model = scriptedModel(() => [
  {
    say: 'An answer that takes a while to say, so that something can happen meanwhile. '.repeat(3),
    pieceLength: 20,
    pauseMilliseconds: 30,
  },
]);

/** What happens to one message at each hop. */
const mishap = fc.record({
  /** Arrivals of the first delivery, in milliseconds; none loses it, and Slack sends it again. */
  deliveries: fc.constantFrom([0], [], [0, 0], [40], [0, 25], [120, 0]),
  /** The event from receiver to invoker. */
  event: fc.constantFrom({}, { drop: true }, { copies: 2 }, { delayMilliseconds: 150 }, { copies: 2, delayMilliseconds: 80 }),
});

const chaos = fc.record({
  questions: fc.array(fc.record({ thread: fc.integer({ min: 0, max: 1 }), mishap, pause: fc.integer({ min: 0, max: 120 }) }), {
    minLength: 3,
    maxLength: 5,
  }),
  /** When each running worker is killed, in milliseconds. */
  kills: fc.array(fc.integer({ min: 100, max: 2_500 }), { maxLength: 2 }),
  lost: fc.subarray(['chat.startStream', 'chat.appendStream', 'chat.stopStream', 'chat.postMessage', 'chat.update']),
});

describe('whatever dies in between', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem(model, { timings: impatient });
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  test('dropped, doubled, reordered, delayed or killed: every question ends in exactly one visible outcome', {
    timeout: 600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(chaos, async ({ questions, kills, lost }) => {
        const asked: Asked[] = [];
        disturb(
          system,
          questions.map((question) => question.mishap),
        );
        for (const method of lost) system.slack.inject({ method, kind: 'lost-response' });
        const killing = Promise.all(kills.map((after) => killWorkers(system, after)));
        for (const { thread, pause } of questions) {
          const root = asked[thread];
          asked.push(system.ask({ text: `question ${asked.length}`, ...(root ? { threadTs: root.threadTs } : {}) }));
          await sleep(pause);
        }
        await killing;
        const recordOf = ledgerOf(system);
        for (const question of asked) {
          const state = async () => (await recordOf(question))?.state;
          await expect.poll(state, { timeout: 120_000, interval: 100, message: question.id }).toMatch(/answered|failed|stopped/);
        }
        await system.lambda.idle();
        // What was said during an answer may have gone with it.
        const wanted = async (question: Asked) => Number((await recordOf(question))?.reason !== 'folded');
        for (const question of asked) expect(system.outcomes(question), question.id).toHaveLength(await wanted(question));
        const ours = asked.flatMap((question) => system.replies(question));
        expect(ours.filter(({ streaming_state }) => streaming_state === 'in_progress')).toEqual([]);
        expect(
          ours.filter(({ metadata }) => metadata === undefined),
          'no torn piece of an answer stays',
        ).toEqual([]);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});

function disturb(system: TestSystem, mishaps: readonly { readonly deliveries: readonly number[]; readonly event: object }[]): void {
  const seen = new Map<string, number>();
  const turnOf = (id: string) => {
    if (!seen.has(id)) seen.set(id, seen.size);
    return (seen.get(id) ?? 0) % mishaps.length;
  };
  // Only the first delivery meets a mishap: Slack's own retry brings a lost one.
  system.slack.disturbDeliveries(({ eventId, retryNumber }) => (retryNumber > 0 ? [0] : (mishaps[turnOf(eventId)]?.deliveries ?? [0])));
  const events = new Map<string, number>();
  system.lambda.disturb(({ functionName, requestId }) => {
    if (functionName !== 'invoker') return undefined;
    if (!events.has(requestId)) events.set(requestId, events.size);
    // Each message is disturbed once; what the sweeper sends again passes.
    const turn = events.get(requestId) ?? 0;
    return turn < mishaps.length ? mishaps[turn]?.event : undefined;
  });
}

async function killWorkers(system: TestSystem, after: number): Promise<void> {
  await sleep(after);
  system.killWorkers();
}
