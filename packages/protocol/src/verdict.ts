import type { Action, StopAction } from './action.ts';
import type { Command } from './command.ts';
import type { Errand } from './errand.ts';
import type { Question } from './question.ts';

/** What a signed request from Slack asks of us. */
export type Verdict =
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'question'; readonly question: Question }
  /** A person wrote on in a thread and named nobody: a question, if the thread is Vera's. */
  | { readonly kind: 'follow-up'; readonly question: Question }
  /** A message says something else now; a question, if it was one. */
  | { readonly kind: 'edit'; readonly question: Question; readonly meantAs: MeantAs }
  | { readonly kind: 'withdrawal'; readonly message: MessagePlace; readonly meantAs: MeantAs }
  | { readonly kind: 'action'; readonly action: Action }
  /** A stop in words; `said`: what the message is where there is nothing to stop. */
  | {
      readonly kind: 'stop';
      readonly stop: StopAction;
      readonly said: { readonly kind: 'question' | 'follow-up'; readonly question: Question };
    }
  /** The slash command. */
  | { readonly kind: 'command'; readonly command: Command }
  /** Something that a worker does at once, and that is no question. */
  | { readonly kind: 'errand'; readonly errand: Errand }
  | { readonly kind: 'ignore'; readonly reason: string }
  /** Signed, yet not in Slack's form; sending it again would not help. */
  | { readonly kind: 'malformed'; readonly reason: string };

/** What a message was, going by what stood there before: its own event may come after that of its end. */
export type MeantAs = 'question' | 'follow-up' | 'nothing';

/** Where a message stood that was deleted. */
export type MessagePlace = Pick<Question, 'teamId' | 'channelId' | 'threadTs' | 'messageTs'>;
