import type { Lease, Leases, Outcome } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import type { Clock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import type { SlackCall } from '@vera/slack/slack-calls';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { TellPrivately } from '@vera/slack/tell-privately';
import type { PersonAccounts } from '../accounts/person-accounts.ts';
import type { Agent, Words } from '../agent/agent.ts';
import type { ToSystemPrompt } from '../agent/system-prompt.ts';
import type { Outgoing } from '../attachments/outgoing.ts';
import type { UploadParams } from '../attachments/upload-file.ts';
import type { BudgetFor, QuestionBudget } from '../budget/question-budget.ts';
import type { Audit, ChangeBook } from '../changes/change-book.ts';
import type { createDelegation } from '../delegation/create-delegation.ts';
import type { JudgeText } from '../guardrail/judge-text.ts';
import type { ToolOffer } from '../mcp/tool-servers.ts';
import type { PeoplesMemory } from '../memory/create-memory.ts';
import type { ReplyWriter } from '../reply/reply-writer.ts';
import type { Status } from '../reply/status.ts';
import type { TableShelf } from '../tables/table.ts';
import type { People } from '../thread/people.ts';
import type { ConversationParams } from '../thread/read-conversation.ts';
import type { Sources } from '../tools/search-knowledge-base.ts';
import type { Tool } from '../tools/tool.ts';
import type { Hold } from './hold-lease.ts';
import type { Steps } from './steps.ts';

/** With what this process answers: the same for every question. */
export interface AnswerParams extends ConversationParams, Clock {
  readonly call: SlackCall;
  readonly people: Pick<People, 'name' | 'isColleague' | 'isGuest'>;
  readonly leases: Leases;
  readonly agent: Agent;
  /** What becomes of a message by the same person while their question is answered: it is told to the run, or the next question. */
  readonly overlap: 'fold' | 'queue';
  /** What a question may use. */
  readonly budgetFor: BudgetFor;
  /** The prices of all models are known. */
  readonly isPriced: boolean;
  /** Whether an answer says what it came to. */
  readonly showsCost: boolean;
  /** Judges texts by the guardrail; undefined: there is none. */
  readonly judge?: JudgeText | undefined;
  readonly toolsFor: (sources: Sources, story: Pick<Story, 'question' | 'actionToken' | 'tables' | 'outgoing'>) => readonly Tool[];
  /** Undefined: the answer is one run's work. */
  readonly helpers?: ReturnType<typeof createDelegation>;
  /** Tools of other systems; never rejects. */
  readonly offerTools?: (question: Question) => Promise<ToolOffer>;
  /** Undefined: nothing is done as a person. */
  readonly accounts?: PersonAccounts;
  readonly audit: Audit;
  readonly upload: UploadParams;
  /** Undefined: nobody is remembered. */
  readonly memory?: PeoplesMemory;
  /** By the response URL of a click. */
  readonly tellPrivately: TellPrivately;
  readonly toSystemPrompt: ToSystemPrompt;
}

/** Why the work on a question ends before its answer is complete. */
export type Interruption = 'stop' | 'withdrawn' | 'shutdown' | 'lease-lost' | 'timeout';

/** A question that this worker holds. */
export interface HeldQuestion extends Pick<Hold, 'lost' | 'isLost'> {
  readonly lease: Lease;
  readonly log: Log;
  /** Aborted with an `Interruption` as reason, the first there was. */
  readonly signal: AbortSignal;
  /** Came with the question: with it Slack searches as the asker. */
  readonly actionToken?: string | undefined;
  readonly interrupt: (reason: Interruption) => void;
  /** To be called once the model is asked: then another question may begin. */
  readonly begun: () => void;
}

/** A message whose words were taken into a question. */
export interface Folded {
  readonly question: Question;
  /** The model has answered since it was told. */
  readonly isUsed: boolean;
}

/** `unasked`: the message of the question itself was deleted, or edited so that it asks nothing. */
export type FoldedEnd = Outcome | 'waiting' | 'unasked';

/** What became of messages that were taken in, since the model was told. */
export interface Later {
  /** One that the model has read is to be answered no more. */
  readonly isStopped: boolean;
  /** Because it was deleted. */
  readonly isDeleted: boolean;
  /** One has other words than the model has read. */
  readonly isEdited: boolean;
}

/** What whoever asked says, or changes, while their question is answered. */
export interface Folding {
  /** Of which moment the words of the question are that the run knows; 0: the first ones. */
  readonly editedAt: number;
  /** Which words the run knows, those that were taken in among them: the `wordsAt` of the question as they were. */
  readonly wordsAt: number;
  /** Of which moment those of what was taken in are, by `messageTs`; not of first ones. */
  readonly told: Readonly<Record<string, number>>;
  /** What was taken in so far, oldest first. */
  readonly questions: readonly Question[];
  /** That, for the model. */
  said(): Promise<readonly Words[]>;
  /** What was said since it was asked last, for the model. Never rejects. */
  hear(): Promise<readonly Words[]>;
  /** The model has answered. */
  used(): void;
  /** Once the model asks for nothing more. What was deleted or stopped since and the model has read stops the question. Never rejects. */
  lookAgain(): Promise<Later>;
  /** What has that end, too, and none of its own. */
  endingWith(end: FoldedEnd): Promise<readonly Folded[]>;
  /** Resolves once everybody sees what was taken in. */
  shownAll(): Promise<void>;
}

/** One turn at it, with all that belongs to it: made once, handed from step to step as it is. */
export interface Story extends HeldQuestion {
  readonly question: Question;
  /** Whether who asks is a guest of the workspace, who is told so. */
  readonly isGuest: boolean;
  /** The thread as it was read. */
  readonly messages: readonly SlackMessage[];
  readonly folding: Folding;
  readonly status: Status;
  readonly writer: ReplyWriter;
  readonly book: ChangeBook;
  readonly tables: TableShelf;
  readonly budget: QuestionBudget;
  readonly steps: Steps;
  /** What stands beside the words of the answer. */
  readonly outgoing: Outgoing;
}

/**
 * How a turn ended: `released` and `left` leave the question to another worker, `waiting` to a person; `again`: the person answered before
 * it waited.
 */
export type StoryEnd = Outcome | 'released' | 'left' | 'waiting' | 'again';
