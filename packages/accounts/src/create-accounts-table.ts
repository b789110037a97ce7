import { CreateTableCommand, type DynamoDBClient, ResourceInUseException, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { accountsTable } from './table.ts';

/** Makes the table where no storage stack does it: on a laptop and in tests. One that exists stays. Resolves once it can be used. */
export async function createAccountsTable(client: DynamoDBClient, TableName: string): Promise<void> {
  const keys = [
    { name: accountsTable.partitionKey, KeyType: 'HASH' },
    { name: accountsTable.sortKey, KeyType: 'RANGE' },
  ] as const;
  const command = new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map(({ name }) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: keys.map(({ name, KeyType }) => ({ AttributeName: name, KeyType })),
  });
  try {
    await client.send(command);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.5 }, { TableName });
}
