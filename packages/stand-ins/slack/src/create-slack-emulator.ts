import { listen } from '@vera/stand-in-kit/listen';
import { answerRequest } from './api/answer-request.ts';
import { createFaults } from './api/faults.ts';
import { RateLimits } from './api/rate-limits.ts';
import type { SlackApiCall, SlackEmulator, SlackEmulatorOptions } from './contract.ts';
import { handsOf } from './people/hands-of.ts';
import { createWorld } from './state/create-world.ts';
import { StateFile } from './state/state-file.ts';
import type { World } from './state/world.ts';

/** A Slack workspace on loopback: Web API, events, interactions, files, and the hands of its people. */
export async function createSlackEmulator(options: SlackEmulatorOptions): Promise<SlackEmulator> {
  const calls: SlackApiCall[] = [];
  const faults = createFaults();
  let origin = '';
  const world = createWorld(options, () => origin);
  const limits = options.enforceRateLimits ? new RateLimits(() => world.clock.now()) : undefined;
  const params = { world, faults, limits, record: (call: SlackApiCall) => void calls.push(call) };
  const server = await listen(
    (request, { incoming }) => answerRequest(params, request, { cut: () => void incoming.socket.destroy() }),
    options.port,
  );
  origin = server.url;
  const warn = options.warn ?? ((message: string) => process.emitWarning(message));
  const stateFile = options.stateFile === undefined ? undefined : new StateFile(world, options.stateFile, warn);
  await stateFile?.load();
  return {
    ...handsOf(world),
    url: server.url,
    port: server.port,
    get workspace() {
      return world.directory.workspace;
    },
    get isDisabled() {
      return world.feed.log.isDisabled;
    },
    calls,
    inject: faults.inject,
    reset() {
      calls.length = 0;
      faults.reset();
      limits?.clear();
      forget(world);
      stateFile?.saveSoon();
    },
    async [Symbol.asyncDispose]() {
      world.feed.stop();
      world.clock.clear();
      await server[Symbol.asyncDispose]();
      await stateFile?.close();
    },
  };
}

function forget(world: World): void {
  world.streams.clear();
  world.sessions.clear();
  world.prompts.clear();
  world.messages.clear();
  world.ephemerals.clear();
  world.files.clear();
  world.views.clear();
  world.tickets.clear();
  world.grants.clear();
  world.feed.clear();
}
