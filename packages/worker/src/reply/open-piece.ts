import { isOfTurn, type ReplyMark, replyMarkOf } from '@vera/slack/reply-mark';
import { SlackError } from '@vera/slack/slack-error';
import { type OwnMessagesParams, ownMessages } from './own-messages.ts';
import { persist } from './persist.ts';
import type { Ending, Piece, PieceParams, Task } from './piece.ts';
import { PostPiece, postMessage, updateMessage } from './post-piece.ts';
import { openStream, StreamPiece } from './stream-piece.ts';

/** After so many calls without a usable answer a post may fare better. */
const streamTries = 4;

export interface OpenParams extends PieceParams, Pick<OwnMessagesParams, 'messageTs' | 'botUserId'> {
  /** A message posted in place of a status, which the answer takes over. */
  readonly placeholder: () => Promise<string | undefined>;
  /** `ts` of what other answers under way in the thread wrote; asked only where a stream has to be looked for. */
  readonly foreign?: () => Promise<readonly string[]>;
}

export interface OpenOptions {
  readonly tasks: readonly Task[];
  /** A stream falls back to a post when Slack refuses it. */
  readonly kind: Piece['kind'];
  /** `ts` of our messages in this answer. */
  readonly known: ReadonlySet<string>;
}

/** Opens a message for `first`. A call whose answer got lost is looked up in the thread before it is repeated. */
export async function openPiece(params: OpenParams, first: Ending, options: OpenOptions): Promise<Piece> {
  const placeholder = await params.placeholder();
  const isTakenOver = placeholder !== undefined && !options.known.has(placeholder);
  if (options.kind === 'stream') {
    const stream = await openStreamOnce(params, first, options);
    const takenOver = { channel: params.target.channel, ts: placeholder };
    if (stream && isTakenOver) await params.call('chat.delete', takenOver, { repeatable: true, patience: 2_000 }).catch(() => undefined);
    if (stream) return stream;
  }
  // A post cannot be empty: while there is no text yet, it says what is being done.
  const [step] = first.text.trim() === '' && first.blocks.length === 0 ? options.tasks : [];
  const shown = step ? { ...first, text: `_${step.title}…_` } : first;
  const { channel } = params.target;
  const isPlaced = isTakenOver && (await persist(params, () => updateMessage(params.call, channel, placeholder, shown)));
  return new PostPiece(params, isPlaced ? placeholder : await postOnce(params, shown), first.text, first.mark);
}

/** Undefined when Slack does not stream here or not now. */
async function openStreamOnce(params: OpenParams, first: Ending, { tasks, known }: OpenOptions): Promise<Piece | undefined> {
  let tries = 0;
  return persist(params, async (isRepeated) => {
    const found = isRepeated ? await findOpenStream(params, known) : undefined;
    if (found) return new StreamPiece(params, { ts: found, openedAt: params.now(), shown: first.text, isDoubtful: true });
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

/** Gives the `ts` of the post. */
function postOnce(params: OpenParams, first: Ending): Promise<string> {
  return persist(
    params,
    async (isRepeated) => (isRepeated ? await findPost(params, first.mark) : undefined) ?? (await postMessage(params, first)),
  );
}

/** A stream of ours that is open and that we do not know: the one whose `startStream` got no answer. */
async function findOpenStream(params: OpenParams, known: ReadonlySet<string>): Promise<string | undefined> {
  const [messages, foreign = []] = await Promise.all([ownMessages(params), params.foreign?.()]);
  const isOurs = (ts: string) => !known.has(ts) && !foreign.includes(ts);
  return messages.findLast(({ ts, streaming_state }) => streaming_state === 'in_progress' && isOurs(ts))?.ts;
}

/** The post that carries this very mark. */
async function findPost(params: OpenParams, { piece, ...turn }: ReplyMark): Promise<string | undefined> {
  const messages = await ownMessages(params);
  return messages.find((message) => {
    const mark = replyMarkOf(message);
    return isOfTurn(mark, turn) && mark?.piece === piece;
  })?.ts;
}
