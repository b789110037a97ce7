import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { DynamoDb, DynamoDbOperations } from './dynamo-db.ts';
import type { ReadSecret } from './read-secrets.ts';

const commands: Readonly<Record<keyof DynamoDbOperations, unknown>> = {
  DeleteItem: DeleteItemCommand,
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  Query: QueryCommand,
  UpdateItem: UpdateItemCommand,
};

/** By the SDK's client: for a process whose credentials do not come by environment, and for attributes that are bytes. */
export function sdkDynamoDb(client: DynamoDBClient): DynamoDb {
  return (operation, input) => {
    // The SDK has a class for each operation; that input and output belong to one another is said by the door.
    const Command = commands[operation] as new (operationInput: typeof input) => GetItemCommand;
    return client.send(new Command(input));
  };
}

export function sdkSecrets(client: SecretsManagerClient): ReadSecret {
  return async (SecretId) => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
}
