import type { Question } from '@vera/protocol/question';

/** Where a question is kept: thread first, so that one consistent read shows what was asked before it. */
export type QuestionKey = Pick<Question, 'teamId' | 'channelId' | 'threadTs' | 'messageTs'>;
export type ThreadKey = Omit<QuestionKey, 'messageTs'>;

export type Outcome = 'answered' | 'failed' | 'stopped';

/** The record of one question, from the moment it was received. Times are epoch milliseconds. */
export interface QuestionRecord {
  readonly question: Question;
  readonly state: 'received' | 'running' | Outcome;
  /** How often it was handed to a worker, the first time included. */
  readonly attempts: number;
  readonly receivedAt: number;
  /** When the sweeper looks at it next; undefined once it is closed. */
  readonly dueAt?: number;
  readonly leaseOwner?: string;
  /** When a worker first began to answer. */
  readonly startedAt?: number;
  readonly stopRequestedAt?: number;
  /** `ts` of what was posted for it, oldest first. */
  readonly replies: readonly string[];
  readonly feedback: Readonly<Record<string, 'good' | 'bad'>>;
  /** Why it failed, as a category. */
  readonly reason?: string;
}

/** What a worker may do while it holds a question. Every call fails softly (false) once the lease is lost. */
export interface Lease {
  readonly record: QuestionRecord;
  /** Prolongs the lease; tells whether it still holds and whether the person asked to stop. */
  renew(): Promise<{ readonly held: boolean; readonly stopRequested: boolean }>;
  noteReply(ts: string): Promise<boolean>;
  close(outcome: Outcome, reason?: string): Promise<boolean>;
  /** Gives the question back, unfinished and due at once, for another worker. */
  release(): Promise<boolean>;
}

export type LeaseAnswer =
  | { readonly kind: 'leased'; readonly lease: Lease }
  /** An earlier question of the thread is still open. */
  | { readonly kind: 'behind'; readonly messageTs: string }
  | { readonly kind: 'taken' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'unknown' };

/** For the receiver: what came in. */
export interface Inbox {
  /** The conditional write that is the de-duplication: false when this message is recorded already. */
  record(question: Question): Promise<boolean>;
  /** False when there is no such question. */
  recordFeedback(key: QuestionKey, userId: string, rating: 'good' | 'bad'): Promise<boolean>;
  /** Asks whoever answers in this thread to stop; gives the number of open questions it reached. */
  requestStop(thread: ThreadKey): Promise<number>;
}

/** For the worker: the questions of a thread are leased in the order they were asked. */
export interface Leases {
  lease(key: QuestionKey, owner: string): Promise<LeaseAnswer>;
  /** Keeps a waiting question from being sent again while a worker has it in hand but may not begin yet. */
  postpone(key: QuestionKey): Promise<void>;
  /** All records of a thread, oldest first. */
  thread(thread: ThreadKey): Promise<readonly QuestionRecord[]>;
}

/** For the sweeper: questions nobody holds any more. */
export interface Overdue {
  /** Open questions due before `now`, oldest first, at most `limit`; a moment behind the truth. */
  overdue(now: number, limit: number): Promise<readonly QuestionRecord[]>;
  /** Takes an overdue question for sending it again (or for telling of its loss): false when something moved meanwhile. */
  claim(record: QuestionRecord, nextDueAt: number, purpose: 'send' | 'tell'): Promise<boolean>;
  closeLost(record: QuestionRecord, outcome: Outcome, reason: string): Promise<boolean>;
}
