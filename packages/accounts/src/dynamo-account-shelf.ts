import { randomUUID } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import { toStoredAccount } from './account-item.ts';
import type { AccountShelf } from './account-store.ts';
import { type AccountsTableParams, itemKeyOf, personKeyOf } from './item-key.ts';

export function createDynamoAccountShelf({ dynamoDb, tableName: TableName }: AccountsTableParams): AccountShelf {
  return {
    async list(person) {
      // One a provider: never more than a page.
      const { Items = [] } = await dynamoDb('Query', {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'person = :person AND begins_with(#item, :accounts)',
        ExpressionAttributeNames: { '#item': 'item' },
        ExpressionAttributeValues: marshall({ ':person': personKeyOf(person), ':accounts': 'account#' }),
      });
      return Items.map((item) => toStoredAccount(item).account);
    },
    async put(person, account, sealed) {
      const item = { ...itemKeyOf(person, 'account', account.provider), account, sealed, revision: randomUUID(), leasedUntil: 0 };
      const { Attributes } = await dynamoDb('PutItem', { TableName, Item: marshall(item), ReturnValues: 'ALL_OLD' });
      return Attributes && toStoredAccount(Attributes);
    },
    async remove(person, provider) {
      const Key = marshall(itemKeyOf(person, 'account', provider));
      const { Attributes } = await dynamoDb('DeleteItem', { TableName, Key, ReturnValues: 'ALL_OLD' });
      return Attributes && toStoredAccount(Attributes);
    },
  };
}
