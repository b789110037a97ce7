import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { accountsTable } from '@vera/accounts/table';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import type { Lease, NewChange, QuestionRecord } from '@vera/ledger/ledger';
import { ledgerTable } from '@vera/ledger/table';
import { hashOfChange } from '@vera/protocol/change';
import { type Question, questionIdOf } from '@vera/protocol/question';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import type { Version } from '../src/doors.ts';

export const began = Date.UTC(2026, 10, 30, 12);
/** Of a message so many seconds later, in Slack's form. */
export const tsAt = (seconds: number) => `${began / 1000 + seconds}.000001`;

export const person = { teamId: 'T01', userId: 'UANN' } as const;

/** Ann's, in the thread that her first message opened. */
export function questionAt(seconds: number, more: Partial<Question> = {}): Question {
  const place = { teamId: 'T01', channelId: 'C01', threadTs: tsAt(0), messageTs: tsAt(seconds) };
  const asker = { userId: 'UANN', userTeamId: 'T01', botUserId: 'UVERA', isDirect: false, isExternal: false };
  const question = { kind: 'question', ...place, ...asker, text: 'who is on call?', files: [], ...more } as const;
  return { ...question, files: [...question.files], id: questionIdOf(question) };
}

export const change: NewChange & { readonly hash: string } = proposed();

function proposed() {
  const shown = {
    ...{ tool: 'create_jira_issue', args: '{"projectId":"10001"}', title: 'Create a bug', system: 'Jira', asker: 'UANN', account: 'ann' },
    fields: [{ field: 'Summary', after: 'Terminals are offline' }],
  };
  const times = { proposedAt: began, expiresAt: began + 900_000, state: 'proposed' } as const;
  return { ...shown, ...times, id: 'c1', input: '{"project":"PAY"}', approvers: ['UANN'], hash: hashOfChange(shown) };
}

/** The adapters of a version over some tables. */
function sideOf(version: Version, client: DynamoDBClient, now: () => number) {
  const table = { dynamoDb: sdkDynamoDb(client), tableName: 'ledger', now };
  const accounts = { dynamoDb: sdkDynamoDb(client), tableName: 'accounts', now };
  const onUnreadable = (error: unknown) => {
    throw error;
  };
  const leases = version.createDynamoLeases({ ...table, leaseMilliseconds: 20_000 });
  return {
    inbox: version.createDynamoInbox({ ...table, deliveryGrace: 60_000 }),
    decisions: version.createDynamoDecisions({ ...table, deliveryGrace: 60_000 }),
    leases,
    overdue: version.createDynamoOverdue({ ...table, onUnreadable }),
    purses: version.createDynamoPurses(table),
    threads: version.createDynamoEndedThreads(table),
    greetOnce: version.createDynamoGreetings(table),
    choices: version.createDynamoMemoryChoices(table),
    openQuestions: version.createDynamoOpenQuestions({ ...table, onUnreadable }),
    shelf: version.createDynamoAccountShelf(accounts),
    links: version.createDynamoLinks(accounts),
    flows: version.createDynamoFlows(accounts),
    waiting: version.createDynamoWaitingQuestions({ ...accounts, log: createLog({ service: 'upgrade', write: () => {} }) }),
    /** Throws unless the question can be leased. */
    async leased(question: Question): Promise<Lease> {
      const answer = await leases.lease(question, 'worker');
      if (answer.kind === 'leased') return answer.lease;
      throw new Error(`Not leased: ${answer.kind}`);
    },
    recordOf: async (question: Question): Promise<QuestionRecord | undefined> =>
      (await leases.thread(question)).find((one) => one.question.id === question.id),
  };
}

/** Two versions over the same empty tables, with a clock that the test moves. */
export async function bothAtOnce(one: Version, other: Version) {
  await using made = new AsyncDisposableStack();
  const { url } = made.use(await createDynamoDb({ record: createCallRecord(), onlyConsistentReads: true }));
  const credentials = { accessKeyId: 'somebody', secretAccessKey: 'none' };
  const client = made.adopt(new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials }), (open) => open.destroy());
  await createTable(client, 'ledger', ledgerTable);
  await createTable(client, 'accounts', accountsTable);
  let time = began;
  const now = () => time;
  const kept = made.move();
  return {
    one: sideOf(one, client, now),
    other: sideOf(other, client, now),
    now,
    pass: (seconds: number) => {
      time += seconds * 1000;
    },
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  };
}
