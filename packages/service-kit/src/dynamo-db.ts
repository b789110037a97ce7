import type {
  AttributeValue,
  DeleteItemCommandInput,
  DeleteItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { SignedCall } from './signed-calls.ts';

export interface DynamoDbOperations {
  readonly DeleteItem: { readonly input: DeleteItemCommandInput; readonly output: DeleteItemCommandOutput };
  readonly GetItem: { readonly input: GetItemCommandInput; readonly output: GetItemCommandOutput };
  readonly PutItem: { readonly input: PutItemCommandInput; readonly output: PutItemCommandOutput };
  readonly Query: { readonly input: QueryCommandInput; readonly output: QueryCommandOutput };
  readonly UpdateItem: { readonly input: UpdateItemCommandInput; readonly output: UpdateItemCommandOutput };
}

/** How adapters reach DynamoDB: by signed calls or by the SDK's client. An error is named as DynamoDB names it. */
export type DynamoDb = <Name extends keyof DynamoDbOperations>(
  operation: Name,
  input: DynamoDbOperations[Name]['input'],
) => Promise<DynamoDbOperations[Name]['output']>;

/** DynamoDB by signed calls. Binary attributes, which JSON does not know, are not for it. */
export function signedDynamoDb(call: SignedCall): DynamoDb {
  return async (operation, input) => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${operation}` };
    return JSON.parse(await call({ service: 'dynamodb', headers, body: JSON.stringify(input) }));
  };
}

/** The answer of a conditional write, or undefined when its condition did not hold; other errors pass. */
export async function unlessRefused<Answer>(write: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}

/** What a query finds, page by page: a page may be empty and not be the last, for DynamoDB reads a megabyte first and filters it afterwards. */
export async function* itemsOf(dynamoDb: DynamoDb, query: QueryCommandInput): AsyncGenerator<Record<string, AttributeValue>> {
  let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await dynamoDb('Query', { ...query, ExclusiveStartKey });
    yield* Items;
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
}
