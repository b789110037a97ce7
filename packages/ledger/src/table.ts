import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** The ledger's table: partition key `thread`, sort key `message`; only open questions are in the index, by when they are due. */
export const ledgerTable = {
  partitionKey: 'thread',
  sortKey: 'message',
  ttlAttribute: 'expiresAt',
  index: { name: 'open-by-due', partitionKey: 'open', sortKey: 'dueAt' },
} as const;

/** What CreateTable takes to make it, on a machine without the storage stack. */
export function createTableInputOf(TableName: string): CreateTableCommandInput {
  const { partitionKey, sortKey, index } = ledgerTable;
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: partitionKey, AttributeType: 'S' },
      { AttributeName: sortKey, AttributeType: 'S' },
      { AttributeName: index.partitionKey, AttributeType: 'S' },
      { AttributeName: index.sortKey, AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: index.name,
        KeySchema: [
          { AttributeName: index.partitionKey, KeyType: 'HASH' },
          { AttributeName: index.sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
}
