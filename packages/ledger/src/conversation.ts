import { type Conversation, type QuestionRecord, unaddressed } from './ledger.ts';

/** Oldest first; what turned out to be for somebody else is no part of it. */
export function conversationIn(records: readonly QuestionRecord[]): Conversation | undefined {
  const asked = records.filter(
    ({ question, reason }) => question.followUp !== 'hint' && !Object.values<string | undefined>(unaddressed).includes(reason),
  );
  const last = asked.at(-1);
  if (!last) return undefined;
  return {
    askers: new Set(asked.map(({ question }) => question.userId)),
    lastAsker: last.question.userId,
    ...(last.closedAt === undefined ? {} : { answeredAt: last.closedAt }),
    isHinted: records.some(
      ({ question, reason }) => (question.followUp === 'hint' && reason !== unaddressed.silent) || reason === unaddressed.hinted,
    ),
  };
}
