import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import type { DecisionAction } from '@vera/protocol/decision';
import type { Question } from '@vera/protocol/question';
import { type DynamoDb, signedDynamoDb } from '@vera/service-kit/dynamo-db';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { createSignedCalls } from '@vera/service-kit/signed-calls';
import { createDynamoDecisions } from '../src/dynamo-decisions.ts';
import { createDynamoInbox } from '../src/dynamo-inbox.ts';
import { createDynamoLeases } from '../src/dynamo-leases.ts';
import { createDynamoOverdue } from '../src/dynamo-overdue.ts';
import type { Lease, QuestionRecord } from '../src/ledger.ts';
import { ledgerTable } from '../src/table.ts';

export const tableName = 'vera-ledger';
export const deliveryGrace = 60_000;
export const leaseMilliseconds = 30_000;

interface StartedLedgerOptions {
  readonly maxAttempts?: number;
  readonly endpoint?: string;
  readonly around?: (door: DynamoDb) => DynamoDb;
}

/** An empty ledger in a DynamoDB of its own, with a clock that the test moves; each adapter behind the door it has in AWS. `maxAttempts`: of both; `endpoint`: of another DynamoDB; `around`: what stands before it. */
export async function startedLedger({ maxAttempts = 1, endpoint, around = (door) => door }: StartedLedgerOptions = {}) {
  const record = createCallRecord();
  const emulator = await createDynamoDb({ record, onlyConsistentReads: true });
  const credentials = { accessKeyId: 'worker', secretAccessKey: 'none' };
  const url = endpoint ?? emulator.url;
  const client = new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts });
  await createTable(client, tableName, ledgerTable);
  record.reset();
  let time = Date.UTC(2026, 10, 23, 10);
  const signed = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'receiver', AWS_SECRET_ACCESS_KEY: 'none', AWS_ENDPOINT_URL: url };
  const calls = createSignedCalls({ env: signed, timeout: 60_000, maxAttempts });
  const params = { tableName, now: () => time, dynamoDb: around(signedDynamoDb(calls)) };
  const inbox = createDynamoInbox({ ...params, deliveryGrace });
  const decisions = createDynamoDecisions({ ...params, deliveryGrace });
  const leases = createDynamoLeases({ ...params, dynamoDb: around(sdkDynamoDb(client)), leaseMilliseconds });
  const unreadable: unknown[] = [];
  const overdue = createDynamoOverdue({ ...params, onUnreadable: (error) => void unreadable.push(error) });
  return {
    emulator,
    client,
    awsCalls: record,
    inbox,
    decisions,
    leases,
    overdue,
    unreadable,
    now: params.now,
    /** The answer of another receiver, which reads what it decides about before `meanwhile`, and writes behind it. */
    async decidedAcross(action: DecisionAction, meanwhile: () => Promise<unknown>) {
      const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const dynamoDb: DynamoDb = async (operation, input) => {
        if (operation === 'UpdateItem') {
          reached.resolve();
          await released.promise;
        }
        return params.dynamoDb(operation, input);
      };
      const deciding = createDynamoDecisions({ ...params, dynamoDb, deliveryGrace }).decide(action);
      await reached.promise;
      await meanwhile();
      released.resolve();
      return deciding;
    },
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    async recorded(...questions: readonly Question[]): Promise<void> {
      await Promise.all(questions.map((question) => inbox.record(question)));
    },
    /** Throws unless the question can be leased. */
    async leased(question: Question, owner = 'worker-1'): Promise<Lease> {
      const answer = await leases.lease(question, owner);
      if (answer.kind === 'leased') return answer.lease;
      throw new Error(`Not leased: ${answer.kind}`);
    },
    async recordOf(question: Question): Promise<QuestionRecord | undefined> {
      return (await leases.thread(question)).find((one) => one.question.id === question.id);
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}
