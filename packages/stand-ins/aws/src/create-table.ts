import { CreateTableCommand, type DynamoDBClient, ResourceInUseException, waitUntilTableExists } from '@aws-sdk/client-dynamodb';

/** A table's keys, as the adapters and the stacks know them. */
export interface TableShape {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Holds all attributes; its sort key is a number. */
  readonly index?: { readonly name: string; readonly partitionKey: string; readonly sortKey: string };
}

/** Makes a table where no storage stack does it: on a laptop and in tests. One that exists stays. Resolves once it can be used. */
export async function createTable(client: DynamoDBClient, TableName: string, shape: TableShape): Promise<void> {
  const { index } = shape;
  const numbers = index ? [index.sortKey] : [];
  const names = [shape.partitionKey, shape.sortKey, ...(index ? [index.partitionKey, index.sortKey] : [])];
  const command = new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: numbers.includes(name) ? 'N' : 'S' })),
    KeySchema: keysOf(shape),
    ...(index && {
      GlobalSecondaryIndexes: [{ IndexName: index.name, KeySchema: keysOf(index), Projection: { ProjectionType: 'ALL' } }],
    }),
  });
  try {
    await client.send(command);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.5 }, { TableName });
}

function keysOf({ partitionKey, sortKey }: Pick<TableShape, 'partitionKey' | 'sortKey'>) {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' as const },
    { AttributeName: sortKey, KeyType: 'RANGE' as const },
  ];
}
