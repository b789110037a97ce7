import type { RetryAction, StopAction } from '@vera/protocol/action';
import type { Change } from '@vera/protocol/change';
import type { DecisionAction } from '@vera/protocol/decision';
import type { Question } from '@vera/protocol/question';
import type { MeantAs } from '@vera/protocol/verdict';
import type { Refusal } from './judge-decision.ts';
import type { Spent } from './purse.ts';

/** Where a question is kept: thread first, so that one consistent read shows what was asked before it. */
export type QuestionKey = Pick<Question, 'teamId' | 'channelId' | 'threadTs' | 'messageTs'>;
export type ThreadKey = Omit<QuestionKey, 'messageTs'>;

/** `refused`: a budget was reached, which is nobody's fault; nothing tries it again. */
export type Outcome = 'answered' | 'failed' | 'stopped' | 'refused';

/** A change about to be written; its revision is the one that was read, and left out while it is on no record. */
export type NewChange = Omit<Change, 'revision'> & { readonly revision?: string };

/** What a question waits for while no worker has it, and until when (epoch milliseconds): then it goes on without. */
export type WaitsFor =
  | { readonly kind: 'decision'; readonly change: string; readonly until: number }
  | { readonly kind: 'account'; readonly provider: string; readonly until: number };

/** What was looked at, or done, for an answer: a tool by the name that people read, never what it was asked or gave. */
export interface Step {
  readonly what: string;
  readonly times: number;
  readonly failed: number;
  /** In all. */
  readonly milliseconds: number;
}

/** The record of one question, from the moment it was received, with all that its model calls came to. Times are epoch milliseconds. */
export interface QuestionRecord extends Partial<Spent> {
  /** What some call came to is not known: all of them came to no more than that. */
  readonly isAtMost?: true;
  readonly question: Question;
  readonly state: 'received' | 'running' | 'waiting' | Outcome;
  /** How often a worker began with it in this leg. */
  readonly attempts: number;
  /** In how many of them the worker was hindered, which uses up none. */
  readonly hindrances?: number;
  readonly receivedAt: number;
  /** When the sweeper looks at it next; undefined once it is closed. */
  readonly dueAt?: number;
  readonly leaseOwner?: string;
  /** The taking of the last lease. */
  readonly leaseWrite?: string;
  /** That of the lease before; empty where there was none. */
  readonly formerTaking?: string;
  /** When it was last leased. */
  readonly takenAt?: number;
  /** Since when no worker has had it in hand; of no meaning while one has. */
  readonly unheldSince?: number;
  /** What ended the last attempt that did not come to its end: `lease-ran-out`, or what its worker said when it gave it back. */
  readonly brokeOff?: string;
  /** When a worker first began to answer. */
  readonly startedAt?: number;
  readonly stopRequestedAt?: number;
  /** Its message was deleted: nothing is to be answered. Closed, it has no words any more. */
  readonly withdrawnAt?: number;
  /** When “Try again” was pressed last, by Slack's clock. */
  readonly retriedAt?: number;
  /** When its message last got other words, those that `question` has. */
  readonly editedAt?: number;
  /** Counts how often the words changed that its model reads: its own, or those of a message taken into it. A change is approved for those it was proposed for. */
  readonly wordsAt?: number;
  /** Since when its thread shows that its turn has not come. */
  readonly queuedAt?: number;
  readonly closedAt?: number;
  /** How often it has waited for a person: what was posted before stays when an attempt breaks off. */
  readonly leg: number;
  /** What it waits for; once a worker has it again, what it waited for. */
  readonly waitsFor?: WaitsFor;
  /** What Vera proposed to change for it, by id. */
  readonly changes: Readonly<Record<string, Change>>;
  /** `ts` of what was posted for it in this leg, oldest first. */
  readonly replies: readonly string[];
  /** The same of earlier legs. */
  readonly said?: readonly string[];
  /** Files that were put beside an answer of it, in whatever leg: the message of each, and what tells it from any other. */
  readonly beside?: readonly { readonly ts: string; readonly digest: string }[];
  readonly feedback: Readonly<Record<string, 'good' | 'bad'>>;
  /** In their words, why it is bad for those who said so. */
  readonly feedbackReasons?: Readonly<Record<string, string>>;
  /** By whoever let it go for a person, or ended it; an attempt that broke off left none. */
  readonly steps?: readonly Step[];
  /** Why it failed, as a category. */
  readonly reason?: string;
  /** `messageTs` of the question under way that takes its words in, unless that one's `folded` says otherwise in the end. */
  readonly foldedInto?: string;
  /** `messageTs` of the messages that go with it, set where it lets go for a person or ends: theirs is its outcome, and they have none of their own. */
  readonly folded?: readonly string[];
  /** Of which moment the words are that it was told of, by `messageTs` of what it took in; none: the first ones. */
  readonly told?: Readonly<Record<string, number>>;
}

/** What a worker may do while it holds a question. Every call fails softly (false) once the lease is lost. */
export interface Lease {
  readonly record: QuestionRecord;
  /** Tells this lease from any other, whoever has it. */
  readonly taking: string;
  /** Prolongs the lease; tells whether it still holds and what the person did meanwhile. */
  renew(): Promise<Renewal>;
  /** Notes what was posted, each message once; with the `digest` of the file that it shows. */
  noteReply(ts: string, digest?: string): Promise<boolean>;
  /** Writes a change over the revision it was read in, if any; undefined also when a person decided about it meanwhile, or when it would begin after a stop. */
  noteChange(change: NewChange): Promise<Change | undefined>;
  /**
   * Takes a later message in that nobody began with; undefined where somebody has, where it is to be answered no more, or where it has other
   * words than those of `editedAt`.
   */
  fold(messageTs: string, editedAt?: number): Promise<QuestionRecord | undefined>;
  /**
   * Lets go of the question until somebody decides or connects. `over`: they did already, want no answer any more, or have said something else
   * than the words of `wordsAt`, so that it goes on at once. `folded`: messages that wait with it; `told`: of which moment those of their words are
   * that it knows; `steps`: what was looked at.
   */
  wait(
    what: WaitsFor,
    folded?: readonly string[],
    wordsAt?: number,
    noted?: { readonly told?: Readonly<Record<string, number>>; readonly steps?: readonly Step[] },
  ): Promise<'waiting' | 'over' | 'lost'>;
  /** It was taken into another question, which ended without it: from now on it is one of its own. */
  goAlone(): Promise<boolean>;
  /** `folded`: messages that end with it; all others it took in are questions again. */
  close(outcome: Outcome, reason?: string, folded?: readonly string[], steps?: readonly Step[]): Promise<boolean>;
  /**
   * Gives the question back, unfinished, for another worker. `unbegun`: it was no attempt. `hindered`: its worker was told to end, or so slow in
   * reaching the ledger that the lease may have run out; that uses up no attempt, up to some times, and the question is due later each time.
   * `cause`: a word for what ended it, for whoever looks.
   */
  release(why?: 'unbegun' | 'hindered', cause?: string): Promise<boolean>;
}

export interface Renewal {
  readonly held: boolean;
  readonly stopRequested: boolean;
  /** Somebody wanted to stop it who may not. */
  readonly stopRefused: boolean;
  readonly withdrawn: boolean;
  /** When it got the words it has now, in epoch milliseconds; 0: they are the first ones. */
  readonly editedAt: number;
}

/** Holds a question while its loss is told: no worker takes it, and no decision counts. */
export const sweeperName = 'sweeper';

export type LeaseAnswer =
  | { readonly kind: 'leased'; readonly lease: Lease }
  | Behind
  | { readonly kind: 'taken' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'unknown' };

/** An earlier question of the thread is still under way; or, `until` then, it waits for a person, and this message with it. */
export interface Behind {
  readonly kind: 'behind';
  readonly messageTs: string;
  readonly until?: number;
}

/** A thread as far as Vera takes part in it. Times are epoch milliseconds. */
export interface Conversation {
  readonly askers: ReadonlySet<string>;
  /** Who asked last. */
  readonly lastAsker: string;
  /** When that was answered; undefined while it is open. */
  readonly answeredAt?: number;
  /** Somebody was told already how to go on. */
  readonly isHinted: boolean;
}

/** Why a message was closed that asked nothing of Vera: it was for somebody else, gave thanks, or was a stop. */
export const unaddressed = { hinted: 'hinted', silent: 'not-addressed', thanks: 'thanks', stop: 'stop' } as const;

/** For the receiver: what came in. */
export interface Inbox {
  /**
   * The conditional write that is the de-duplication: false when this message is recorded already, or was deleted. Its action token is not kept.
   * An edit or a stop that came before it counts; `onUnread` is told where it is on record, and whether it was stopped could not be read.
   */
  record(question: Question, onUnread?: (error: unknown) => void): Promise<boolean>;
  /** False when there is no such question. Good takes away what this person said against it. */
  recordFeedback(key: QuestionKey, userId: string, rating: 'good' | 'bad'): Promise<boolean>;
  /** Keeps why this person's rating is bad, in place of what they said before; false when theirs is not. */
  recordReason(key: QuestionKey, userId: string, reason: string): Promise<boolean>;
  /**
   * Gives a question that is open, or may be tried again, the words its message has now; undefined when there is none, or when it has them, or
   * newer ones. One that may come yet, going by what its message was, gets them then. What waited for a person, with these words or the older
   * ones, waits no more.
   */
  edit(question: Question, meantAs?: MeantAs): Promise<Edited | undefined>;
  /**
   * Ends a question whose message was deleted. `open`: something of it stands in the thread, or a worker has it, and it is ended there; or it
   * went with another question, which is stopped;
   * `closed`: it is over, and `isIdle` where nothing else of the thread is worked on, or is to be; undefined when nothing was open.
   * What may come yet, going by what its message was, is not recorded any more; what was over is not tried again, and its words are kept no more.
   */
  withdraw(
    message: QuestionKey,
    meantAs?: MeantAs,
  ): Promise<{ readonly kind: 'closed'; readonly isIdle: boolean } | { readonly kind: 'open'; readonly question: Question } | undefined>;
  /** Whether a worker has this question, or another one of its thread, or is to have it. */
  isAtWork(message: QuestionKey): Promise<boolean>;
  /** Gives a question that failed, or was stopped, one more turn, in the name of who asked it and in the words its message has by then. */
  retry(action: Omit<RetryAction, 'kind'>): Promise<RetryAnswer>;
  /** What of a thread decides whether a message in it is a follow-up; undefined when Vera has no part in it. */
  conversation(thread: ThreadKey): Promise<Conversation | undefined>;
  /** Asks whoever answers what a stop is about to end it, as far as this person may. */
  requestStop(stop: StopRequest): Promise<StopAnswer>;
  /** Keeps a stop in words, so that its copies are known; false when it is recorded already. */
  recordStop(said: Question): Promise<boolean>;
}

export interface Edited {
  /** Waited for a person, and is to be answered anew. */
  readonly woken?: Question;
}

export interface StopRequest extends Omit<StopAction, 'kind'> {
  /** This person may end what others asked, too. */
  readonly mayStopAll: boolean;
}

export interface StopAnswer {
  /** Questions that end now. */
  readonly reached: number;
  /** Those of them that a worker has in hand, that waited for a person, or wait for their turn: brought there, they end at once. */
  readonly bring: readonly Question[];
  /** What it was about and this person may not stop, where it reached nothing. */
  readonly refused?: Question;
}

export type RetryAnswer =
  | { readonly kind: 'retried'; readonly question: Question }
  /** `over`: this failure had its new turn, or there is none any more; `withdrawn`: its message was deleted. */
  | { readonly kind: 'refused'; readonly why: 'unknown' | 'not-yours' | 'over' | 'withdrawn' };

export type DecisionAnswer =
  /** It is on record, and the question goes on. */
  | { readonly kind: 'decided'; readonly question: Question; readonly change: Change }
  /** `woken`: was not told of an edit, or an end, of what it has read, and goes on by now. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly woken?: Question };

/** For the receiver: what people decide about changes. */
export interface Decisions {
  /** One yes or no for each change, by who may give it, in time, about what they saw; whatever comes at once. */
  decide(action: DecisionAction): Promise<DecisionAnswer>;
}

/** For the worker: the questions of a thread are leased in the order they were asked. */
export interface Leases {
  /** `held`: the lease that this one goes on from, of the same attempt. */
  lease(key: QuestionKey, owner: string, held?: Lease): Promise<LeaseAnswer>;
  /**
   * Keeps a waiting question from being sent again while a worker has it in hand but may not begin yet; or `until` then, in epoch milliseconds,
   * unless what it waits with ends before.
   */
  postpone(key: QuestionKey, until?: number): Promise<void>;
  /** Notes that people are told that it waits for its turn; false where they were before, or where it does not. */
  noteQueued(key: QuestionKey): Promise<boolean>;
  /** All records of a thread, oldest first. */
  thread(thread: ThreadKey): Promise<readonly QuestionRecord[]>;
  /** That of a question, and all of its thread that were asked after it, oldest first. */
  since(key: QuestionKey): Promise<readonly QuestionRecord[]>;
}

/** For the sweeper: questions nobody holds any more. */
export interface Overdue {
  /** Questions due before `now`, open ones and those that wait, oldest first, at most `limit` each; a moment behind the truth. */
  overdue(now: number, limit: number): Promise<readonly QuestionRecord[]>;
  /**
   * Takes an overdue question for sending it again, for waking it, or for telling of its loss, and gives it as it is then: what was found may
   * be old. Undefined when something moved meanwhile.
   */
  claim(record: QuestionRecord, nextDueAt: number, purpose: 'send' | 'wake' | 'tell'): Promise<QuestionRecord | undefined>;
  /** `found-complete`: its end was told already, with what went with it. */
  closeLost(record: QuestionRecord, outcome: Outcome, reason: 'lost' | 'found-complete'): Promise<boolean>;
}
