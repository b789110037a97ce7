import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import { systemClock } from '@vera/service-kit/clock';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import type { Act } from '../src/act.ts';
import { createCopyHead } from '../src/copy-head.ts';
import { type AppendParams, append, linesFrom } from '../src/dynamo-chain.ts';
import { headsIn } from '../src/dynamo-heads.ts';
import { auditHeadsTable, auditTable } from '../src/table.ts';
import { verify } from '../src/verify.ts';

const tableName = 'vera-audit';
const headsTable = 'vera-audit-heads';
export const day = 86_400_000;

/** Both tables in a DynamoDB of their own, with a clock that the test moves. */
export async function startedAudit() {
  const emulator = await createDynamoDb({ record: createCallRecord(), onlyConsistentReads: true });
  const credentials = { accessKeyId: 'worker', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  await createTable(client, tableName, auditTable);
  await createTable(client, headsTable, auditHeadsTable);
  let time = Date.UTC(2026, 10, 28, 10);
  const now = () => time;
  const dynamoDb = sdkDynamoDb(client);
  const params: AppendParams = { ...systemClock, now, dynamoDb, tableName, days: 400, patience: 20_000 };
  const heads = { dynamoDb, tableName: headsTable };
  const logged: { readonly event: string; readonly reason?: string }[] = [];
  const log = createLog({ service: 'sweeper', write: (line) => void logged.push(JSON.parse(line)) });
  const linesNow = () => Array.fromAsync(linesFrom(params, 1));
  return {
    params,
    heads,
    logged,
    log,
    emulator,
    /** A sweeper that just started. */
    copyHead: () => createCopyHead({ chain: params, heads, log })(),
    note: (act: Partial<Act> = {}) => append(params, { act: 'change', outcome: 'begun', ...act }),
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    lines: linesNow,
    headsNow: () => headsIn(heads),
    async remove(...numbers: readonly number[]): Promise<void> {
      for (const number of numbers) {
        const Key = { chain: { S: 'vera' }, line: { S: String(number).padStart(12, '0') } };
        await dynamoDb('DeleteItem', { TableName: tableName, Key });
      }
    },
    /** As somebody would who may write to the table. */
    async overwrite(number: number, { text, hash }: { readonly text: string; readonly hash: string }): Promise<void> {
      const Item = { chain: { S: 'vera' }, line: { S: String(number).padStart(12, '0') }, text: { S: text }, hash: { S: hash } };
      await dynamoDb('PutItem', { TableName: tableName, Item });
    },
    async verified(): Promise<readonly string[]> {
      const copied = await headsIn(heads);
      return verify(await linesNow(), copied, time).findings;
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

/** A door through which the first answers of an operation do not come back, though it was done. */
export function losingAnswers(door: DynamoDb, operation: string, answers: number): DynamoDb {
  let left = answers;
  return async (name, input) => {
    const answer = await door(name, input);
    if (name !== operation || left === 0) return answer;
    left -= 1;
    throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
  };
}
