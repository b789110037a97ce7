import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { itemsOf, unlessRefused } from '@vera/service-kit/dynamo-db';
import { type AuditTableParams, allItems, lastItem } from './chain-items.ts';
import { chainName } from './table.ts';

/** The last line of a day as it was copied: how many there were by then, and its hash. */
export interface Head {
  readonly day: string;
  readonly number: number;
  readonly hash: string;
  /** Epoch seconds: until then all lines of the day have to be there. */
  readonly until: number;
}

/** In the order of days. */
export async function headsIn(table: AuditTableParams): Promise<readonly Head[]> {
  return (await Array.fromAsync(itemsOf(table.dynamoDb, allItems(table)))).map(headIn);
}

export async function lastHeadIn(table: AuditTableParams): Promise<Head | undefined> {
  const item = await lastItem(table);
  return item && headIn(item);
}

/** Of a day the furthest stays, whoever is slower. */
export async function putHead({ dynamoDb, tableName }: AuditTableParams, { day, number, hash, until }: Head): Promise<void> {
  await unlessRefused(
    dynamoDb('PutItem', {
      TableName: tableName,
      Item: { chain: { S: chainName }, day: { S: day }, number: { N: String(number) }, hash: { S: hash }, until: { N: String(until) } },
      ConditionExpression: 'attribute_not_exists(#day) OR #number < :number',
      ExpressionAttributeNames: { '#day': 'day', '#number': 'number' },
      ExpressionAttributeValues: { ':number': { N: String(number) } },
    }),
  );
}

function headIn({ day, number, hash, until }: Record<string, AttributeValue>): Head {
  return { day: day?.S ?? '', number: Number(number?.N), hash: hash?.S ?? '', until: Number(until?.N) };
}
