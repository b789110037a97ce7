import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { QuestionRecord } from '@vera/ledger/ledger';
import { openMark, readableRecords, waitingMark } from '@vera/ledger/record';
import { ledgerTable } from '@vera/ledger/table';
import type { LedgerLook } from './ledger-scan.ts';

const marks = { open: openMark, waiting: waitingMark } as const;

/** What is open, or waits for a person, oldest first: an index holds just that. A moment behind the truth. */
export async function openRecords({ client, tableName }: LedgerLook, which: keyof typeof marks): Promise<readonly QuestionRecord[]> {
  const records: QuestionRecord[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, queryOf(tableName, marks[which])))
    records.push(...Items.flatMap((item) => readableRecords(item, () => undefined)));
  return records.sort((one, other) => one.receivedAt - other.receivedAt);
}

/** Both. */
export async function unfinished(ledger: LedgerLook): Promise<readonly QuestionRecord[]> {
  const both = await Promise.all([openRecords(ledger, 'open'), openRecords(ledger, 'waiting')]);
  return both.flat().sort((one, other) => one.receivedAt - other.receivedAt);
}

function queryOf(TableName: string, mark: string) {
  return {
    TableName,
    IndexName: ledgerTable.index.name,
    KeyConditionExpression: '#open = :mark',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: marshall({ ':mark': mark }),
  };
}
