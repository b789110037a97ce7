import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/cases/*.eval.ts'],
    // Each process has its own variables, which say where the stand-ins are; what is loaded serves all topics of a process.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
