import { defineConfig } from 'vitest/config';

const wholeSystem = ['packages/workbench/start/test/**/*.test.ts'];
/** These load the machine to its limit, or break something in the very moment in which it is at work. */
const byItself = [
  'packages/workbench/bench/test/**/*.test.ts',
  ...['browser/lab-stories', 'flow/chaos', 'flow/first-status', 'flow/lab', 'flow/log-lines', 'flow/ping-after-restore'].map(
    (name) => `packages/workbench/start/test/${name}.test.ts`,
  ),
];
/** What these look at is the process: its clocks, threads, memory or sockets; or it is for one file that a person sent, as what ships. */
const alone = [
  'packages/workbench/simulation/test/simulation.test.ts',
  'packages/worker/test/charts/draw-picture.test.ts',
  'packages/worker/test/files/bombs.test.ts',
  'packages/worker/test/files/child-program.test.ts',
  'packages/worker/test/files/readers.test.ts',
  'packages/worker/test/server/rehearsal.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['scripts/bundle-before-tests.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // To load the clients and the stand-ins takes longer than most tests: a process runs one file after the other. What a test changes in
    // it, it puts back; this does so for what Vitest changed.
    isolate: false,
    unstubEnvs: true,
    restoreMocks: true,
    // A loaded machine may be ten times as slow as an idle one. What is awaited comes as soon as it can; these only end what hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    teardownTimeout: 10_000,
    reporters: ['default', ['json', { outputFile: 'coverage/test-results.json' }]],
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          include: [
            'packages/*/test/**/*.test.ts',
            'packages/{stand-ins,workbench}/*/test/**/*.test.ts',
            'scripts/test/**/*.test.ts',
            'stacks/test/**/*.test.ts',
          ],
          exclude: [...wholeSystem, ...byItself, ...alone, '**/node_modules/**'],
        },
      },
      { extends: true, test: { name: 'alone', include: alone, isolate: true } },
      {
        // These start a dozen processes each, which mostly wait: they come last, and two at a time keep two cores busy. Each has ports, a
        // data folder and clocks of its own.
        extends: true,
        test: {
          name: 'whole system',
          include: wholeSystem,
          exclude: [...byItself, '**/node_modules/**'],
          testTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'by itself', include: byItself, maxWorkers: 1, testTimeout: 120_000, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
