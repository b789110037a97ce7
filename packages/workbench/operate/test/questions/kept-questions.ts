import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import type { Lease } from '@vera/ledger/ledger';
import { ledgerTable } from '@vera/ledger/table';
import { type Question, questionIdOf } from '@vera/protocol/question';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';

const tableName = 'vera-ledger';

/** A ledger in a DynamoDB of its own, with the adapters that write to it. */
export async function keptQuestions() {
  const emulator = await createDynamoDb({ record: createCallRecord() });
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  await createTable(client, tableName, ledgerTable);
  let time = Date.UTC(2026, 10, 23, 10);
  const params = { dynamoDb: sdkDynamoDb(client), tableName, now: () => time };
  const inbox = createDynamoInbox({ ...params, deliveryGrace: 60_000 });
  const leases = createDynamoLeases({ ...params, leaseMilliseconds: 20_000 });
  return {
    emulator,
    client,
    ledger: { client, tableName },
    inbox,
    now: params.now,
    pass(milliseconds: number): void {
      time += milliseconds;
    },
    async asked(messageTs: string, more: Partial<Question> = {}): Promise<Question> {
      const question = questionOf(messageTs, more);
      await inbox.record(question);
      time += 1_000;
      return question;
    },
    async leased(question: Question): Promise<Lease> {
      const answer = await leases.lease(question, 'worker');
      if (answer.kind === 'leased') return answer.lease;
      throw new Error(`Not leased: ${answer.kind}`);
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

function questionOf(messageTs: string, more: Partial<Question>): Question {
  const question = {
    kind: 'question',
    teamId: 'T01',
    channelId: 'C01',
    threadTs: messageTs,
    messageTs,
    userId: 'UANN',
    userTeamId: 'T01',
    botUserId: 'UVERA',
    text: 'who is on call?',
    isDirect: false,
    isExternal: false,
    ...more,
    files: [],
  } as const;
  return { ...question, id: questionIdOf(question), files: [] };
}
