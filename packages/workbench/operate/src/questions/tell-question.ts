import type { QuestionRecord } from '@vera/ledger/ledger';
import { permalinkOf } from './permalink.ts';

/** What of a question may be seen by whoever runs Vera: never what was said. */
export function toldQuestion(record: QuestionRecord, now: number) {
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
    link: permalinkOf(question),
  };
}

/** `q-… running, asked 3m ago by U04MAYA in C04PAY, attempt 2; looked at in 12s`. */
export function tellQuestion(record: QuestionRecord, now: number): string {
  const told = toldQuestion(record, now);
  const parts = [
    `${told.state}${told.waitsFor === undefined ? '' : ` for ${told.waitsFor === 'account' ? 'an account' : 'a decision'}`}`,
    `asked ${spanWords(told.ageSeconds)} ago by ${told.person} in ${told.channel}`,
    told.attempt === 0 ? 'no worker has begun' : `attempt ${told.attempt}`,
    ...(told.lastAttemptEnded === undefined ? [] : [`the last one ended: ${told.lastAttemptEnded}`]),
    ...(told.reason === undefined ? [] : [`why: ${told.reason}`]),
    ...(told.dueInSeconds === undefined ? [] : [told.dueInSeconds > 0 ? `looked at again in ${spanWords(told.dueInSeconds)}` : 'overdue']),
  ];
  return `${told.question} ${parts.join(', ')}\n  ${told.link}`;
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
