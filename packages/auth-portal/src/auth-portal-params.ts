import type { ProviderId } from '@vera/accounts/account';
import type { ConnectParams } from '@vera/accounts/connect-account';
import type { Flows, Links } from '@vera/accounts/dynamo-single-use';
import type { WaitingQuestions } from '@vera/accounts/dynamo-waiting-questions';
import type { OAuthClient } from '@vera/accounts/oauth-client';
import type { NoteAct } from '@vera/audit/act';
import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import type { SignIn } from './slack-sign-in.ts';

/** What the portal is made of; each of its steps takes what it needs. */
export interface AuthPortalParams extends ConnectParams {
  /** Signs tickets and sessions. */
  readonly key: string;
  /** A new secret text each time, fit for a URL. */
  readonly random: () => string;
  readonly links: Links;
  readonly flows: Flows;
  readonly waiting: Pick<WaitingQuestions, 'take'>;
  /** Hands a question that waited to the invoker. */
  readonly forward: (question: Question) => Promise<void>;
  /** The providers that are on. */
  readonly clients: ReadonlyMap<ProviderId, OAuthClient>;
  /** Undefined: nobody can prove who they are, so nothing can be connected. */
  readonly signIn: SignIn | undefined;
  /** Slack's own origin, for the way back. */
  readonly slackUrl: string;
  /** Writes down that somebody connected, or ended, an account. */
  readonly note: NoteAct;
  readonly log: Log;
}
