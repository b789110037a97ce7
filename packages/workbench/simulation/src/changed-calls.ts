import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';

export type Values = NonNullable<UpdateItemCommandInput['ExpressionAttributeValues']>;

/** Some writes of the ledger, told by their values, are other ones. */
export function changedUpdate(isMeant: (values: Values) => boolean, change: (input: UpdateItemCommandInput) => UpdateItemCommandInput) {
  return (dynamoDb: DynamoDb): DynamoDb =>
    (operation, input) => {
      const isIt = operation === 'UpdateItem' && isMeant((input as UpdateItemCommandInput).ExpressionAttributeValues ?? {});
      return dynamoDb(operation, isIt ? (change(input as UpdateItemCommandInput) as typeof input) : input);
    };
}

export function withCondition(input: UpdateItemCommandInput, change: (text: string) => string): UpdateItemCommandInput {
  return { ...input, ConditionExpression: change(input.ConditionExpression ?? '') };
}
