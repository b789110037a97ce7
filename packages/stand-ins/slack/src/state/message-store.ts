import { blocksWithSteps } from '../blocks/blocks-with-steps.ts';
import type { SlackMessage } from '../slack-message.ts';
import type { Changes } from './changes.ts';
import { microsecondsOf } from './timestamp.ts';

/** All messages. A message is never changed in place: what was read stays as it was. */
export class MessageStore {
  private readonly channels = new Map<string, Map<string, SlackMessage>>();
  /** The `ts` of the replies, by channel and root. */
  private readonly replies = new Map<string, Set<string>>();
  private readonly changes: Changes;
  /** What once stood there. */
  private readonly removed = new Set<string>();

  constructor(changes: Changes) {
    this.changes = changes;
  }

  get(channel: string, ts: string): SlackMessage | undefined {
    return this.channels.get(channel)?.get(ts);
  }

  /** Adds or replaces; a new reply brings its root's counts up to date. */
  put(message: SlackMessage): SlackMessage {
    const isNew = this.get(message.channel, message.ts) === undefined;
    this.set(message);
    this.changes.tell({ kind: 'message', message });
    if (isNew && isReply(message)) this.countReplies(message.channel, message.thread_ts ?? '');
    return message;
  }

  remove(channel: string, ts: string): void {
    const message = this.get(channel, ts);
    if (!message) return;
    this.channels.get(channel)?.delete(ts);
    this.removed.add(`${channel}:${ts}`);
    this.changes.tell({ kind: 'removed', channel, ts });
    if (!isReply(message)) return;
    this.replies.get(`${channel}:${message.thread_ts}`)?.delete(ts);
    this.countReplies(channel, message.thread_ts ?? '');
  }

  wasRemoved(channel: string, ts: string): boolean {
    return this.removed.has(`${channel}:${ts}`);
  }

  /** Oldest first. */
  inChannel(channel: string): readonly SlackMessage[] {
    return [...(this.channels.get(channel)?.values() ?? [])];
  }

  /** Root first; empty when there is neither root nor reply. */
  inThread(channel: string, threadTs: string): readonly SlackMessage[] {
    const root = this.get(channel, threadTs);
    return [...(root ? [root] : []), ...this.repliesTo(channel, threadTs)];
  }

  all(): readonly SlackMessage[] {
    return [...this.channels.values()].flatMap((messages) => [...messages.values()]);
  }

  /** Takes messages as they were, telling nobody. */
  load(messages: readonly SlackMessage[]): void {
    const inOrder = messages.toSorted((one, other) => (microsecondsOf(one.ts) ?? 0) - (microsecondsOf(other.ts) ?? 0));
    for (const message of inOrder) this.set(message);
  }

  clear(): void {
    this.channels.clear();
    this.replies.clear();
    this.removed.clear();
  }

  private set(message: SlackMessage): void {
    const { channel, ts, thread_ts } = message;
    const messages = this.channels.get(channel) ?? new Map<string, SlackMessage>();
    this.channels.set(channel, messages.set(ts, message));
    if (!isReply(message)) return;
    const key = `${channel}:${thread_ts}`;
    this.replies.set(key, (this.replies.get(key) ?? new Set()).add(ts));
  }

  private repliesTo(channel: string, threadTs: string): SlackMessage[] {
    return [...(this.replies.get(`${channel}:${threadTs}`) ?? [])].flatMap((ts) => this.get(channel, ts) ?? []);
  }

  private countReplies(channel: string, threadTs: string): void {
    const root = this.get(channel, threadTs);
    if (!root) return;
    const { latest_reply: _latest, ...known } = root;
    const counted = { ...known, ...countsOf(threadTs, this.repliesTo(channel, threadTs)) };
    this.set(counted);
    this.changes.tell({ kind: 'message', message: counted });
  }
}

export function isReply({ ts, thread_ts }: SlackMessage): boolean {
  return thread_ts !== undefined && thread_ts !== ts;
}

/** What a root says of its thread: at most five people, in the order of their first reply. */
function countsOf(threadTs: string, replies: readonly SlackMessage[]): Partial<SlackMessage> {
  const people = [...new Set(replies.flatMap(({ user, bot_id }) => user ?? bot_id ?? []))];
  const latest = replies.at(-1)?.ts;
  return {
    thread_ts: threadTs,
    reply_count: replies.length,
    reply_users: people.slice(0, 5),
    reply_users_count: people.length,
    ...(latest === undefined ? {} : { latest_reply: latest }),
  };
}

/** Without what is kept of a stream for the page. */
export function withoutStreamed(message: SlackMessage): SlackMessage {
  const { markdown: _markdown, tasks: _tasks, plan_title: _title, steps_as_plan: _plan, ...rest } = message;
  return rest;
}

/** A message as the Web API returns it: without what only the emulator knows, with metadata only where it was asked for. */
export function toApiMessage(message: SlackMessage, withMetadata = false): Record<string, unknown> {
  const { channel: _channel, metadata, ...known } = withoutStreamed(message);
  return { ...known, ...blocksWithSteps(message), ...(withMetadata && metadata ? { metadata } : {}) };
}

/** What only one person sees, by that person. */
export class EphemeralStore {
  private readonly people = new Map<string, readonly SlackMessage[]>();
  private readonly changes: Changes;

  constructor(changes: Changes) {
    this.changes = changes;
  }

  /** Oldest first. */
  of(user: string): readonly SlackMessage[] {
    return this.people.get(user) ?? [];
  }

  get(user: string, ts: string): SlackMessage | undefined {
    return this.of(user).find((message) => message.ts === ts);
  }

  /** Adds or replaces. */
  show(user: string, message: SlackMessage): void {
    const known = this.of(user);
    const isKnown = this.get(user, message.ts) !== undefined;
    this.people.set(user, isKnown ? known.map((other) => (other.ts === message.ts ? message : other)) : [...known, message]);
    this.changes.tell({ kind: 'ephemeral', user, message });
  }

  remove(user: string, { channel, ts }: SlackMessage): void {
    this.people.set(
      user,
      this.of(user).filter((message) => message.ts !== ts),
    );
    this.changes.tell({ kind: 'removed', channel, ts });
  }

  clear(): void {
    this.people.clear();
  }
}
