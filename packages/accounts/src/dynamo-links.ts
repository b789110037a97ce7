import { marshall } from '@aws-sdk/util-dynamodb';
import { unlessRefused } from '@vera/service-kit/dynamo-db';
import { type AccountsTableParams, itemKeyOf } from './item-key.ts';
import type { Person, Ticket } from './portal-ticket.ts';

/** Which links were used. */
export interface Links {
  isUsed(ticket: Pick<Ticket, 'person' | 'id'>): Promise<boolean>;
  /** Uses a link up for one browser: false when another one did. */
  use(ticket: Ticket, browser: string): Promise<boolean>;
}

export function createDynamoLinks({ dynamoDb, tableName: TableName }: AccountsTableParams): Links {
  return {
    async isUsed({ person, id }) {
      const { Item } = await dynamoDb('GetItem', { TableName, Key: keyOf(person, id), ConsistentRead: true });
      return Item !== undefined;
    },
    async use({ person, id, expiresAt }, browser) {
      // Kept a day longer than the ticket lives, which nobody can show any more by then.
      const Item = { ...keyOf(person, id), ...marshall({ browser, expiresAt: Math.ceil(expiresAt / 1000) + 86_400 }) };
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

function keyOf(person: Person, id: string) {
  return marshall(itemKeyOf(person, 'link', id));
}
