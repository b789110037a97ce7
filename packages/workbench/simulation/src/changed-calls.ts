import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';

export type Values = NonNullable<UpdateItemCommandInput['ExpressionAttributeValues']>;

/** Some writes of the ledger, told by their values and by what they do, are other ones. */
export function changedUpdate(
  isMeant: (values: Values, update: string) => boolean,
  change: (input: UpdateItemCommandInput) => UpdateItemCommandInput,
) {
  return (dynamoDb: DynamoDb): DynamoDb =>
    (operation, input) => {
      const { ExpressionAttributeValues: values = {}, UpdateExpression: update = '' } = input as UpdateItemCommandInput;
      const isIt = operation === 'UpdateItem' && isMeant(values, update);
      return dynamoDb(operation, isIt ? (change(input as UpdateItemCommandInput) as typeof input) : input);
    };
}

export function withCondition(input: UpdateItemCommandInput, change: (text: string) => string): UpdateItemCommandInput {
  return { ...input, ConditionExpression: change(input.ConditionExpression ?? '') };
}
