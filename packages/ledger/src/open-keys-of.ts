import { type AttributeValue, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoLedgerParams } from './dynamo-inbox.ts';
import type { ThreadKey } from './ledger.ts';
import { openMark, threadKeyOf } from './record.ts';

/**
 * Keys of a thread's open questions, in the order asked; only those asked before the message `before`, if it is given. A long thread
 * takes several pages, of which some may be empty: DynamoDB reads a megabyte first and filters it afterwards.
 */
export async function* openKeysOf(
  { client, tableName }: DynamoLedgerParams,
  thread: ThreadKey,
  before?: string,
): AsyncGenerator<Record<string, AttributeValue>> {
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: before === undefined ? 'thread = :thread' : 'thread = :thread AND message < :before',
      FilterExpression: '#open = :open',
      ProjectionExpression: 'thread, message',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: marshall({
        ':thread': threadKeyOf(thread),
        ':open': openMark,
        ...(before === undefined ? {} : { ':before': before }),
      }),
    },
  );
  for await (const { Items = [] } of pages) yield* Items;
}
