import type { Question } from '@vera/protocol/question';

/** Whole numbers, so that a limit is never a matter of rounding. */
export interface Spent {
  readonly calls: number;
  readonly tokens: number;
  /** Millionths of a dollar. */
  readonly microDollars: number;
}

/** What several calls came to; one that nobody knows the cost of counts with all that was reserved for it. */
export interface Total extends Spent {
  /** There is such a call, under way or broken off: it came to no more than this. */
  readonly isAtMost: boolean;
}

/** What a purse has paid. */
export interface Used extends Total {
  /** Of it, what was reserved for calls that may still be under way. */
  readonly underWay: Spent;
}

/** What a model call is paid of: the purse of its question, which is the record, and for a day those of its person, channel and workspace. */
export type Purse = QuestionPurse | DayPurse;

export interface QuestionPurse {
  readonly kind: 'question';
  readonly question: Pick<Question, 'teamId' | 'channelId' | 'threadTs' | 'messageTs'>;
}

export interface DayPurse {
  readonly kind: 'person' | 'channel' | 'workspace';
  readonly teamId: string;
  /** Of the person or the channel; the team's own of a workspace. */
  readonly id: string;
  /** In UTC, as in `2026-11-30`: one that everybody can work out, wherever a company's people are. */
  readonly day: string;
}

export interface AskedBy {
  readonly questionId: string;
  readonly teamId: string;
  readonly userId: string;
  /** Epoch milliseconds. Of when it came in, whoever tries at it whenever. */
  readonly receivedAt: number;
}

export interface Reservation {
  /** Of one model call; what is written twice under it counts once. */
  readonly id: string;
  /** What the call may come to. */
  readonly most: Spent;
}

export type Reserved =
  | { readonly kind: 'reserved' }
  /** Nothing is left of it. */
  | { readonly kind: 'refused'; readonly reached: keyof Spent };

/** Counted before and after each model call. A reservation that nobody settles, as its worker died, stays counted in full. */
export interface Purses {
  /** Takes it out as long as something is left: together all calls overspend a limit by no more than the last one's reservation. */
  reserve(purse: Purse, reservation: Reservation, limits: Partial<Spent>): Promise<Reserved>;
  /** Counts what was used in place of what was reserved; all that is used then. Undefined when there is no such reservation any more. */
  settle(purse: Purse, reservation: Reservation, used: Spent): Promise<Used | undefined>;
  read(purse: Purse): Promise<Used>;
  /** Counts a question of somebody's within its minute, once; false where `most` others are counted there. */
  admit(question: AskedBy, most: number): Promise<boolean>;
  /** Whether this question is to tell that so much of it is used: one does for each purse and `percent`, and none once more was told. */
  tellOnce(purse: DayPurse, percent: number, questionId: string): Promise<boolean>;
}
