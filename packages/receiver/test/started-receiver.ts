import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Act } from '@vera/audit/act';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createDynamoDecisions } from '@vera/ledger/dynamo-decisions';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { ledgerTable } from '@vera/ledger/table';
import { classify } from '@vera/protocol/classify';
import type { Work } from '@vera/protocol/work';
import { signedDynamoDb } from '@vera/service-kit/dynamo-db';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { createSignedCalls } from '@vera/service-kit/signed-calls';
import type { SlackCall } from '@vera/slack/slack-calls';
import { createTellPrivately } from '@vera/slack/tell-privately';
import { listen } from '@vera/stand-in-kit/listen';
import type { FollowUps } from '../src/judge-follow-up.ts';
import { createReceiver, type SignedPost } from '../src/receiver.ts';
import type { Reply } from '../src/reply.ts';
import { sign, signingSecret } from './sign.ts';

const tableName = 'vera-ledger';
/** The thread of all questions in `envelopes` that do not say otherwise. */
const thread = { teamId: 'T01', channelId: 'C01', threadTs: '1766458026.240809' };

export interface ReceiverOptions {
  /** Stands for the call of the invoker. */
  readonly forward?: (work: Work) => Promise<void>;
  readonly followUps?: FollowUps;
  readonly stoppers?: readonly string[];
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** What Slack says to words at a response URL. */
  readonly hooksAnswer?: () => Response;
  readonly call?: SlackCall;
  readonly tracedShare?: number;
}

type SlackArgs = Readonly<Record<string, unknown>>;

/** The receiver with the real ledger on a DynamoDB of its own. */
export async function startedReceiver({
  forward = async () => {},
  followUps = 'asker',
  stoppers = [],
  pause = async () => {},
  hooksAnswer = () => new Response('ok'),
  call = async () => ({}),
  tracedShare = 0,
}: ReceiverOptions = {}) {
  const awsCalls = createCallRecord();
  const dynamoDb = await createDynamoDb({ record: awsCalls });
  const credentials = { accessKeyId: 'receiver', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: dynamoDb.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  await createTable(client, tableName, ledgerTable);
  awsCalls.reset();
  const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'receiver', AWS_SECRET_ACCESS_KEY: 'none', AWS_ENDPOINT_URL: dynamoDb.url };
  let time = 1_766_458_030_000;
  const now = () => time;
  const ledger = { dynamoDb: signedDynamoDb(createSignedCalls({ env, timeout: 60_000, maxAttempts: 1 })), tableName, now };
  const told: { readonly path: string; readonly body: unknown }[] = [];
  const hooks = await listen(async (request) => {
    told.push({ path: new URL(request.url).pathname, body: await request.json() });
    return hooksAnswer();
  });
  const lines: string[] = [];
  const acts: Act[] = [];
  const shown: SlackArgs[] = [];
  const forwarded: Work[] = [];
  const receive = createReceiver({
    scope: 'thread',
    signingSecret,
    followUps,
    stoppers: new Set(stoppers),
    pause,
    note: async (act) => {
      acts.push(act);
      return true;
    },
    now,
    tracedShare,
    classify: (body, contentType) => classify(body, contentType, { allowedBotIds: ['B77'] }),
    inbox: createDynamoInbox({ ...ledger, deliveryGrace: 60_000 }),
    decisions: createDynamoDecisions({ ...ledger, deliveryGrace: 60_000 }),
    tellPrivately: createTellPrivately(hooks.url, 1_000),
    call: async (method, args) => {
      shown.push({ method, ...args });
      return call(method, args);
    },
    forward: async (work) => {
      forwarded.push(work);
      await forward(work);
    },
    log: createLog({ service: 'receiver', write: (line) => void lines.push(line) }),
  });
  const leases = createDynamoLeases({ dynamoDb: sdkDynamoDb(client), tableName, now, leaseMilliseconds: 30_000 });
  return {
    receive,
    dynamoDb,
    dynamoDbClient: client,
    awsCalls,
    leases,
    now,
    forwarded,
    /** Where response URLs of clicks are, and what was said there. */
    hooks,
    told,
    /** What was asked of Slack's Web API. */
    shown,
    lines,
    /** What went into the audit log. */
    acts,
    /** Names of the events logged, in order. */
    events: () => lines.map((line) => (JSON.parse(line) as { event: string }).event),
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    recorded: () => leases.thread(thread),
    /** A post signed now, as Slack does it; `change` spoils it. */
    post(body: string | Uint8Array, change: Partial<SignedPost> = {}): Promise<Reply> {
      const timestamp = String(Math.floor(time / 1000));
      const signed = {
        body: Buffer.from(body as Uint8Array),
        contentType: 'application/json',
        timestamp,
        signature: sign(body, timestamp),
      };
      return receive({ ...signed, ...change });
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await hooks[Symbol.asyncDispose]();
      await dynamoDb[Symbol.asyncDispose]();
    },
  };
}
