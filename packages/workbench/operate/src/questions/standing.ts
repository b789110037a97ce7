import type { QuestionRecord } from '@vera/ledger/ledger';
import { questionIdOf } from '@vera/protocol/question';

/** How an open question stands, or one that waits: what it waits for, and whether somebody has to look. */
export type Standing =
  | { readonly kind: 'worked-on' }
  | { readonly kind: 'waits-for-person' }
  /** It is answered with that one, or after it: a thread is answered in its order. */
  | { readonly kind: 'waits-behind'; readonly earlier: string }
  /** It was sent on a moment ago. */
  | { readonly kind: 'on-its-way' }
  | { readonly kind: 'stuck'; readonly why: string; readonly remedy: string };

/** The sweeper looks every five seconds, and a minute is long for a new session. In milliseconds. */
const tooLate = 60_000;
const tooLongUnheld = 120_000;

/** `all`: every question that is open or waits, in any order. */
export function standingOf(record: QuestionRecord, all: readonly QuestionRecord[], now: number): Standing {
  const { state, dueAt, unheldSince = record.receivedAt } = record;
  if (dueAt !== undefined && now - dueAt > tooLate)
    return { kind: 'stuck', why: 'nobody has looked at it though it was due: the sweeper does not run', remedy: 'pnpm vera doctor' };
  if (state === 'waiting') return { kind: 'waits-for-person' };
  if (state !== 'received') return { kind: 'worked-on' };
  const earlier = earlierOf(record, all);
  if (earlier !== undefined) return { kind: 'waits-behind', earlier };
  if (now - unheldSince <= tooLongUnheld) return { kind: 'on-its-way' };
  return { kind: 'stuck', why: 'it was sent on and no worker takes it', remedy: `pnpm vera explain ${record.question.id}` };
}

/** The id of the question that it is taken into, or that its thread answers first. */
export function earlierOf({ question, foldedInto }: QuestionRecord, all: readonly QuestionRecord[]): string | undefined {
  if (foldedInto !== undefined) return questionIdOf({ ...question, messageTs: foldedInto });
  const { teamId, channelId, threadTs, messageTs } = question;
  const before = all.filter(({ question: other, foldedInto: into }) => {
    const isThere = other.teamId === teamId && other.channelId === channelId && other.threadTs === threadTs;
    return isThere && into === undefined && other.messageTs < messageTs;
  });
  return before.sort((one, other) => (one.question.messageTs < other.question.messageTs ? -1 : 1))[0]?.question.id;
}
