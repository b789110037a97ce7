import { createHash } from 'node:crypto';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { unlessRefused } from '@vera/service-kit/dynamo-db';
import * as z from 'zod/mini';
import type { Person, Ticket } from './portal-ticket.ts';
import { type AccountsTableParams, itemKeyOf } from './table.ts';

/** Which links were used. */
export interface Links {
  isUsed(ticket: Pick<Ticket, 'person' | 'id'>): Promise<boolean>;
  /** Uses a link up for one browser: false when another one did. */
  use(ticket: Ticket, browser: string): Promise<boolean>;
}

export function createDynamoLinks({ dynamoDb, tableName: TableName }: AccountsTableParams): Links {
  return {
    async isUsed({ person, id }) {
      const { Item } = await dynamoDb('GetItem', { TableName, Key: linkKeyOf(person, id), ConsistentRead: true });
      return Item !== undefined;
    },
    async use({ person, id, expiresAt }, browser) {
      // Kept a day longer than the ticket lives, which nobody can show any more by then.
      const Item = { ...linkKeyOf(person, id), ...marshall({ browser, expiresAt: Math.ceil(expiresAt / 1000) + 86_400 }) };
      const put = dynamoDb('PutItem', {
        TableName,
        Item,
        // By its browser a write that the client repeats, because the answer got lost, is not taken for a second use.
        ConditionExpression: 'attribute_not_exists(person) OR browser = :browser',
        ExpressionAttributeValues: marshall({ ':browser': browser }),
      });
      return (await unlessRefused(put)) !== undefined;
    },
  };
}

function linkKeyOf(person: Person, id: string) {
  return marshall(itemKeyOf(person, 'link', id));
}

const flowSchema = z.object({
  /** Where the browser was sent: `slack`, or a provider. */
  to: z.string(),
  /** The browser that began it, by the random id in its cookie. */
  browser: z.string(),
  /** What only we know: the nonce of a sign-in, the PKCE verifier of a consent. */
  secret: z.string(),
});

/** A browser that was sent to another site and is to come back. */
export type Flow = z.output<typeof flowSchema>;

/** Ten minutes from leaving to coming back. */
export interface Flows {
  /** `state` is random and new for each. */
  begin(person: Person, state: string, flow: Flow): Promise<void>;
  /** The flow of this state, once; undefined when there is none, it was taken, or its time is over. */
  take(person: Person, state: string): Promise<Flow | undefined>;
}

const lifetime = 10 * 60_000;

export function createDynamoFlows({ dynamoDb, tableName: TableName, now }: AccountsTableParams): Flows {
  return {
    async begin(person, state, flow) {
      const until = now() + lifetime;
      const item = { ...flowKeyOf(person, state), ...flow, until, expiresAt: Math.ceil(until / 1000) + 3600 };
      await dynamoDb('PutItem', { TableName, Item: marshall(item) });
    },
    async take(person, state) {
      const Key = marshall(flowKeyOf(person, state));
      // Whoever deletes it has it: of two that come back with one state, one finds nothing.
      const { Attributes } = await dynamoDb('DeleteItem', { TableName, Key, ReturnValues: 'ALL_OLD' });
      const parsed = z.extend(flowSchema, { until: z.number() }).safeParse(Attributes && unmarshall(Attributes));
      return parsed.success && now() < parsed.data.until ? parsed.data : undefined;
    },
  };
}

/** Hashed: whoever reads the table cannot come back in somebody's place. */
function flowKeyOf(person: Person, state: string) {
  return itemKeyOf(person, 'flow', createHash('sha256').update(state).digest('base64url'));
}
