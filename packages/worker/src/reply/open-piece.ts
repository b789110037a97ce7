import { setTimeout as sleep } from 'node:timers/promises';
import { SlackError } from '@vera/slack/slack-error';
import { findOpenStream, findPost } from './find-piece.ts';
import type { Ending, Piece, Task } from './piece.ts';
import { openPost, PostPiece } from './post-piece.ts';
import type { ReplyWriterParams } from './reply-writer.ts';
import { openStream, StreamPiece } from './stream-piece.ts';

/** How long to go on trying while Slack does not answer, in milliseconds. */
const patience = 300_000;
/** After so many calls without a usable answer a post may fare better. */
const streamTries = 4;

export interface OpenOptions {
  readonly tasks: readonly Task[];
  /** A stream falls back to a post when Slack refuses it. */
  readonly kind: Piece['kind'];
  /** `ts` of our messages in this answer. */
  readonly known: ReadonlySet<string>;
}

/** Opens a message for `first`. A call whose answer got lost is looked up in the thread before it is repeated. */
export async function openPiece(params: ReplyWriterParams, first: Ending, options: OpenOptions): Promise<Piece> {
  const placeholder = await params.placeholder();
  const isTakenOver = placeholder !== undefined && !options.known.has(placeholder);
  if (options.kind === 'stream') {
    const stream = await openStreamOnce(params, first, options);
    if (stream && isTakenOver) await params.call('chat.delete', { channel: params.target.channel, ts: placeholder }).catch(() => undefined);
    if (stream) return stream;
  }
  if (isTakenOver) {
    const piece = new PostPiece(params, placeholder, '', first.mark);
    if (await piece.close(first)) return piece;
  }
  return openPostOnce(params, first);
}

/** Undefined when Slack does not stream here or not now. */
async function openStreamOnce(params: ReplyWriterParams, first: Ending, { tasks, known }: OpenOptions): Promise<Piece | undefined> {
  let tries = 0;
  return persist(async (isRepeated) => {
    const found = isRepeated ? await findOpenStream(params, known) : undefined;
    if (found) return new StreamPiece(params, found, first.text, true);
    tries += 1;
    if (tries > streamTries) return undefined;
    try {
      return await openStream(params, first.text, tasks);
    } catch (error) {
      if (error instanceof SlackError && error.kind !== 'lost') return undefined;
      throw error;
    }
  });
}

function openPostOnce(params: ReplyWriterParams, first: Ending): Promise<Piece> {
  return persist(async (isRepeated) => {
    const found = isRepeated ? await findPost(params, first.mark) : undefined;
    return found ? new PostPiece(params, found, first.text, first.mark) : openPost(params, first);
  });
}

/** Tries again, ever more slowly, while Slack gives no answer. */
async function persist<Result>(work: (isRepeated: boolean) => Promise<Result>): Promise<Result> {
  const started = performance.now();
  for (let wait = 250; ; wait = Math.min(wait * 2, 15_000)) {
    try {
      return await work(wait > 250);
    } catch (error) {
      const isOver = performance.now() - started + wait > patience;
      if (!(error instanceof SlackError) || error.kind === 'refused' || isOver) throw error;
      await sleep(wait);
    }
  }
}
