import type { CostedSettings } from '../../src/cost/estimate/costed-settings.ts';

/** What of the settings of `trial.ts` costs money. */
export const settingsOfTrial: CostedSettings = {
  model: { id: 'us.anthropic.claude-sonnet-5-5', profiles: {} },
  memory: 'on',
  worker: { on: 'agentcore', memoryMegabytes: 2048 },
  platform: 'v2',
  session: { idleSeconds: 900, stopAfterMinutes: 5 },
  network: { mode: 'public' },
  questions: {},
  invoker: { memoryMegabytes: 256 },
  receiver: { memoryMegabytes: 512 },
  sweeper: { memoryMegabytes: 256 },
  knowledgeBases: [],
  tracing: 'vera',
  tracedShare: 1,
  usageLogs: 'on',
};
