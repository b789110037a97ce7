import type { AccessToken, AccessTokenOf } from '@vera/accounts/access-token';
import type { ProviderId } from '@vera/accounts/account';
import type { Question } from '@vera/protocol/question';
import type { Asker } from '../mcp/person-connections.ts';
import type { PersonTool } from '../tools/person-tool.ts';

/** What acting as a person takes. */
export interface PersonAccounts {
  /** Never rejects. */
  readonly accessTokenOf: AccessTokenOf;
  /** Tools that are always there; servers may bring more. */
  readonly tools: readonly PersonTool[];
  /** Slack ids of those who approve changes; the one who asks where there are none. */
  readonly approvers: readonly string[];
  /** Sends the one who asked a private link to connect an account. `need`: what it is wanted for. */
  readonly sendLink: (question: Question, need?: string) => Promise<void>;
  /** Has the question brought back once the account is connected, until then (epoch milliseconds). */
  readonly bringBack: (question: Question, provider: ProviderId, until: number) => Promise<void>;
}

/** How long a card can be approved, and a question waits for an account, in milliseconds. */
export const patienceWithPeople = 15 * 60_000;

/** The one who asked, as servers know them that are used as a person; undefined for a bot, which has no accounts. */
export function askerOf(accounts: PersonAccounts, question: Pick<Question, 'teamId' | 'userId' | 'botId'>): Asker | undefined {
  if (question.botId !== undefined) return undefined;
  return {
    id: `${question.teamId}/${question.userId}`,
    accessToken: (provider, refused) => accountOf(accounts, question, provider, refused),
  };
}

/** The account of the one who asked. `refused`: a token of it that the provider no longer takes. */
export function accountOf(
  { accessTokenOf }: PersonAccounts,
  { teamId, userId }: Pick<Question, 'teamId' | 'userId'>,
  provider: ProviderId,
  refused?: string,
): Promise<AccessToken> {
  return accessTokenOf({ teamId, userId }, provider, refused);
}
