import type { Log } from '@vera/service-kit/log';
import type { Hono } from 'hono';
import type * as z from 'zod/mini';
import type { ToSystemPrompt } from './agent/system-prompt.ts';
import type { workerEnv } from './env.ts';
import { createHealth } from './server/health.ts';
import { createWorkerServer } from './server/worker-server.ts';

export interface Worker {
  readonly server: Hono;
  /** Loads what answers questions, two thirds of a cold start; the server answers without it. Rejects when it cannot be made. */
  load(): Promise<void>;
  /** Takes nothing more, lets work finish for up to `grace` milliseconds and gives the rest back. */
  close(grace: number): Promise<void>;
}

/** The worker of this process: `/ping` answers at once, a question as soon as what answers it is loaded. */
export function createWorker(env: z.output<typeof workerEnv>, toSystemPrompt: ToSystemPrompt, log: Log): Worker {
  const health = createHealth(Date.now);
  const load = () => import('./create-intake.ts').then(({ createIntake }) => createIntake(env, { toSystemPrompt, health, log }));
  let loading: ReturnType<typeof load> | undefined;
  let isClosing = false;
  const intake = () => {
    loading ??= load();
    return loading;
  };
  return {
    server: createWorkerServer({
      health,
      log,
      accept: async (work) => (isClosing ? 'refused' : (await intake()).accept(work)),
    }),
    load: async () => void (await intake()),
    async close(grace) {
      isClosing = true;
      // Why it could not be loaded is told by whoever asked for it.
      const loaded = await loading?.catch(() => undefined);
      await loaded?.close(grace);
    },
  };
}
