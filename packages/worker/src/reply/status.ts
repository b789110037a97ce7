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

/** `lost`: from then on it is not tried again to show it, as another may have ended by then. */
export type ShowStatus = (question: Question, leg?: number, lost?: AbortSignal) => Status;

export function createShowStatus(call: SlackCall): ShowStatus {
  return (question, leg = 0, lost?: AbortSignal) => {
    let isLeft = false;
    let isTaken = false;
    let isEnded = false;
    const shown = show((method, args, policy) => call(method, args, { ...policy, ...(lost ? { signal: lost } : {}) }), question, leg);
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
        const { isLost = false, ...known } = await shown;
        if (isLost) await removeLost(call, question, leg);
        // Its message is this turn's own: whoever goes on shows another.
        if (known.way === 'placeholder' || !(isLeft || isEnded)) await clear(call, question, known, isTaken);
        isEnded = false;
        isTaken ||= known.way === 'placeholder';
      },
    };
  };
}

interface Shown {
  readonly way: StatusWay;
  readonly placeholderTs?: string;
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

/** It may stand there all the same. */
async function removeLost(call: SlackCall, question: Question, leg: number): Promise<void> {
  const { channelId: channel, threadTs, messageTs, botUserId } = question;
  try {
    const messages = await ownMessages({ call, target: { channel, threadTs }, messageTs, botUserId });
    for (const message of messages.filter((one) => isPlaceholder(replyMarkOf(one), { question: question.id, leg })))
      await call('chat.delete', { channel, ts: message.ts }, { repeatable: true, patience: 2_000 });
  } catch {
    // What is said in the thread matters more.
  }
}

/** Also where this process showed none: the receiver did, before. */
async function clear(call: SlackCall, question: Question, { way, placeholderTs }: Shown, isTaken: boolean): Promise<void> {
  if (way !== 'placeholder') return endWorking(call, question);
  if (isTaken || !placeholderTs) return;
  await call('chat.delete', { channel: question.channelId, ts: placeholderTs }, { repeatable: true, patience: 2_000 }).catch(
    () => undefined,
  );
}
