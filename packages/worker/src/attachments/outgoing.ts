import { createHash } from 'node:crypto';
import { atMost, type Clock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import { postInThread } from '@vera/slack/post-in-thread';
import { isOfTurn, type ReplyMark, replyMarkOf, toMetadata } from '@vera/slack/reply-mark';
import { isRefusedWith, SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import { type OwnMessagesParams, ownMessages } from '../reply/own-messages.ts';
import { persist } from '../reply/persist.ts';
import { badBlocks } from '../reply/post-piece.ts';
import { ToolFailure } from '../tools/tool.ts';
import { deleteFile } from './delete-file.ts';
import { type OutgoingFile, UploadError, type UploadParams, uploadFile } from './upload-file.ts';

export interface OutgoingParams extends OwnMessagesParams, Pick<Clock, 'monotonic' | 'pause'> {
  readonly upload: UploadParams;
  /** Marks every message. */
  readonly mark: Pick<ReplyMark, 'question' | 'leg'>;
  /** The thread as it was read: what earlier turns at the question put there. */
  readonly messages: readonly SlackMessage[];
  /** Digests of the files that they put there: a message with a file carries no mark. */
  readonly files?: readonly string[];
  /** Called with the `ts` of every message, and the digest of its file; may reject when it should not be there. */
  readonly onOpen: (ts: string, digest?: string) => Promise<void>;
  /** Settles once the answer has begun, so that this stands below it. */
  readonly begun?: Promise<void>;
  readonly log: Log;
}

export interface OutgoingMessage {
  /** For notifications, and for whoever reads the thread without its blocks. */
  readonly text: string;
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
}

const overWords = 'The answer has ended, and nothing more is shown.';
/** A question may put so many beside its answer. */
const mostBeside = 24;
/** A tool that puts something there is waited for by the model. */
const patience = 60_000;
/** Above the answer is better than not at all, in milliseconds. */
const longestBegin = 10_000;

/**
 * What one turn puts into the thread beside the words of its answer, in messages of its own: Slack takes a message with a block that it
 * refuses not at all, and the answer must not depend on that. All of it can be taken back.
 */
export class Outgoing {
  private readonly params: OutgoingParams;
  private readonly posted: string[] = [];
  private readonly files = new Set<string>();
  private readonly there: Set<string>;
  private readonly underWay = new Set<Promise<unknown>>();
  private last: Promise<unknown> = Promise.resolve();
  private count = 0;
  private isOver = false;

  constructor(params: OutgoingParams) {
    this.params = params;
    const marks = params.messages.map(replyMarkOf).filter((mark) => mark?.question === params.mark.question);
    // What an attempt at this very turn put there was taken back with its answer.
    const earlier = marks.filter((mark) => !isOfTurn(mark, params.mark));
    this.there = new Set([...earlier.flatMap((mark) => (mark?.beside === undefined ? [] : [mark.beside])), ...(params.files ?? [])]);
  }

  /** Whether this very thing was put there before, also by a turn that then waited for a person. */
  has(content: unknown): boolean {
    return this.there.has(digestOf(content));
  }

  /** A model may ask for several things at once: each is there whole before the next one comes. */
  inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  /** `refused`: Slack takes no such blocks, and nothing was posted. */
  post(message: OutgoingMessage, content: unknown): Promise<'shown' | 'refused'> {
    return this.during(async () => {
      const mark = { ...this.params.mark, piece: 0, beside: digestOf(content) };
      try {
        const postOnce = async (isRepeated: boolean) =>
          (isRepeated ? await this.found(mark) : undefined) ?? (await this.send(message, mark));
        if (!(await this.opened(await persist(this.params, postOnce, patience)))) throw new ToolFailure(overWords);
      } catch (error) {
        if (isRefusedWith(error, badBlocks)) return 'refused';
        throw error;
      }
      this.there.add(mark.beside);
      return 'shown';
    });
  }

  /** The same of a file: one of this name with these very bytes. */
  hasFile(file: OutgoingFile): boolean {
    return this.there.has(digestOfFile(file));
  }

  /** False when it never arrived; then nothing of it stays at Slack. */
  share(file: OutgoingFile): Promise<boolean> {
    return this.during(async () => {
      const { target, upload, log } = this.params;
      let id: string | undefined;
      const onId = (given: string) => {
        id = given;
        this.files.add(given);
      };
      const ts = await uploadFile(upload, target, file, onId).catch((error: unknown) => {
        if (!(error instanceof SlackError) && !(error instanceof UploadError)) throw error;
        log.warn('file.not-shared', { error });
        return undefined;
      });
      const digest = digestOfFile(file);
      if (ts !== undefined && (await this.opened(ts, digest))) {
        this.there.add(digest);
        return true;
      }
      // It may come late, beside what was said in its place.
      await this.drop(id);
      return false;
    });
  }

  /** Nothing more goes out, and what is under way is taken away when it arrives. */
  abandon(): void {
    this.isOver = true;
  }

  /** Nothing more goes out and no file stays; gives the `ts` of all messages, once Slack has answered the last call. */
  async takeBack(): Promise<readonly string[]> {
    this.abandon();
    await Promise.allSettled(this.underWay);
    await Promise.all([...this.files].map((id) => deleteFile(this.params.call, id)));
    return this.posted;
  }

  private async during<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.isOver) throw new ToolFailure(overWords);
    if (this.count >= mostBeside) throw new ToolFailure(`This answer shows ${mostBeside} charts and files already. Show no more.`);
    this.count += 1;
    const working = this.below().then(work);
    this.underWay.add(working);
    try {
      return await working;
    } finally {
      this.underWay.delete(working);
    }
  }

  private async below(): Promise<void> {
    await atMost(this.params, longestBegin, this.params.begun ?? Promise.resolve());
  }

  private send({ text, blocks }: OutgoingMessage, mark: ReplyMark): Promise<string> {
    const { call, target } = this.params;
    const place = { channel: target.channel, thread_ts: target.threadTs, unfurl_links: false, unfurl_media: false };
    return postInThread(call, { ...place, text, ...(blocks.length === 0 ? {} : { blocks }), metadata: toMetadata(mark) });
  }

  private async found({ beside }: ReplyMark): Promise<string | undefined> {
    const marked = (message: SlackMessage) => replyMarkOf(message)?.beside === beside && isOfTurn(replyMarkOf(message), this.params.mark);
    return (await ownMessages(this.params)).find(marked)?.ts;
  }

  /** False when it came too late, and is taken away again. */
  private async opened(ts: string, digest?: string): Promise<boolean> {
    this.posted.push(ts);
    const { call, target, onOpen } = this.params;
    if (this.isOver) await call('chat.delete', { channel: target.channel, ts }, { repeatable: true }).catch(() => undefined);
    else await onOpen(ts, digest);
    return !this.isOver;
  }

  private async drop(id: string | undefined): Promise<void> {
    if (id === undefined) return;
    this.files.delete(id);
    await deleteFile(this.params.call, id);
  }
}

function digestOfFile({ name, bytes }: OutgoingFile): string {
  return digestOf([name, createHash('sha256').update(bytes).digest('hex')]);
}

function digestOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}
