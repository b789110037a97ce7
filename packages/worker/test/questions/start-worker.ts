import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createDynamoDecisions } from '@vera/ledger/dynamo-decisions';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { createDynamoOverdue } from '@vera/ledger/dynamo-overdue';
import { createDynamoPurses } from '@vera/ledger/dynamo-purses';
import type { Lease, QuestionRecord } from '@vera/ledger/ledger';
import { ledgerTable } from '@vera/ledger/table';
import { wordsOf } from '@vera/protocol/message-words';
import { type Question, slackFileSchema } from '@vera/protocol/question';
import { systemClock } from '@vera/service-kit/clock';
import { kernelId } from '@vera/service-kit/kernel-random';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { showQueued } from '@vera/slack/queued-mark';
import { createSlackCalls } from '@vera/slack/slack-calls';
import { createTellPrivately } from '@vera/slack/tell-privately';
import type { PersonMessage, SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { expect } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import type { Limits } from '../../src/budget/budget.ts';
import type { DayBudgets } from '../../src/budget/day-budgets.ts';
import { createBudgetFor } from '../../src/budget/question-budget.ts';
import { createFetchFile } from '../../src/files/fetch-file.ts';
import { answerQuestion } from '../../src/questions/answer-question.ts';
import { Intake, type IntakeParams } from '../../src/questions/intake.ts';
import type { AnswerParams } from '../../src/questions/story.ts';
import { createHealth } from '../../src/server/health.ts';
import { createPeople } from '../../src/thread/people.ts';
import { northwindPrompt } from '../agent/northwind-prompt.ts';
import { patientReader } from '../files/patient-reader.ts';
import { northwind } from '../northwind.ts';
import { questionOf } from '../question.ts';

export interface StartWorkerOptions {
  readonly agent: Agent;
  readonly judge?: AnswerParams['judge'];
  readonly toolsFor?: AnswerParams['toolsFor'];
  readonly helpers?: NonNullable<AnswerParams['helpers']>;
  readonly offerTools?: NonNullable<AnswerParams['offerTools']>;
  readonly accounts?: NonNullable<AnswerParams['accounts']>;
  readonly memory?: NonNullable<AnswerParams['memory']>;
  /** What writes acts into the audit log; they are written otherwise. */
  readonly note?: AnswerParams['audit']['note'];
  readonly content?: AnswerParams['audit']['content'];
  readonly slack?: Partial<SlackEmulatorOptions>;
  /** The longest a question may take, in milliseconds. */
  readonly patience?: number;
  /** Between two renewals of a lease, in milliseconds. */
  readonly heartbeat?: number;
  /** How long a lease holds without being renewed, in milliseconds. */
  readonly leaseMilliseconds?: number;
  readonly debugEnabled?: boolean;
  /** Of one question. */
  readonly limits?: Partial<Limits>;
  /** Of a day. */
  readonly daily?: Partial<DayBudgets>;
  readonly questionsPerMinute?: number;
  readonly showsCost?: boolean;
  readonly overlap?: AnswerParams['overlap'];
  readonly mostAtOnce?: number;
  readonly longestWait?: number;
}

export const tableName = 'ledger';

/** What works on questions inside the worker, with a real ledger and Slack's own client, against the emulators. */
export async function startWorker({
  agent,
  judge,
  toolsFor = () => [],
  helpers,
  offerTools,
  accounts,
  memory,
  note = async () => true,
  content = 'metadata',
  slack: slackOptions,
  patience = 60_000,
  heartbeat = 20,
  leaseMilliseconds = 30_000,
  debugEnabled = false,
  limits,
  daily,
  questionsPerMinute,
  showsCost = false,
  overlap = 'fold',
  mostAtOnce,
  longestWait,
}: StartWorkerOptions) {
  const slack = await createSlackEmulator({ workspace: northwind, ...slackOptions });
  const awsRecord = createCallRecord();
  const dynamo = await createDynamoDb({ record: awsRecord });
  const credentials = { accessKeyId: 'worker', secretAccessKey: 'x' };
  const client = new DynamoDBClient({ endpoint: dynamo.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  await createTable(client, tableName, ledgerTable);
  const dynamoDb = sdkDynamoDb(client);
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const leases = createDynamoLeases({ dynamoDb, tableName, now, leaseMilliseconds });
  const inbox = createDynamoInbox({ dynamoDb, tableName, now, deliveryGrace: 30_000 });
  let failing = { times: 0, of: '' };
  const purses = createDynamoPurses({
    tableName,
    now,
    dynamoDb: async (operation, input) => {
      const isHit = operation === 'UpdateItem' && JSON.stringify(input).includes(failing.of);
      if (!isHit || failing.times === 0) return dynamoDb(operation, input);
      failing = { ...failing, times: failing.times - 1 };
      throw new Error('Rate exceeded');
    },
  });
  const decisions = createDynamoDecisions({ dynamoDb, tableName, now, deliveryGrace: 30_000 });
  const overdue = createDynamoOverdue({ dynamoDb, tableName, now, onUnreadable: (error) => void lines.push({ error }) });
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'worker', write: (line) => lines.push(JSON.parse(line)), debugEnabled });
  const call = createSlackCalls({ token: northwind.botToken, apiUrl: `${slack.url}/api/` });
  const people = createPeople(call, now);
  let ticks = 0;
  const params: AnswerParams = {
    ...systemClock,
    call,
    leases,
    audit: { note, content },
    agent,
    judge,
    budgetFor: createBudgetFor({
      ...systemClock,
      ...{ purses, now, newId: kernelId, pause: async () => undefined, platform: 'v2' as const, isPriced: true },
      questionsPerMinute,
      limits: { calls: 60, tokens: 600_000, toolCalls: 200, sameCalls: 5, ...limits },
      daily: { person: {}, channel: {}, workspace: {}, ...daily },
    }),
    isPriced: true,
    showsCost,
    overlap,
    toolsFor,
    ...(helpers ? { helpers } : {}),
    ...(offerTools ? { offerTools } : {}),
    ...(accounts ? { accounts } : {}),
    ...(memory ? { memory } : {}),
    people,
    fetchFile: createFetchFile({
      call,
      token: northwind.botToken,
      isSlackHost: ({ origin }) => origin === slack.url,
      readInChild: patientReader(),
      log,
    }),
    upload: { call, isSlackHost: ({ origin }) => origin === slack.url, looks: [0, 1, 2, 3] },
    tellPrivately: createTellPrivately(slack.url, 5_000),
    toSystemPrompt: northwindPrompt,
    now: () => {
      // The writer never waits for its next call.
      ticks += 1_001;
      return now() + ticks;
    },
  };
  let answering = params;
  const health = createHealth(Date.now);
  const intakeOf = (owner: string, changes: Partial<IntakeParams> = {}) =>
    new Intake({
      ...systemClock,
      ...{ leases, health, log, patience, heartbeat, leaseMilliseconds, mostAtOnce, longestWait },
      newOwner: () => owner,
      answer: (story) => answerQuestion(answering, story),
      showQueued: (question) => showQueued(answering.call, question),
      ...changes,
    });
  const recordOf = async (question: Question): Promise<QuestionRecord | undefined> =>
    (await leases.thread(question)).find((record) => record.question.id === question.id);
  return {
    slack,
    dynamo,
    awsRecord,
    call,
    people,
    leases,
    inbox,
    decisions,
    overdue,
    purses,
    /** So many writes of purses are refused; only those of `kind`, if it is given. */
    failPurses: (times: number, kind = '') => {
      failing = { times, of: kind && `budget|${kind}` };
    },
    client,
    now,
    health,
    lines,
    intake: intakeOf('worker-1'),
    intakeOf,
    recordOf,
    /** From now on nobody's accounts can be used. */
    withoutAccounts: () => {
      const { accounts: _, ...rest } = params;
      answering = rest;
    },
    /** Moves the ledger's clock. */
    pass: (milliseconds: number) => {
      ahead += milliseconds;
    },
    /** A person asks, and the receiver has recorded it. */
    async ask(message: Partial<PersonMessage> & { readonly text: string }, changes: Partial<Question> = {}): Promise<Question> {
      const posted = slack.post({ user: 'UANN', channel: 'COPS', ...message });
      const question = questionAsked(posted, changes);
      await inbox.record(question);
      return question;
    },
    /** The lease of another worker, which then dies. */
    async leasedBy(owner: string, question: Question): Promise<Lease> {
      const answer = await leases.lease(question, owner);
      if (answer.kind !== 'leased') throw new Error(answer.kind);
      return answer.lease;
    },
    /** The record of a question once it is closed. */
    async closed(question: Question): Promise<QuestionRecord | undefined> {
      await expect
        .poll(async () => (await recordOf(question))?.state, { timeout: 30_000, interval: 10 })
        .toMatch(/answered|failed|stopped|refused/);
      await expect.poll(() => health.ping().status, { timeout: 30_000, interval: 5 }).toBe('Healthy');
      return recordOf(question);
    },
    /** Ours in the thread of a question, oldest first. */
    replies: ({ channelId, threadTs }: Question): readonly SlackMessage[] =>
      slack.messages(channelId, threadTs).filter(({ user }) => user === northwind.botUserId),
    text: ({ channelId, threadTs }: Question): string =>
      slack
        .messages(channelId, threadTs)
        .filter(({ user }) => user === northwind.botUserId)
        .map(({ markdown, text }) => markdown ?? text)
        .join('\n---\n'),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await Promise.all([slack[Symbol.asyncDispose](), dynamo[Symbol.asyncDispose]()]);
    },
  };
}

function questionAsked(posted: SlackMessage, changes: Partial<Question>): Question {
  const files = (posted.files ?? []).map((file) => slackFileSchema.parse({ ...file, url: file.url_private_download }));
  const { text, typed, quotes } = wordsOf(posted);
  return questionOf({
    messageTs: posted.ts,
    threadTs: posted.thread_ts ?? posted.ts,
    channelId: posted.channel,
    userId: posted.user ?? '',
    text,
    ...(typed === undefined ? {} : { typed }),
    ...(quotes.length === 0 ? {} : { quotes: [...quotes] }),
    isDirect: posted.channel.startsWith('D'),
    files,
    ...changes,
  });
}
