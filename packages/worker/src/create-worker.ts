import type { Log } from '@vera/service-kit/log';
import type { Hono } from 'hono';
import type * as z from 'zod/mini';
import type { ToSystemPrompt } from './agent/system-prompt.ts';
import type { WorkIntake } from './create-intake.ts';
import type { workerEnv } from './env.ts';
import { createHealth } from './server/health.ts';
import { createWorkerServer } from './server/worker-server.ts';

export interface Worker {
  readonly server: Hono;
  /**
   * Loads what answers questions, two thirds of a cold start. On V1 the server answers pings without it; on V2 it is healthy once a turn has
   * been rehearsed as well, as its snapshot is taken then. Rejects when it cannot be loaded.
   */
  load(): Promise<void>;
  /** Takes nothing more, lets work finish for up to `grace` milliseconds and gives the rest back. */
  close(grace: number): Promise<void>;
}

/** The worker of this process. Clients, caches and whatever has an id or a time are made with the first work, none of it before. */
export function createWorker(env: z.output<typeof workerEnv>, toSystemPrompt: ToSystemPrompt, log: Log): Worker {
  const health = createHealth(Date.now);
  const load = once(async () => {
    const [{ createIntake }, { readHelperFiles }] = await Promise.all([import('./create-intake.ts'), import('./delegation/specialist.ts')]);
    const helperFiles = readHelperFiles(new URL('prompt/delegation/', import.meta.url));
    return () => createIntake(env, { toSystemPrompt, helperFiles, health, log });
  });
  const warm = once(async () => {
    const [{ warmUp }] = await Promise.all([import('./rehearsal/warm-up.ts'), load()]);
    await warmUp({ modelId: env.MODEL_ID, toSystemPrompt }, log);
  });
  let isReady = env.PLATFORM === 'v1';
  let intake: WorkIntake | undefined;
  let isClosing = false;
  return {
    server: createWorkerServer({
      health,
      log,
      isReady: () => isReady,
      warmUp: warm,
      async accept(work) {
        if (isClosing) return 'refused';
        const create = await load();
        intake ??= create();
        return intake.accept(work);
      },
    }),
    async load() {
      if (env.PLATFORM === 'v1') return void (await load());
      await warm();
      isReady = true;
    },
    async close(grace) {
      isClosing = true;
      await intake?.close(grace);
    },
  };
}

/** However often it is asked for. */
function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let begun: Promise<Result> | undefined;
  return () => {
    begun ??= work();
    return begun;
  };
}
