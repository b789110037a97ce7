import type { SlackEmulatorOptions } from '../contract.ts';
import { EventFeed } from '../events/event-feed.ts';
import { FileStore } from '../files/file-store.ts';
import { expireStream } from '../methods/chat-streams.ts';
import { Changes } from './changes.ts';
import { Clock } from './clock.ts';
import { Directory } from './directory.ts';
import { EphemeralStore, MessageStore } from './message-store.ts';
import { PromptStore } from './prompt-store.ts';
import { SessionStore } from './session-store.ts';
import { StreamStore } from './stream-store.ts';
import { Grants, Tickets } from './tickets.ts';
import { createTimestamps } from './timestamp.ts';
import { ViewStore } from './view-store.ts';
import type { World } from './world.ts';

export function createWorld(options: SlackEmulatorOptions, origin: () => string): World {
  const clock = new Clock(options.now ?? Date.now);
  const changes = new Changes();
  const directory = new Directory(options.workspace);
  const world: World = {
    origin,
    agentFeatures: options.agentFeatures ?? true,
    agentView: options.agentView ?? true,
    homeTab: options.homeTab ?? true,
    botScopes: options.workspace.botScopes ?? defaultScopes,
    lacksBlocks: new Set(options.lacksBlocks),
    clock,
    timestamps: createTimestamps(() => clock.now()),
    changes,
    directory,
    messages: new MessageStore(changes),
    ephemerals: new EphemeralStore(changes),
    sessions: new SessionStore(clock, changes),
    prompts: new PromptStore(changes),
    streams: new StreamStore(clock, (channel, ts) => expireStream(world, channel, ts)),
    files: new FileStore(),
    views: new ViewStore(),
    tickets: new Tickets(clock),
    grants: new Grants(),
    redirectUris: new Set(),
    feed: new EventFeed({ workspace: () => directory.workspace, clock, ackTimeout: options.ackTimeout ?? 3_000 }),
  };
  return world;
}

/** The bot scopes of Vera's manifest, and no other: a call that needs more fails on this machine as it would in Slack. */
const defaultScopes: readonly string[] = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'mpim:history',
  'mpim:read',
  'reactions:read',
  'reactions:write',
  'search:read.public',
  'users:read',
];
