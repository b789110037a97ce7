import { setFlagsFromString } from 'node:v8';
import { serve } from '@hono/node-server';
import { drawFromKernel } from '@vera/service-kit/kernel-random';
import { readEnv } from '@vera/service-kit/read-env';
import { type PromptFiles, readPromptFiles } from './agent/prompt-files.ts';
import { createSystemPrompt } from './agent/system-prompt.ts';
import { createWorker } from './create-worker.ts';
import { workerEnv } from './env.ts';
import { openLog } from './open-log.ts';
import { version } from './version.ts';

/** AgentCore kills the process 15 s after SIGTERM. What is not finished by then is told, and given back, in five seconds more. */
const grace = 5_000;

drawFromKernel();
const env = readEnv(workerEnv, process.env);
const log = openLog(env);
const toSystemPrompt = createSystemPrompt(promptFiles(), env.COMPANY_NAME);
const worker = createWorker(env, toSystemPrompt, log);
const server = serve({ fetch: worker.server.fetch, port: env.PORT, hostname: env.HOST }, ({ port }) => {
  log.info('worker.listening', { version, port });
  // First listen, then load: a new session waits for its first ping, which is answered in between.
  setTimeout(load, 20);
});

function promptFiles(): PromptFiles {
  try {
    return readPromptFiles(new URL('prompt/', import.meta.url));
  } catch (error) {
    // Uncaught, it would stand below a page of the bundle's own code.
    log.error('worker.not-loaded', { error });
    process.exit(1);
  }
}

function load(): void {
  worker.load().then(
    // AgentCore bills the peak of memory for a session's whole life. Left alone, V8 lets garbage pile up on a large machine: 309 MB
    // instead of 140 MB after 500 questions. Set only now, as it would slow down the start.
    () => setFlagsFromString('--optimize-for-size'),
    (error: unknown) => {
      log.error('worker.not-loaded', { error });
      setTimeout(() => process.exit(1), 500);
    },
  );
}

// As the first process of a container Node would ignore the signal.
process.once('SIGTERM', () => {
  log.info('worker.stopping');
  void worker.close(grace).finally(() => {
    server.close();
    log.info('worker.stopped');
    // Written lines leave through a pipe: the process ends by itself once they are out, or shortly after.
    process.exitCode = 0;
    setTimeout(() => process.exit(), 500).unref();
  });
});
