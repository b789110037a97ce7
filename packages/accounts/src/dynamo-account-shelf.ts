import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { kernelId } from '@vera/service-kit/kernel-random';
import { toStoredAccount } from './account-item.ts';
import type { AccountShelf } from './account-store.ts';
import { type AccountsTableParams, itemKeyOf, personKeyOf } from './item-key.ts';

export function createDynamoAccountShelf({ client, tableName: TableName }: AccountsTableParams): AccountShelf {
  return {
    async list(person) {
      const query = new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'person = :person AND begins_with(#item, :accounts)',
        ExpressionAttributeNames: { '#item': 'item' },
        ExpressionAttributeValues: marshall({ ':person': personKeyOf(person), ':accounts': 'account#' }),
      });
      // One a provider: never more than a page.
      const { Items = [] } = await client.send(query);
      return Items.map((item) => toStoredAccount(item).account);
    },
    async put(person, account, sealed) {
      const item = { ...itemKeyOf(person, 'account', account.provider), account, sealed, revision: kernelId(), leasedUntil: 0 };
      const { Attributes } = await client.send(new PutItemCommand({ TableName, Item: marshall(item), ReturnValues: 'ALL_OLD' }));
      return Attributes && toStoredAccount(Attributes);
    },
    async remove(person, provider) {
      const Key = marshall(itemKeyOf(person, 'account', provider));
      const { Attributes } = await client.send(new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }));
      return Attributes && toStoredAccount(Attributes);
    },
  };
}
