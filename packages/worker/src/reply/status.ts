import type { Question } from '@vera/protocol/question';
import { postInThread } from '@vera/slack/post-in-thread';
import { isPlaceholder, replyMarkOf, toMetadata } from '@vera/slack/reply-mark';
import { endWorking, showWorking } from '@vera/slack/session-status';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import { ownMessages } from './own-messages.ts';

/** How the workspace shows that Vera works: agent sessions, the older status line, or a message in its place. */
export type StatusWay = 'session' | 'legacy' | 'placeholder' | 'none';

/** The status of one question. */
export interface Status {
  /** How it is shown; settles once Slack has answered, never rejects. */
  readonly shown: Promise<StatusWay>;
  /** `ts` of the message posted in place of a status. */
  readonly placeholder: () => Promise<string | undefined>;
  /** It goes on elsewhere. */
  leave(): void;
  /** The last message of the answer ended the state: the next `clear` has nothing to do. */
  ended(): void;
  /** Ends the "processing" state, whatever showed it, unless it was left. Never rejects. */
  clear(): Promise<void>;
}

export type ShowStatus = (question: Question, leg?: number) => Status;

/** Shows nothing. */
export const hiddenStatus: Status = {
  shown: Promise.resolve('none'),
  placeholder: async () => undefined,
  leave() {},
  ended() {},
  async clear() {},
};

export function createShowStatus(call: SlackCall): ShowStatus {
  return (question, leg = 0) => {
    let isLeft = false;
    let isTaken = false;
    let isEnded = false;
    let isRemoved = false;
    const shown = show(call, question, leg);
    return {
      shown: shown.then(({ way }) => way),
      placeholder: async () => {
        isTaken = true;
        return (await shown).placeholderTs;
      },
      leave: () => {
        isLeft = true;
      },
      ended: () => {
        isEnded = true;
      },
      clear: async () => {
        const { isLost = false, way, placeholderTs } = await shown;
        // Its message is this turn's own: whoever goes on shows another. An answer that was to take it over may have been left before it did.
        if (isLost || (way === 'placeholder' && isTaken && !isRemoved)) await removePlaceholder(call, question, leg, placeholderTs);
        else if (way === 'placeholder' && !isRemoved) await removeMessage(call, question, placeholderTs);
        isRemoved = true;
        // Also where this process showed none: the receiver did, before.
        if (way !== 'placeholder' && !(isLeft || isEnded)) await endWorking(call, question);
        isEnded = false;
      },
    };
  };
}

interface Shown {
  readonly way: StatusWay;
  readonly placeholderTs?: string | undefined;
  /** Slack did not say whether it posted it. */
  readonly isLost?: boolean;
}

/** Where Slack refuses both of its own, a message stands for them. */
async function show(call: SlackCall, question: Question, leg: number): Promise<Shown> {
  const way = await showWorking(call, question);
  if (way !== 'refused') return { way: way ?? 'none' };
  const metadata = toMetadata({ question: question.id, leg, piece: 0 });
  const message = { channel: question.channelId, thread_ts: question.threadTs, text: '_Thinking…_', metadata };
  try {
    return { way: 'placeholder', placeholderTs: await postInThread(call, message, { patience: 2_000 }) };
  } catch (error) {
    return { way: 'none', isLost: error instanceof SlackError && error.kind === 'lost' };
  }
}

/** It may stand there all the same: that one alone, or whichever. What an answer took over is none any more. */
async function removePlaceholder(call: SlackCall, question: Question, leg: number, ts?: string): Promise<void> {
  const { channelId: channel, threadTs, messageTs, botUserId } = question;
  try {
    const messages = await ownMessages({ call, target: { channel, threadTs }, messageTs, botUserId });
    for (const message of messages.filter((one) => isPlaceholder(replyMarkOf(one), { question: question.id, leg }))) {
      if (ts !== undefined && message.ts !== ts) continue;
      await removeMessage(call, question, message.ts);
    }
  } catch {
    // What is said in the thread matters more.
  }
}

async function removeMessage(call: SlackCall, { channelId: channel }: Question, ts: string | undefined): Promise<void> {
  await call('chat.delete', { channel, ts }, { repeatable: true, patience: 2_000 }).catch(() => undefined);
}
