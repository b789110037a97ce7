import { type AttributeValue, DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { toRecord, waitingMark } from '@vera/ledger/record';
import { ledgerTable } from '@vera/ledger/table';
import { names } from '../names.ts';

const { index, partitionKey, sortKey } = ledgerTable;

/**
 * Lets the time be over for every card that waits for somebody; gives how many there were. The clocks of all processes stay as they are:
 * what moves is the card's time in the ledger, to now.
 */
export async function endCards(ledgerUrl: string): Promise<number> {
  const credentials = { accessKeyId: 'lab', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: ledgerUrl, region: 'us-east-1', credentials });
  try {
    const query = {
      TableName: names.ledgerTable,
      IndexName: index.name,
      KeyConditionExpression: '#open = :waiting',
      ExpressionAttributeNames: { '#open': index.partitionKey },
      ExpressionAttributeValues: { ':waiting': { S: waitingMark } },
    };
    const { Items = [] } = await client.send(new QueryCommand(query));
    const updates = Items.flatMap((item) => {
      const { waitsFor } = toRecord(item);
      return waitsFor?.kind === 'decision' ? [expiryOf(item, waitsFor.change)] : [];
    });
    for (const update of updates) await client.send(update);
    return updates.length;
  } finally {
    client.destroy();
  }
}

function expiryOf(item: Record<string, AttributeValue>, change: string): UpdateItemCommand {
  const isKey = ([name]: readonly [string, unknown]) => name === partitionKey || name === sortKey;
  return new UpdateItemCommand({
    TableName: names.ledgerTable,
    Key: Object.fromEntries(Object.entries(item).filter(isKey)),
    UpdateExpression: `SET ${index.sortKey} = :now, changes.#change.expiresAt = :now`,
    ExpressionAttributeNames: { '#change': change },
    ExpressionAttributeValues: { ':now': { N: String(Date.now()) } },
  });
}
