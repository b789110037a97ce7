import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import { chainName } from './table.ts';

export interface AuditTableParams {
  readonly dynamoDb: DynamoDb;
  readonly tableName: string;
}

export const ofChain = 'chain = :chain';

/** The query for all that one of the two tables holds, in order. */
export function allItems({ tableName }: AuditTableParams) {
  return {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: ofChain,
    ExpressionAttributeValues: { ':chain': { S: chainName } },
  };
}

export async function lastItem(table: AuditTableParams): Promise<Record<string, AttributeValue> | undefined> {
  const { Items = [] } = await table.dynamoDb('Query', { ...allItems(table), ScanIndexForward: false, Limit: 1 });
  return Items[0];
}
