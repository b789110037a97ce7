import type { NoteAct } from '@vera/audit/act';
import type { Inbox, StopAnswer } from '@vera/ledger/ledger';
import type { StopAction } from '@vera/protocol/action';
import { toErrand } from '@vera/protocol/errand';
import type { Question } from '@vera/protocol/question';
import type { Verdict } from '@vera/protocol/verdict';
import type { Clock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import type { TakeErrand } from './take-errand.ts';

export interface StopParams {
  readonly inbox: Pick<Inbox, 'requestStop' | 'recordStop'>;
  /** Slack ids of those who may stop what others asked. */
  readonly stoppers: ReadonlySet<string>;
  /** Writes down who stopped. */
  readonly note: NoteAct;
  readonly takeErrand: TakeErrand;
  readonly pause: Clock['pause'];
  /** Brings a question to the worker that has it in hand, which then looks at its record. */
  readonly bring: (question: Question) => Promise<void>;
}

/** A message may be marked sooner than it is on record as part of an answer, and an index is a moment behind, in milliseconds. */
const momentBehind = 500;

/** Slack's own Stop, or a reaction. Where nothing is under way there is nothing to say. */
export async function takeStop(params: StopParams, stop: StopAction, line: Log): Promise<void> {
  let answer = await askToStop(params, stop, line);
  if (stop.about !== undefined && answer.reached === 0 && !answer.refused) {
    await params.pause(momentBehind);
    answer = await askToStop(params, stop, line);
  }
  if (answer.refused) await refuse(params, stop, answer.refused);
}

/** A stop in words, never behind what it stops; false where there was nothing to stop, which then has to be said. */
export async function takeStopInWords(params: StopParams, { stop, said }: Extract<Verdict, { kind: 'stop' }>, line: Log): Promise<boolean> {
  const { reached, refused } = await askToStop(params, stop, line);
  if (reached === 0 && !refused) return false;
  const isNew = await params.inbox.recordStop(said.question);
  if (refused && isNew) await refuse(params, stop, refused);
  return true;
}

async function askToStop({ inbox, stoppers, note, bring }: StopParams, stop: StopAction, line: Log): Promise<StopAnswer> {
  const answer = await inbox.requestStop({ ...stop, mayStopAll: stoppers.has(stop.userId) });
  line.info('stop.requested', { questions: answer.reached, ...(answer.refused ? { refused: answer.refused.id } : {}) });
  const { teamId: team, channelId: channel, userId: by } = stop;
  const noted = answer.reached > 0 ? note({ act: 'stop', outcome: 'requested', team, channel, by, question: answer.bring[0]?.id }) : true;
  await Promise.all([noted, ...answer.bring.map(bring)]);
  return answer;
}

/** The receiver has no way to say something privately about an event: a worker has. */
async function refuse({ takeErrand }: StopParams, { teamId, channelId, userId, ts }: StopAction, asked: Question): Promise<void> {
  const errand = { wish: 'stop-refused', teamId, userId, channelId, threadTs: asked.threadTs, about: asked.userId } as const;
  await takeErrand(toErrand(errand, ts));
}
