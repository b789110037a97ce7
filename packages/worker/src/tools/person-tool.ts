import type { AccessToken } from '@vera/accounts/access-token';
import type { ProviderId } from '@vera/accounts/account';
import { type RecoveryKind, type Told, ToolFailure } from './tool.ts';

/** The account of the person who asked, opened: what a tool acts with. Its token is good for a minute at least. */
export type PersonAccount = Pick<Extract<AccessToken, { kind: 'token' }>, 'token' | 'accountId' | 'sites'>;

interface PersonToolCommon {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** Words for the person while it runs, such as "Preparing a Jira issue". */
  readonly title: string;
  /** As of a `Tool`: what this call is about. */
  readonly details?: (input: unknown) => string | undefined;
  /** Whose account it needs. */
  readonly provider: ProviderId;
}

/** Looks something up as the person: it sees what they may see. */
export interface PersonRead extends PersonToolCommon {
  readonly kind: 'read';
  /** What the model does where there is no account; left out where the person is asked to connect one. */
  readonly withoutAccount?: string;
  /** Rejects with `ToolFailure` in words for the model. */
  read(input: unknown, account: PersonAccount, signal: AbortSignal): Promise<string | Told>;
}

/** Changes something as the person, after they said yes to what `propose` made of the model's input. */
export interface PersonWrite extends PersonToolCommon {
  readonly kind: 'write';
  /** Looks up what is needed and says exactly what would be done. Changes nothing. Rejects with `ToolFailure` in words for the model. */
  propose(input: unknown, account: PersonAccount, signal: AbortSignal): Promise<Proposal>;
  /**
   * Does what was proposed. Rejects with `ToolFailure` where it is certain that nothing was changed; with anything else where it is not
   * known, such as when no answer came. `key`: the same whenever this change is tried, and no other's.
   */
  perform(args: ChangeArguments, account: PersonAccount, signal: AbortSignal, key: string): Promise<Effect>;
  readonly recovery: Recovery;
}

/** What is declared of a change, for the time after a crash. */
export type Recovery =
  | { readonly kind: Exclude<RecoveryKind, 'checkable'> }
  | {
      readonly kind: 'checkable';
      /** Looks for what `perform` did with these arguments under this key. Changes nothing. Whatever it rejects with: it is not known. */
      readonly look: (args: ChangeArguments, account: PersonAccount, signal: AbortSignal, key: string) => Promise<Found>;
    };

/** `not-done` only where that is certain: then it is done again. */
export type Found = Effect | 'not-done' | 'not-known';

/** The provider does not take the person's token: it was ended there, or lacks a right. Nothing was changed. */
export class AccountRefused extends ToolFailure {}

/** It is not known what was changed; the message says what is, in words without secrets. */
export class UncertainChange extends Error {
  readonly code = 'uncertain-change';
}

export type PersonTool = PersonRead | PersonWrite;

/** What `perform` is given: plain JSON, with everything resolved (ids instead of names), so that what was approved is what is done. */
export type ChangeArguments = Readonly<Record<string, unknown>>;

export interface Proposal {
  /** What will be done, as it stands on the card: "Create a bug in Payments (PAY)". */
  readonly title: string;
  /** The system it is done in: "Jira". */
  readonly system: string;
  readonly changes: readonly FieldChange[];
  readonly args: ChangeArguments;
}

/** One line of the card: a field, what it holds and what it will hold; texts whole, as people write them. */
export interface FieldChange {
  readonly field: string;
  /** Left out where nothing was there. */
  readonly before?: string;
  readonly after: string;
}

export interface Effect {
  /** For the model: what was done, in a sentence. */
  readonly text: string;
  /** Where a person sees it: "PAY-117" and its address. */
  readonly link?: { readonly title: string; readonly url: string };
}
