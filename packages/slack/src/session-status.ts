import type { Question } from '@vera/protocol/question';
import type { SlackCall } from './slack-calls.ts';
import { SlackError } from './slack-error.ts';

/** Agent sessions, or the older line below a thread, which bridges to them and is gone in February 2027. */
type SessionWay = 'session' | 'legacy';

type Place = Pick<Question, 'channelId' | 'threadTs'>;
type Args = Readonly<Record<string, unknown>>;

const policy = { repeatable: true, patience: 2_000 };

/** Shows in its thread that a question is worked on, and tells how; shown twice it is the same as once. Undefined where Slack did not say. Never rejects. */
export function showWorking(call: SlackCall, question: Question): Promise<SessionWay | 'refused' | undefined> {
  const opening = question.messageTs === question.threadTs ? { initiator_user_id: question.userId } : {};
  return firstTaken(call, question, {
    session: { status: 'processing', ...opening },
    legacy: { status: 'is thinking…', loading_messages: doings(question) },
  });
}

/** Nothing is worked on in a thread any more. Never rejects: Slack ends the state by itself, after an hour at the latest. */
export async function endWorking(call: SlackCall, place: Place): Promise<void> {
  await firstTaken(call, place, { session: { status: 'active' }, legacy: { status: '' } });
}

/** When Slack does not answer at all, what is said in the thread matters more than its status. */
async function firstTaken(call: SlackCall, place: Place, given: Readonly<Record<SessionWay, Args>>) {
  const where = { channel_id: place.channelId, thread_ts: place.threadTs };
  const ways = {
    session: () => call('agents.sessions.setStatus', { ...where, ...given.session }, policy),
    legacy: () => call('assistant.threads.setStatus', { ...where, ...given.legacy }, policy),
  };
  for (const way of ['session', 'legacy'] as const) {
    try {
      await ways[way]();
      return way;
    } catch (error) {
      if (!(error instanceof SlackError) || error.kind !== 'refused') return undefined;
    }
  }
  return 'refused';
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
