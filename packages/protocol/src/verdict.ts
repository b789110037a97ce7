import type { Action } from './action.ts';
import type { Question } from './question.ts';

/** What a signed request from Slack asks of us. */
export type Verdict =
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'ignore'; readonly reason: string }
  /** Signed, yet not in Slack's form; sending it again would not help. */
  | { readonly kind: 'malformed'; readonly reason: string };
