import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import type { Person } from './portal-ticket.ts';

/** The table of what people connected: partition key `person`, sort key `item`; links, sign-ins and waiting questions expire by themselves. */
export const accountsTable = { partitionKey: 'person', sortKey: 'item', ttlAttribute: 'expiresAt' } as const;

/** What every adapter of the accounts table is made with. */
export interface AccountsTableParams {
  readonly dynamoDb: DynamoDb;
  readonly tableName: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A person's own partition: by team and user, for user ids are only unique within their workspace. */
export function personKeyOf({ teamId, userId }: Person): string {
  return `${teamId}|${userId}`;
}

/** The key of one thing of theirs: `account#atlassian`, `link#<id>`, `flow#<hash>`. */
export function itemKeyOf(person: Person, kind: 'account' | 'link' | 'flow' | 'waiting', name: string): { person: string; item: string } {
  return { person: personKeyOf(person), item: `${kind}#${name}` };
}
