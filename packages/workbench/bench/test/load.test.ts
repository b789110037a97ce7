import { expect, it } from 'vitest';
import { runLoad } from '../src/load/run-load.ts';

/** Who dies is missed sooner than in AWS, so that the sample takes half a minute. */
const timings = { lease: 10, heartbeat: 2, receiverGrace: 10, sweeperGrace: 10 };

it('R10 of many questions at once each has one outcome, and nearly all are answers, while calls fail and a worker dies', {
  timeout: 600_000,
}, async () => {
  const { outcomes } = await runLoad({
    ...{ questions: 60, threads: 10, faultRate: 0.1, questionsPerKill: 50, spacing: 100, patience: 500_000, seed: 1 },
    system: { timings, retryDelays: [500, 1_000], sweepEvery: 1_000 },
  });
  expect(outcomes.filter(({ length }) => length !== 1)).toEqual([]);
  expect(outcomes.flat().filter((outcome) => outcome === 'answered').length).toBeGreaterThanOrEqual(57);
});
