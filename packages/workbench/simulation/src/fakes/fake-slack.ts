import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import { beginning } from '../simulated-process.ts';
import { ShownStatus, type StatusWay } from './shown-status.ts';

type Block = Readonly<Record<string, unknown>>;
type Args = Readonly<Record<string, unknown>>;

export interface FakeMessage extends SlackMessage {
  readonly ts: string;
  readonly user: string;
  readonly thread_ts: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

export interface FakeSlackParams {
  /** True milliseconds since the run began. */
  readonly now: () => number;
  readonly botUserId: string;
  /** Somebody may look at it. */
  readonly onChange: (message: FakeMessage) => void;
  readonly status: StatusWay;
}

/** Slack ends a stream by itself after about so many milliseconds. */
const streamLifetime = 300_000;

/** As much of Slack as an answer needs: messages of one channel by `ts`, streams that are open or ended. What it does not know it refuses. */
export class FakeSlack {
  private readonly messages = new Map<string, FakeMessage>();
  private readonly streamEnds = new Map<string, number>();
  readonly status: ShownStatus;
  private count = 0;
  private readonly params: FakeSlackParams;

  constructor(params: FakeSlackParams) {
    this.params = params;
    this.status = new ShownStatus(params.status);
  }

  /** What stands in a thread, oldest first. */
  thread(threadTs: string): readonly FakeMessage[] {
    return [...this.messages.values()].filter((message) => message.thread_ts === threadTs).map((message) => this.asItIs(message));
  }

  /** A person writes; without a thread they open one. Gives the `ts`. */
  write(user: string, text: string, threadTs?: string): string {
    const ts = this.nextTs();
    this.put({ ts, user, text, thread_ts: threadTs ?? ts, blocks: [] });
    return ts;
  }

  /** A person gives their message other words. Gives the `ts` of that. */
  edit(ts: string, text: string): string {
    const message = this.messages.get(ts);
    if (message) this.put({ ...message, text });
    return this.nextTs();
  }

  /** A person deletes their message; what opens a thread with replies leaves a tombstone. */
  remove(ts: string): void {
    const message = this.messages.get(ts);
    const isRoot = message?.thread_ts === ts && this.thread(ts).length > 1;
    if (message && isRoot) this.put({ ...message, subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.' });
    else this.messages.delete(ts);
  }

  hasThread(threadTs: string | undefined): boolean {
    return threadTs !== undefined && this.messages.has(threadTs);
  }

  isGone(ts: string): boolean {
    const message = this.messages.get(ts);
    return message === undefined || message.subtype === 'tombstone';
  }

  /** One call of the Web API. Throws `SlackError` for what Slack refuses. */
  do(method: string, args: Args): Record<string, unknown> {
    switch (method) {
      case 'chat.postMessage':
        return this.post(args);
      case 'chat.startStream':
        return this.startStream(args);
      case 'chat.appendStream':
        return this.append(method, args);
      case 'chat.stopStream':
        return this.stopStream(args);
      case 'chat.update':
        return this.update(args);
      case 'chat.delete':
        return this.removeOwn(args);
      case 'conversations.replies':
        return this.replies(args);
      case 'agents.sessions.setStatus':
        this.status.setSession(String(args.thread_ts), String(args.status));
        return {};
      case 'assistant.threads.setStatus':
        this.status.setLine();
        return {};
      case 'reactions.add':
      case 'reactions.remove':
        return {};
      default:
        throw new SlackError('refused', method, 'unknown_method');
    }
  }

  private post(args: Args) {
    const { thread_ts, metadata } = args as { thread_ts: string; metadata?: SlackMessage['metadata'] };
    const ts = this.nextTs();
    this.neededThread('chat.postMessage', thread_ts);
    const blocks = (args.blocks ?? []) as readonly Block[];
    this.put({ ts, thread_ts, user: this.params.botUserId, text: textOf(args, blocks), blocks, ...(metadata ? { metadata } : {}) });
    return { ts, message: { thread_ts } };
  }

  private startStream(args: Args) {
    const ts = this.nextTs();
    const thread_ts = this.neededThread('chat.startStream', String(args.thread_ts));
    this.status.streams(thread_ts, true);
    const message = { ts, thread_ts, user: this.params.botUserId, text: chunkText(args), blocks: [] };
    this.streamEnds.set(ts, this.params.now() + streamLifetime);
    this.put({ ...message, streaming_state: 'in_progress' });
    return { ts };
  }

  private append(method: string, args: Args) {
    const message = this.needed(method, args);
    if (message.streaming_state !== 'in_progress') throw new SlackError('refused', method, 'message_not_in_streaming_state');
    this.put({ ...message, text: message.text + chunkText(args) });
    return {};
  }

  private stopStream(args: Args) {
    this.append('chat.stopStream', args);
    const { metadata, blocks = [] } = args as { metadata?: SlackMessage['metadata']; blocks?: readonly Block[] };
    const message = this.needed('chat.stopStream', args);
    this.put({ ...message, streaming_state: 'completed', blocks, ...(metadata ? { metadata } : {}) });
    this.status.streams(message.thread_ts, args.session_status === 'processing');
    return {};
  }

  private update(args: Args) {
    const message = this.needed('chat.update', args);
    if (message.streaming_state === 'in_progress') throw new SlackError('refused', 'chat.update', 'streaming_state_conflict');
    const { metadata } = args as { metadata?: SlackMessage['metadata'] };
    const blocks = (args.blocks ?? message.blocks) as readonly Block[];
    this.put({ ...message, text: textOf(args, blocks), blocks, ...(metadata ? { metadata } : {}) });
    return {};
  }

  private removeOwn(args: Args) {
    this.messages.delete(this.needed('chat.delete', args).ts);
    return {};
  }

  private replies({ ts, oldest = '' }: Args) {
    if (!this.messages.has(String(ts))) throw new SlackError('refused', 'conversations.replies', 'thread_not_found');
    const messages = this.thread(String(ts)).filter((message) => message.ts === ts || message.ts >= String(oldest));
    return { messages, has_more: false };
  }

  private neededThread(method: string, threadTs: string): string {
    if (!this.messages.has(threadTs)) throw new SlackError('refused', method, 'cannot_reply_to_message');
    return threadTs;
  }

  private needed(method: string, { ts }: Args): FakeMessage {
    const message = this.messages.get(String(ts));
    if (!message) throw new SlackError('refused', method, 'message_not_found');
    return this.asItIs(message);
  }

  private asItIs(message: FakeMessage): FakeMessage {
    const isOver = message.streaming_state === 'in_progress' && this.params.now() > (this.streamEnds.get(message.ts) ?? 0);
    return isOver ? { ...message, streaming_state: 'completed' } : message;
  }

  private put(message: FakeMessage): void {
    this.messages.set(message.ts, message);
    this.params.onChange(message);
  }

  /** Of what happens now, a click for one. */
  nextTs(): string {
    this.count += 1;
    const seconds = Math.floor((beginning + this.params.now()) / 1000);
    return `${seconds}.${String(this.count).padStart(6, '0')}`;
  }
}

/** What people read: the Markdown where there is some, else the text. */
function textOf({ text }: Args, blocks: readonly Block[]): string {
  const markdown = blocks.filter(({ type }) => type === 'markdown').map((block) => String(block.text));
  return markdown.length > 0 ? markdown.join('') : String(text ?? '');
}

function chunkText({ chunks = [] }: Args): string {
  return (chunks as readonly Block[]).map(({ type, text }) => (type === 'markdown_text' ? String(text) : '')).join('');
}

type Button = { readonly action_id: string; readonly value: string };

/** What can be pressed below a message. */
export function buttonsIn({ blocks }: FakeMessage): readonly Button[] {
  const elements = blocks.flatMap((block) => (Array.isArray(block.elements) ? (block.elements as Partial<Button>[]) : []));
  return elements.flatMap(({ action_id = '', value = '' }) => (action_id === '' ? [] : [{ action_id, value }]));
}
