import type { Question } from '@vera/protocol/question';
import { postInThread } from '@vera/slack/post-in-thread';
import { toMetadata } from '@vera/slack/reply-mark';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import { threadTitleOf } from './thread-title.ts';

/** How the workspace shows that Vera works: agent sessions, the older status line, or a message in its place. */
export type StatusWay = 'session' | 'legacy' | 'placeholder' | 'none';

/** The status of one question. */
export interface Status {
  /** How it is shown; settles once Slack has answered, never rejects. */
  readonly shown: Promise<StatusWay>;
  /** `ts` of the message posted in place of a status. */
  readonly placeholder: () => Promise<string | undefined>;
  /** The last message of the answer ended the state already, or it goes on elsewhere. */
  leave(): void;
  /** Ends the "processing" state, whatever showed it, unless it was left. Never rejects. */
  clear(): Promise<void>;
}

export type ShowStatus = (question: Question, leg?: number) => Status;

export function createShowStatus(call: SlackCall): ShowStatus {
  return (question, leg = 0) => {
    let isLeft = false;
    let isTaken = false;
    const shown = show(call, statusCalls(question, leg));
    return {
      shown: shown.then(({ way }) => way),
      placeholder: async () => {
        isTaken = true;
        return (await shown).placeholderTs;
      },
      leave: () => {
        isLeft = true;
      },
      clear: async () => (isLeft ? undefined : clear(call, question, await shown, isTaken)),
    };
  };
}

const ways = ['session', 'legacy', 'placeholder'] as const;
const policy = { repeatable: true, patience: 2_000 };

interface Shown {
  readonly way: StatusWay;
  readonly placeholderTs?: string;
}

/** The first way Slack does not refuse. When Slack does not answer at all, the answer matters more than its status. */
async function show(call: SlackCall, calls: ReturnType<typeof statusCalls>): Promise<Shown> {
  for (const way of ways) {
    try {
      if (way === 'placeholder') return { way, placeholderTs: await postInThread(call, calls.placeholder, { patience: policy.patience }) };
      const { method, args } = calls[way];
      await call(method, args, policy);
      return { way };
    } catch (error) {
      if (!(error instanceof SlackError) || error.kind !== 'refused') return { way: 'none' };
    }
  }
  return { way: 'none' };
}

function statusCalls(question: Question, leg: number) {
  const place = { channel_id: question.channelId, thread_ts: question.threadTs };
  const title = question.isDirect ? { title: threadTitleOf(question.text) } : {};
  const opening = question.messageTs === question.threadTs ? { ...title, initiator_user_id: question.userId } : {};
  const metadata = toMetadata({ question: question.id, leg, piece: 0 });
  return {
    session: { method: 'agents.sessions.setStatus', args: { ...place, status: 'processing', ...opening } },
    legacy: { method: 'assistant.threads.setStatus', args: { ...place, status: 'is thinking…', loading_messages: doings(question) } },
    placeholder: { channel: question.channelId, thread_ts: question.threadTs, text: '_Thinking…_', metadata },
  };
}

/** What is done, in its order, in at most fifty characters each; agent sessions have no words of their own. */
function doings({ files, messageTs, threadTs }: Question): string[] {
  return [
    ...(messageTs === threadTs ? [] : ['Reading the thread…']),
    ...(files.length > 0 ? ['Opening the files…'] : []),
    'Looking things up…',
    'Writing the answer…',
  ];
}

async function clear(call: SlackCall, question: Question, { way, placeholderTs }: Shown, isTaken: boolean): Promise<void> {
  const place = { channel_id: question.channelId, thread_ts: question.threadTs };
  try {
    if (way === 'session') await call('agents.sessions.setStatus', { ...place, status: 'active' }, policy);
    if (way === 'legacy') await call('assistant.threads.setStatus', { ...place, status: '' }, policy);
    if (placeholderTs && !isTaken) await call('chat.delete', { channel: question.channelId, ts: placeholderTs }, policy);
  } catch {
    // Slack ends the state by itself, after an hour at the latest.
  }
}
