import type { SlackMessage } from './slack-message.ts';
import type { Workspace } from './workspace.ts';

/** What the Slack emulator offers beside Slack's own HTTP doors: the hands of people, the clock, and faults. */
export interface SlackEmulator extends AsyncDisposable {
  /** The origin; `${url}/api/` is the `slackApiUrl` of a `WebClient`. */
  readonly url: string;
  readonly port: number;
  readonly workspace: Workspace;
  /** Registers the app's request URLs; rejects when the events URL does not answer `url_verification`. */
  subscribe(urls: {
    readonly events: string;
    readonly interactivity: string;
    /** Of the slash command; that of interactions where left out. */
    readonly commands?: string;
  }): Promise<void>;

  /** A person writes. Returns once the message is stored; events go out afterwards, as in Slack. */
  post(message: PersonMessage): SlackMessage;
  /** Slack adds what it found behind a link, or an app what it has to say, to a message that stands there already. */
  attach(preview: { readonly channel: string; readonly ts: string; readonly attachments: readonly Record<string, unknown>[] }): void;
  edit(change: { readonly user: string; readonly channel: string; readonly ts: string; readonly text: string }): void;
  /** A person (or an admin) deletes a message; deleting a thread's root with replies leaves a tombstone. */
  remove(message: { readonly user: string; readonly channel: string; readonly ts: string }): void;
  /** A person puts an emoji on a message. `name`: without colons. */
  react(reaction: { readonly user: string; readonly channel: string; readonly ts: string; readonly name: string }): void;
  /** A person clicks; resolves with the status the app answered (0: no answer within 3 s). */
  click(click: PersonClick): Promise<{ readonly status: number }>;
  /** A person sends a slash command; resolves with the status the app answered. What it says in its answer that person sees. */
  command(command: PersonCommand): Promise<{ readonly status: number }>;
  /** A person chooses a shortcut in the menu of a message. */
  shortcut(shortcut: PersonShortcut): Promise<{ readonly status: number }>;
  /** A person presses a button of their home tab. */
  pressHome(press: Pick<PersonClick, 'user' | 'actionId' | 'value'>): Promise<{ readonly status: number }>;
  /** Somebody's home tab as the app published it last. */
  home(user: string): Readonly<Record<string, unknown>> | undefined;
  /** A person presses Stop in a thread session. */
  stop(stop: { readonly user: string; readonly channel: string; readonly threadTs: string }): void;
  /** Registers a redirect URI of the app, as its settings do; Slack's pages send browsers to no other. */
  allowRedirect(uri: string): void;
  /** A person agrees on Slack's consent page; returns the code their browser brings to the redirect URI. */
  authorize(grant: SlackGrant): string;
  /** `viewing`: the channel they have before them beside the messages. */
  openHome(home: { readonly user: string; readonly tab: 'home' | 'messages'; readonly viewing?: string }): void;
  /** A person goes to a channel while their direct messages with the app stay open beside it. */
  lookAt(look: { readonly user: string; readonly channel: string }): void;
  /** A person opens an older assistant (`agentView: false`), which begins a thread: its root is returned. */
  openAssistant(opening: { readonly user: string; readonly viewing?: string }): SlackMessage;
  /** A person invites somebody, the app unless told, into a channel. */
  invite(invitation: { readonly user: string; readonly channel: string; readonly invited?: string }): void;

  /** All messages of a channel (or of one thread, root first), oldest first. Ephemeral messages are not among them. */
  messages(channel: string, threadTs?: string): readonly SlackMessage[];
  /** Ephemeral messages, which only `user` sees. */
  ephemerals(user: string): readonly SlackMessage[];
  session(channel: string, threadTs: string): SlackSession | undefined;
  /** Prompts that are suggested in direct messages, or in the thread of an older assistant. */
  prompts(channel: string, threadTs?: string): SlackPrompts | undefined;
  /** A file as people's clients, which are signed in, would load it. */
  file(id: string): SlackFile | undefined;

  /** From now on the message that shares an upload comes after so many looks at the file: `Infinity` for never. */
  shareAfter(looks: number): void;

  /** Every Web API call received, in order. */
  readonly calls: readonly SlackApiCall[];
  /** Every delivery of an event or interaction tried, in order. */
  readonly deliveries: readonly SlackDelivery[];
  /** More than 95 % of at least 1,000 deliveries failed within an hour: Slack would have disabled the subscription. */
  readonly isDisabled: boolean;
  /** Resolves when no delivery is under way or waiting (retries included, unless they lie in the future of the clock). */
  idle(): Promise<void>;

  /** Makes calls of one Web API method fail or wait; stacks, first injected first used. */
  inject(fault: SlackFault): void;
  /** Decides for every delivery what the network does to it; undefined restores a clean network. */
  disturbDeliveries(disturb: DeliveryDisturbance | undefined): void;
  /** The five minutes of every stream that is open are over; nothing else grows older. */
  expireStreams(): void;
  /** Moves the emulator's clock ahead: streams expire, statuses time out, retries fall due. */
  advance(milliseconds: number): void;
  renameBot(name: string): void;
  /** Called on every change that a page would show. Returns the function that ends it. */
  onChange(listener: (change: SlackChange) => void): () => void;
  /** Forgets messages, sessions, calls, deliveries and faults; keeps the workspace and the subscription. */
  reset(): void;
}

export interface PersonFile {
  readonly name: string;
  readonly mimetype: string;
  readonly bytes: Uint8Array;
  /** What Slack makes of it; an ordinary upload unless told. */
  readonly as?: 'snippet' | 'canvas' | 'check-file-info' | 'hidden-by-limit' | 'tombstone';
}

export interface PersonMessage {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  /** As the composer made it, where the text is only what Slack falls back to (https://github.com/vm0-ai/vm0/pull/3689): quotes may be missing there, or stand unmarked. */
  readonly richText?: readonly Record<string, unknown>[];
  readonly threadTs?: string;
  readonly files?: readonly PersonFile[];
  /** A message that is forwarded, with `text` as comment or without. */
  readonly forward?: { readonly channel: string; readonly ts: string };
  /** What an app says beside its text, or in its place. */
  readonly attachments?: readonly Record<string, unknown>[];
  /** The reply is also sent to the channel (`thread_broadcast`). */
  readonly broadcast?: boolean;
}

export interface PersonClick {
  readonly user: string;
  readonly channel: string;
  readonly messageTs: string;
  readonly actionId: string;
  readonly value: string;
  /** What was typed into the message's input blocks: block_id → action_id → text. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface PersonCommand {
  readonly user: string;
  readonly channel: string;
  /** With its slash. */
  readonly name: string;
  readonly text: string;
  /** Slack refuses commands in threads. */
  readonly threadTs?: string;
}

export interface PersonShortcut {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly callbackId: string;
  /** When it is clicked, in Slack's form; default: now. */
  readonly actionTs?: string;
}

export interface SlackFile {
  readonly name: string;
  readonly mimetype: string;
  readonly bytes: Uint8Array;
  readonly altText?: string;
}

export interface SlackGrant {
  readonly user: string;
  readonly redirectUri: string;
  /** `install` for `oauth.v2.access`, `sign-in` for `openid.connect.token`. */
  readonly purpose: 'install' | 'sign-in';
  readonly nonce?: string;
}

export interface SlackSession {
  readonly status: 'active' | 'processing' | 'suspended' | 'closed';
  readonly title?: string;
  /** The text of the legacy `assistant.threads.setStatus`, while it shows. */
  readonly legacyStatus?: string;
}

export interface SlackPrompts {
  readonly title?: string;
  readonly prompts: readonly { readonly title: string; readonly message: string }[];
}

export interface SlackApiCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  readonly httpStatus: number;
  /** Emulator clock, epoch milliseconds. */
  readonly at: number;
}

export interface SlackDelivery {
  readonly kind: 'event' | 'interaction' | 'command';
  readonly eventId?: string;
  readonly eventType?: string;
  readonly retryNumber: number;
  /** HTTP status; 0 when there was none in time. */
  readonly status: number;
  readonly at: number;
}

/**
 * `ratelimited`: 429 with `Retry-After`; `http`: that status, nothing done; `error`: `ok:false` with that error, nothing done;
 * `lost-response`: the call is carried out and the connection dropped; `unreachable`: dropped before anything is done;
 * `delay`: carried out after a while.
 */
export type SlackFault = {
  readonly method: string;
  /** How many calls it hits; Infinity for all. Default 1. */
  readonly times?: number;
  /** Calls to let through first. Default 0. */
  readonly after?: number;
} & (
  | { readonly kind: 'ratelimited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'http'; readonly status: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'lost-response' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
);

/**
 * What happens to one delivery: how often it arrives, each after how many milliseconds; an empty list loses it. `unheard`: it arrives, and
 * the app's answer is lost, so that Slack delivers it once more.
 */
export type DeliveryDisturbance = (delivery: { readonly eventId: string; readonly retryNumber: number }) => readonly number[] | 'unheard';

export type SlackChange =
  | { readonly kind: 'message'; readonly message: SlackMessage }
  | { readonly kind: 'removed'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'session'; readonly channel: string; readonly threadTs: string; readonly session: SlackSession }
  | { readonly kind: 'prompts'; readonly channel: string; readonly threadTs?: string; readonly prompts: SlackPrompts }
  | { readonly kind: 'ephemeral'; readonly user: string; readonly message: SlackMessage }
  | { readonly kind: 'home'; readonly user: string; readonly view: Readonly<Record<string, unknown>> };

export interface SlackEmulatorOptions {
  readonly workspace: Workspace;
  readonly port?: number;
  /** A file in which messages and sessions survive a restart. */
  readonly stateFile?: string;
  /** Epoch milliseconds; `advance` adds to it. */
  readonly now?: () => number;
  /** Slack's rate limits by tier; off by default so that tests do not wait. */
  readonly enforceRateLimits?: boolean;
  /** False: the workspace has no agent features (free plan): sessions answer `feature_disabled`, streams are refused. Default true. */
  readonly agentFeatures?: boolean;
  /** False: the app is an assistant of the older kind (`assistant_view`), whose prompts and titles belong to threads. Default true. */
  readonly agentView?: boolean;
  /** False: the app has no home tab, and `views.publish` answers `not_enabled`. Default true. */
  readonly homeTab?: boolean;
  /** Kinds of blocks that this workspace does not have: `invalid_blocks`. */
  readonly lacksBlocks?: readonly string[];
  /** Milliseconds the app has to answer a delivery; Slack's own 3,000 by default. */
  readonly ackTimeout?: number;
  /** Told what a person should know, such as a state file that could not be read. Default: Node's own warnings. */
  readonly warn?: (message: string) => void;
}
