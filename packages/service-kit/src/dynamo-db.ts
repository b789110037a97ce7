import type {
  AttributeValue,
  ConditionalCheckFailedException,
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
import { AwsError, type SignedCall } from './signed-calls.ts';

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

/** DynamoDB by signed calls. */
export function signedDynamoDb(call: SignedCall): DynamoDb {
  return async (operation, input) => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${operation}` };
    return JSON.parse(await call({ service: 'dynamodb', headers, body: JSON.stringify(input, bytesAsText) }), textAsBytes);
  };
}

/** Bytes are base64 in JSON. `JSON.stringify` hands over what `toJSON` made of a value, and a `Buffer` has one: so the value itself is read. */
function bytesAsText(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const bytes = this[name];
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : value;
}

/** Only a value of the binary type is a text under this name: an attribute called so is an object. */
function textAsBytes(name: string, value: unknown): unknown {
  return name === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value;
}

/** The answer of a conditional write, or undefined when its condition did not hold; other errors pass. */
export async function unlessRefused<Answer>(write: Promise<Answer>): Promise<Answer | undefined> {
  return (await refusedOr(write)).answer;
}

/** The same, with the item on which the condition failed, where `ReturnValuesOnConditionCheckFailure` asks for it and there is one. */
export async function refusedOr<Answer>(
  write: Promise<Answer>,
): Promise<{ readonly answer?: Answer; readonly stood?: Record<string, AttributeValue> }> {
  try {
    return { answer: await write };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
    const { Item } = error instanceof AwsError ? JSON.parse(error.body, textAsBytes) : (error as ConditionalCheckFailedException);
    return Item ? { stood: Item } : {};
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
