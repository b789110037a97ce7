import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { DataKeys } from './data-keys.ts';
import type { DynamoDb, DynamoDbOperations } from './dynamo-db.ts';
import type { ReadSecret } from './read-secrets.ts';

const commands: Readonly<Record<keyof DynamoDbOperations, unknown>> = {
  DeleteItem: DeleteItemCommand,
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  Query: QueryCommand,
  UpdateItem: UpdateItemCommand,
};

/** By the SDK's clients: for a process whose credentials do not come by environment. */
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

export function sdkDataKeys(client: KMSClient): DataKeys {
  return {
    async make(KeyId, EncryptionContext) {
      const made = await client.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
      return { plain: there(made.Plaintext), encrypted: there(made.CiphertextBlob) };
    },
    async decrypt(KeyId, CiphertextBlob, EncryptionContext) {
      return there((await client.send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionContext }))).Plaintext);
    },
  };
}

/** The SDK's types leave out what KMS always sends. */
function there(bytes: Uint8Array | undefined): Uint8Array {
  if (!bytes) throw new Error('KMS gave no data key');
  return bytes;
}
