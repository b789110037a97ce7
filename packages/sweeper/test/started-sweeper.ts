import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Act } from '@vera/audit/act';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createDynamoEndedThreads } from '@vera/ledger/dynamo-ended-threads';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { createDynamoOverdue } from '@vera/ledger/dynamo-overdue';
import type { Lease, QuestionRecord } from '@vera/ledger/ledger';
import { ledgerTable } from '@vera/ledger/table';
import type { Question } from '@vera/protocol/question';
import { signedDynamoDb } from '@vera/service-kit/dynamo-db';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { createSignedCalls } from '@vera/service-kit/signed-calls';
import { replyMarkOf } from '@vera/slack/reply-mark';
import { createSlackCalls } from '@vera/slack/slack-calls';
import type { SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { type SweepParams, sweep } from '../src/sweep.ts';
import { tellLost } from '../src/tell-lost.ts';
import type { LostEnd } from '../src/tell-trace.ts';
import { questionAsked } from './question-asked.ts';
import { workspace } from './workspace.ts';

const tableName = 'vera-ledger';
export const deliveryGrace = 120_000;

/** The sweeper with the real ledger and a Slack workspace; its clock is moved by the test. */
export async function startedSweeper(options: Partial<SlackEmulatorOptions> = {}) {
  const dynamoDb = await createDynamoDb({ record: createCallRecord() });
  const credentials = { accessKeyId: 'sweeper', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: dynamoDb.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  await createTable(client, tableName, ledgerTable);
  const slack = await createSlackEmulator({ workspace, ...options });
  const call = createSlackCalls({ token: workspace.botToken, apiUrl: `${slack.url}/api/` });
  let time = Date.now();
  const ledger = { dynamoDb: sdkDynamoDb(client), tableName, now: () => time };
  const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'sweeper', AWS_SECRET_ACCESS_KEY: 'none', AWS_ENDPOINT_URL: dynamoDb.url };
  const signed = signedDynamoDb(createSignedCalls({ env, timeout: 60_000, maxAttempts: 1 }));
  const inbox = createDynamoInbox({ ...ledger, deliveryGrace: 60_000 });
  const leases = createDynamoLeases({ ...ledger, leaseMilliseconds: 30_000 });
  const resent: Question[] = [];
  const begun = new Map<string, Lease>();
  const lines: string[] = [];
  const acts: Act[] = [];
  const told: { readonly record: QuestionRecord; readonly end: LostEnd }[] = [];
  const params: SweepParams = {
    overdue: createDynamoOverdue({ ...ledger, dynamoDb: signed, onUnreadable: () => undefined }),
    resend: async (question) => void resent.push(question),
    tellLost: (record) => tellLost({ call, pause: async () => {} }, record),
    mostAttempts: 3,
    deliveryGrace,
    longestUnheld: 900_000,
    note: async (act) => {
      acts.push(act);
      return true;
    },
    tellTrace: async (record, end) => void told.push({ record, end }),
    now: ledger.now,
    scope: 'thread' as const,
    log: createLog({ service: 'sweeper', write: (line) => void lines.push(line) }),
  };
  return {
    dynamoDb,
    threads: createDynamoEndedThreads({ ...ledger, dynamoDb: signed }),
    slack,
    call,
    inbox,
    leases,
    resent,
    params,
    events: () => lines.map((line) => (JSON.parse(line) as { event: string }).event),
    lines,
    /** What went into the audit log. */
    acts,
    /** Of which questions the trace was ended. */
    told,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    /** Ann asks in Slack, and the receiver records it. */
    async asked(message: { readonly channel?: string; readonly text?: string; readonly threadTs?: string } = {}): Promise<Question> {
      const question = questionAsked(slack, message);
      await inbox.record(question);
      return question;
    },
    /** Sweeps once everything open is overdue. `change` replaces parts of this sweep. */
    sweepLater(change: Partial<SweepParams> = {}): Promise<boolean> {
      time += deliveryGrace + 1;
      return sweep({ ...params, ...change });
    },
    /** A worker takes it, and dies with it. */
    async begin(question: Question): Promise<Lease> {
      const answer = await leases.lease(question, 'worker-1');
      if (answer.kind !== 'leased') throw new Error(answer.kind);
      begun.set(question.id, answer.lease);
      return answer.lease;
    },
    /** By the last worker that began with it. */
    leaseOf: ({ id }: Question): Lease => begun.get(id)!,
    /** Workers begin with these, and die, until the next sweep is to tell of the loss. */
    async wearOut(...questions: readonly Question[]): Promise<void> {
      for (let attempts = 0; ; ) {
        for (const question of questions) attempts = (await this.begin(question)).record.attempts;
        if (attempts === params.mostAttempts) return;
        await this.sweepLater();
      }
    },
    async recordOf(question: Question): Promise<QuestionRecord | undefined> {
      return (await leases.thread(question)).find((record) => record.question.id === question.id);
    },
    /** What Vera said about a question in its thread. */
    said: ({ channelId, threadTs, id }: Question) =>
      slack.messages(channelId, threadTs).filter((message) => replyMarkOf(message as never)?.question === id),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await slack[Symbol.asyncDispose]();
      await dynamoDb[Symbol.asyncDispose]();
    },
  };
}
