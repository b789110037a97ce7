import { type DynamoDBClient, UpdateItemCommand, type UpdateItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { unlessRefused } from './conditional.ts';
import type { QuestionKey } from './ledger.ts';
import { itemKeyOf } from './record.ts';

export interface ConditionalUpdate {
  readonly condition: string;
  readonly update: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Beside `#state`, which every such update moves or asks for. */
  readonly names?: Readonly<Record<string, string>>;
}

/** Changes a record of the ledger while `condition` holds; the whole record then, or undefined when it did not hold. */
export function updateIf(
  { client, tableName }: { readonly client: DynamoDBClient; readonly tableName: string },
  key: QuestionKey,
  { condition, update, values, names }: ConditionalUpdate,
): Promise<UpdateItemCommandOutput | undefined> {
  const command = new UpdateItemCommand({
    TableName: tableName,
    Key: itemKeyOf(key),
    UpdateExpression: update,
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#state': 'state', ...names },
    ExpressionAttributeValues: marshall(values, { removeUndefinedValues: true }),
    // `UPDATED_NEW` says nothing of what stayed as it was, such as whether a stop was asked for.
    ReturnValues: 'ALL_NEW',
  });
  return unlessRefused(client.send(command));
}
