import { type DynamoDBClient, paginateScan, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { QuestionRecord } from '@vera/ledger/ledger';
import { isEarly, readableRecords } from '@vera/ledger/record';

export interface LedgerLook {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

export interface Scanned {
  /** Oldest first. */
  readonly records: readonly QuestionRecord[];
  /** Read units that it took: DynamoDB counts what it reads, not what it finds. */
  readonly units: number;
  /** False: it ended before all was read. */
  readonly isWhole: boolean;
  /** Records of another shape, which are passed over. */
  readonly unreadable: number;
}

interface Wanted {
  /** Of items that are questions. */
  readonly filter?: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** 800 MB of questions; at on-demand prices a cent and a half. */
export const mostUnits = 100_000;

/** What a search of the whole ledger costs, in words. https://aws.amazon.com/dynamodb/pricing/on-demand: $0.125 a million read units, us-east-1, 2026. */
export function costWords({ units }: Pick<Scanned, 'units'>): string {
  return `${Math.ceil(units)} read units of DynamoDB, about $${((units * 0.125) / 1_000_000).toFixed(6)}`;
}

/**
 * The questions of the last thirty days that fit, by reading the whole table: no index knows their ids, and none those that ended. A moment behind the
 * truth.
 */
export async function scanLedger({ client, tableName }: LedgerLook, { filter, names, values }: Wanted = {}): Promise<Scanned> {
  const scan: ScanCommandInput = {
    TableName: tableName,
    FilterExpression: ['attribute_exists(question)', ...(filter === undefined ? [] : [`(${filter})`])].join(' AND '),
    ...(names === undefined ? {} : { ExpressionAttributeNames: { ...names } }),
    ...(values === undefined ? {} : { ExpressionAttributeValues: marshall(values) }),
    ReturnConsumedCapacity: 'TOTAL',
  };
  const records: QuestionRecord[] = [];
  let [units, unreadable, isWhole] = [0, 0, true];
  for await (const { Items = [], ConsumedCapacity, LastEvaluatedKey } of paginateScan({ client }, scan)) {
    records.push(...Items.filter((item) => !isEarly(item)).flatMap((item) => readableRecords(item, () => (unreadable += 1))));
    units += ConsumedCapacity?.CapacityUnits ?? 0;
    isWhole = LastEvaluatedKey === undefined || units < mostUnits;
    if (!isWhole) break;
  }
  return { records: records.sort((one, other) => one.receivedAt - other.receivedAt), units, isWhole, unreadable };
}
