import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { systemClock } from '@vera/service-kit/clock';
import { readEnv } from '@vera/service-kit/read-env';
import { readPromptFiles } from './agent/prompt-files.ts';
import { createSystemPrompt } from './agent/system-prompt.ts';
import { createIntake } from './create-intake.ts';
import { readHelperFiles } from './delegation/specialist.ts';
import { lambdaEnv, workerEnv } from './env.ts';
import { createEventWorker } from './lambda/create-event-worker.ts';
import { refuseEvents, serveEvents } from './lambda/serve-events.ts';
import { openLog } from './open-log.ts';
import { version } from './version.ts';

const { AWS_LAMBDA_RUNTIME_API: api } = readEnv(lambdaEnv, process.env);
const env = readEnv(workerEnv, process.env);
const log = openLog(env);

/** Whoever made them: AWS's clients, `fetch`, and what comes later. */
const sockets = new Set<Socket>();
subscribe('net.client.socket', (message) => {
  const { socket } = message as { readonly socket: Socket };
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});

try {
  const toSystemPrompt = createSystemPrompt(readPromptFiles(new URL('prompt/', import.meta.url)), env.COMPANY_NAME);
  const helperFiles = readHelperFiles(new URL('prompt/delegation/', import.meta.url));
  const handle = createEventWorker({
    ...systemClock,
    open: (health) => createIntake(env, { toSystemPrompt, helperFiles, health, log }),
    cutConnections() {
      for (const socket of sockets) socket.destroy();
    },
    log,
  });
  log.info('worker.listening', { version });
  await serveEvents(api, handle);
} catch (error) {
  log.error('worker.not-loaded', { error });
  await refuseEvents(api, error).catch(() => undefined);
  process.exitCode = 1;
}
