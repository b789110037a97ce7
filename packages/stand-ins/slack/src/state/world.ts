import type { EventFeed } from '../events/event-feed.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Directory } from './directory.ts';
import type { EphemeralStore, MessageStore } from './message-store.ts';
import type { PromptStore } from './prompt-store.ts';
import type { SessionStore } from './session-store.ts';
import type { StreamStore } from './stream-store.ts';
import type { Grants, Tickets } from './tickets.ts';
import type { Timestamps } from './timestamp.ts';
import type { ViewStore } from './view-store.ts';

/** All that the emulator remembers, and its ways to the outside. */
export interface World {
  /** The emulator's own origin, for the URLs it hands out. */
  readonly origin: () => string;
  readonly agentFeatures: boolean;
  readonly agentView: boolean;
  readonly homeTab: boolean;
  readonly botScopes: readonly string[];
  readonly lacksBlocks: ReadonlySet<string>;
  readonly clock: Clock;
  readonly timestamps: Timestamps;
  readonly changes: Changes;
  readonly directory: Directory;
  readonly messages: MessageStore;
  readonly ephemerals: EphemeralStore;
  readonly sessions: SessionStore;
  readonly prompts: PromptStore;
  readonly streams: StreamStore;
  readonly files: FileStore;
  readonly views: ViewStore;
  readonly tickets: Tickets;
  readonly grants: Grants;
  readonly redirectUris: Set<string>;
  readonly feed: EventFeed;
}
