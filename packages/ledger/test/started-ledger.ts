import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import type { Question } from '@vera/protocol/question';
import { createLedgerTable } from '../src/create-ledger-table.ts';
import { createDynamoDecisions } from '../src/dynamo-decisions.ts';
import { createDynamoInbox } from '../src/dynamo-inbox.ts';
import { createDynamoLeases } from '../src/dynamo-leases.ts';
import { createDynamoOverdue } from '../src/dynamo-overdue.ts';
import type { Lease, QuestionRecord } from '../src/ledger.ts';

export const tableName = 'vera-ledger';
export const deliveryGrace = 60_000;
export const leaseMilliseconds = 30_000;

/** An empty ledger in a DynamoDB of its own, with a clock that the test moves. `maxAttempts`: of the client; `endpoint`: of another DynamoDB. */
export async function startedLedger({ maxAttempts = 1, endpoint }: { readonly maxAttempts?: number; readonly endpoint?: string } = {}) {
  const record = createCallRecord();
  const emulator = await createDynamoDb({ record });
  const credentials = { accessKeyId: 'worker', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: endpoint ?? emulator.url, region: 'us-east-1', credentials, maxAttempts });
  await createLedgerTable(client, tableName);
  record.reset();
  let time = Date.UTC(2026, 10, 23, 10);
  const params = { client, tableName, now: () => time };
  const inbox = createDynamoInbox({ ...params, deliveryGrace });
  const decisions = createDynamoDecisions({ ...params, deliveryGrace });
  const leases = createDynamoLeases({ ...params, leaseMilliseconds });
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
