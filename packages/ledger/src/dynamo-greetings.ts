import { marshall } from '@aws-sdk/util-dynamodb';
import { unlessRefused } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import type { LedgerTableParams } from './dynamo-items.ts';
import { itemKeyOf } from './record.ts';

/** Whether nothing was said in greeting there yet, in a channel or to a person in their direct messages; it was, from now on. */
export type GreetOnce = (place: { readonly teamId: string; readonly channelId: string }) => Promise<boolean>;

/** One small item for each place, for good: greeted anew, whoever has not written for a month would be a stranger every month. */
export function createDynamoGreetings({ dynamoDb, tableName }: Pick<LedgerTableParams, 'dynamoDb' | 'tableName'>): GreetOnce {
  return async (place) => {
    const receipt = kernelId();
    const written = dynamoDb('UpdateItem', {
      TableName: tableName,
      // No thread has such a time, so that it is among nobody's questions.
      Key: itemKeyOf({ ...place, threadTs: 'greeting', messageTs: 'greeting' }),
      UpdateExpression: 'SET receipt = :receipt',
      // By its receipt a write that the client repeats, because the answer got lost, is not taken for another greeting.
      ConditionExpression: 'attribute_not_exists(message) OR receipt = :receipt',
      ExpressionAttributeValues: marshall({ ':receipt': receipt }),
    });
    return (await unlessRefused(written)) !== undefined;
  };
}
