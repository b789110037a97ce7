import type { QuestionRecord } from '@vera/ledger/ledger';
import { permalinkOf } from './permalink.ts';
import type { Standing } from './standing.ts';

/** What of a question may be seen by whoever runs Vera: never what was said. */
export function toldQuestion(record: QuestionRecord, now: number, standing?: Standing) {
  const { question, state, attempts, receivedAt, dueAt, closedAt, reason, brokeOff, waitsFor } = record;
  return {
    question: question.id,
    state,
    ageSeconds: Math.round((now - receivedAt) / 1_000),
    person: question.userId,
    channel: question.channelId,
    attempt: attempts,
    ...(dueAt === undefined ? {} : { dueInSeconds: Math.round((dueAt - now) / 1_000) }),
    ...(closedAt === undefined ? {} : { endedAt: new Date(closedAt).toISOString() }),
    ...(reason === undefined ? {} : { reason }),
    ...(brokeOff === undefined ? {} : { lastAttemptEnded: brokeOff }),
    ...(state === 'waiting' && waitsFor ? { waitsFor: waitsFor.kind } : {}),
    ...(standing?.kind === 'waits-behind' ? { behind: standing.earlier } : {}),
    ...(standing?.kind === 'stuck' ? { stuck: standing.why, remedy: standing.remedy } : {}),
    link: permalinkOf(question),
  };
}

/** `q-… running, asked 3m ago by U04MAYA in C04PAY, attempt 2; looked at in 12s`. */
export function tellQuestion(record: QuestionRecord, now: number, standing?: Standing): string {
  const told = toldQuestion(record, now, standing);
  const parts = [
    `${told.state}${told.waitsFor === undefined ? '' : ` for ${told.waitsFor === 'account' ? 'an account' : 'a decision'}`}`,
    `asked ${spanWords(told.ageSeconds)} ago by ${told.person} in ${told.channel}`,
    ...attemptWords(record, told.behind),
    ...(told.lastAttemptEnded === undefined ? [] : [`the last one ended: ${told.lastAttemptEnded}`]),
    ...(told.reason === undefined ? [] : [`why: ${told.reason}`]),
    ...(told.dueInSeconds === undefined ? [] : [dueWords(told.dueInSeconds, record.state)]),
  ];
  const stuck = standing?.kind === 'stuck' ? `\n  stuck: ${standing.why} → ${standing.remedy}` : '';
  return `${told.question} ${parts.join(', ')}${stuck}\n  ${told.link}`;
}

/** Attempts are those of one turn: who waits for a person begins the next one with none. */
function attemptWords({ state, attempts, leg, foldedInto }: QuestionRecord, behind: string | undefined): string[] {
  if (state === 'waiting') return [];
  if (behind !== undefined) return [foldedInto === undefined ? `waits for ${behind}` : `answered with ${behind}`];
  if (attempts > 0) return [`attempt ${attempts}`];
  return [leg > 0 ? 'no worker has gone on with it' : 'no worker has begun'];
}

function dueWords(seconds: number, state: QuestionRecord['state']): string {
  if (seconds <= 0) return 'overdue';
  return `${state === 'waiting' ? 'goes on without in' : 'looked at again in'} ${spanWords(seconds)}`;
}

/** `Nothing is stuck: 2 in hand, 1 waiting for a person.` */
export function tellStandings(standings: readonly Standing[]): string {
  const many = (kind: Standing['kind']) => standings.filter((standing) => standing.kind === kind).length;
  const parts = [
    [many('worked-on'), 'in hand'],
    [many('on-its-way'), 'on the way to a worker'],
    [many('waits-behind'), 'behind an earlier one of its thread'],
    [many('waits-for-person'), 'waiting for a person'],
  ] as const;
  const told = parts.flatMap(([count, words]) => (count === 0 ? [] : [`${count} ${words}`]));
  if (standings.length === 0) return 'Nothing is stuck: no question is open.';
  const stuck = many('stuck');
  const head = stuck === 0 ? 'Nothing is stuck' : `${stuck} ${stuck === 1 ? 'question is' : 'questions are'} stuck`;
  return `${head}: ${told.length === 0 ? 'no other question is open' : told.join(', ')}.`;
}

const units = [
  { name: 'd', seconds: 86_400, from: 172_800 },
  { name: 'h', seconds: 3_600, from: 5_400 },
  { name: 'm', seconds: 60, from: 90 },
] as const;

/** `45s`, `3m`, `2h`, `5d`: of two units only the larger one. */
export function spanWords(seconds: number): string {
  const unit = units.find(({ from }) => seconds >= from);
  return unit ? `${Math.round(seconds / unit.seconds)}${unit.name}` : `${Math.round(seconds)}s`;
}
