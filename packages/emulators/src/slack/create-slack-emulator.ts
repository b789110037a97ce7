import { listen } from '../listen.ts';
import { answerCall } from './api/answer-call.ts';
import { Faults } from './api/faults.ts';
import { RateLimits } from './api/rate-limits.ts';
import type { SlackApiCall, SlackEmulator, SlackEmulatorOptions } from './contract.ts';
import { clickAsPerson } from './people/click-as-person.ts';
import { deleteMessage } from './people/delete-message.ts';
import { editAsPerson } from './people/edit-as-person.ts';
import { openHome } from './people/open-home.ts';
import { postAsPerson } from './people/post-as-person.ts';
import { stopSession } from './people/stop-session.ts';
import { createWorld } from './state/create-world.ts';
import type { World } from './state/world.ts';

/** A Slack workspace on loopback: Web API, events, interactions, files, and the hands of its people. */
export async function createSlackEmulator(options: SlackEmulatorOptions): Promise<SlackEmulator> {
  const calls: SlackApiCall[] = [];
  const faults = new Faults();
  let origin = '';
  const world = createWorld(options, () => origin);
  const limits = options.enforceRateLimits ? new RateLimits(() => world.clock.now()) : undefined;
  const params = { world, faults, limits, record: (call: SlackApiCall) => void calls.push(call) };
  const server = await listen((request, { incoming }) => {
    const [, method] = /^\/api\/([\w.]+)$/.exec(new URL(request.url).pathname) ?? [];
    if (method) return answerCall(params, method, request, { cut: () => void incoming.socket.destroy() });
    return new Response(null, { status: 404 });
  }, options.port);
  origin = server.url;
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
    inject: (fault) => faults.inject(fault),
    reset() {
      calls.length = 0;
      faults.clear();
      limits?.clear();
      forget(world);
    },
    async [Symbol.asyncDispose]() {
      world.clock.clear();
      await server[Symbol.asyncDispose]();
    },
  };
}

type Hands = Omit<SlackEmulator, 'url' | 'port' | 'workspace' | 'isDisabled' | 'calls' | 'inject' | 'reset' | typeof Symbol.asyncDispose>;

function handsOf(world: World): Hands {
  return {
    subscribe: (urls) => world.feed.subscribe(urls),
    post: (message) => postAsPerson(world, message),
    edit: (change) => editAsPerson(world, change),
    remove({ channel, ts }) {
      const message = world.messages.get(channel, ts);
      if (!message) throw new Error(`no message ${ts} in ${channel}`);
      deleteMessage(world, message);
    },
    click: (click) => clickAsPerson(world, click),
    stop: (stop) => stopSession(world, stop),
    openHome: (home) => openHome(world, home),
    messages: (channel, threadTs) =>
      threadTs === undefined ? world.messages.inChannel(channel) : world.messages.inThread(channel, threadTs),
    ephemerals: (user) => world.ephemerals.get(user) ?? [],
    session: (channel, threadTs) => world.sessions.get(channel, threadTs),
    deliveries: world.feed.log.deliveries,
    idle: () => world.feed.idle(),
    disturbDeliveries(disturb) {
      world.feed.disturbance = disturb;
    },
    advance: (milliseconds) => world.clock.advance(milliseconds),
    renameBot: (name) => world.directory.renameBot(name),
    onChange: (listener) => world.changes.onChange(listener),
  };
}

function forget(world: World): void {
  world.streams.clear();
  world.sessions.clear();
  world.messages.clear();
  world.ephemerals.clear();
  world.files.clear();
  world.views.clear();
  world.tickets.clear();
  world.feed.clear();
}
