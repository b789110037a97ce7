import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import type { Model } from '@vera/bedrock-stand-in/model';
import { createDynamoDecisions } from '@vera/ledger/dynamo-decisions';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { classify } from '@vera/protocol/classify';
import { createReceiver, type SignedPost } from '@vera/receiver/receiver';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import { createLog, type Log } from '@vera/service-kit/log';
import { readEnv } from '@vera/service-kit/read-env';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { createSlackCalls } from '@vera/slack/slack-calls';
import { createTellPrivately } from '@vera/slack/tell-privately';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { demoDocuments, demoSeeds } from '@vera/start/demo-seeds';
import { demoWorkspace } from '@vera/start/demo-workspace';
import { environmentsOf } from '@vera/start/environments';
import { appKeys, names } from '@vera/start/names';
import { registerPortal } from '@vera/start/start-providers';
import { endpointsOf, type Services, startServices } from '@vera/start/start-system';
import { createHealth } from '@vera/worker/create-health';
import { createIntake, type WorkIntake } from '@vera/worker/create-intake';
import { workerEnv } from '@vera/worker/env';
import { readHelperFiles } from '@vera/worker/helper-files';
import { readPromptFiles } from '@vera/worker/prompt-files';
import { createSystemPrompt } from '@vera/worker/system-prompt';
import { vi } from 'vitest';

export interface WorldOptions {
  readonly model: Model;
  /** Variables of the worker that differ from the demo company's. */
  readonly settings?: Readonly<Record<string, string>>;
}

export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

/** The demo company with the receiver and the worker in this process: what ships, with its own prompt, tools, policy and limits. */
export interface World extends AsyncDisposable {
  readonly slack: SlackEmulator;
  readonly services: Services;
  /** What receiver and worker log, in order. */
  readonly lines: readonly LogLine[];
  /** Resolves with the first line, from `from` on, that fits. */
  line(from: number, fits: (line: LogLine) => boolean): Promise<LogLine>;
  /** Resolves once no work is under way. */
  idle(): Promise<void>;
}

/** Where people connect their accounts; nobody goes there. */
export const portalUrl = 'https://portal.northwind.example';

/** One at a time in a process: the endpoints are variables that the AWS SDK reads by itself. */
export async function startWorld({ model, settings = {} }: WorldOptions): Promise<World> {
  await using started = new AsyncDisposableStack();
  const slack = started.use(await createSlackEmulator({ workspace: { ...demoWorkspace, ...appKeys } }));
  const services = await startServices(
    { model, documentsFolder: demoDocuments, linkOf: (path) => `https://docs.northwind.example/${path}`, tools: demoSeeds },
    { record: createCallRecord(), started, kept: { dynamoDb: {}, memory: {} }, slack },
  );
  registerPortal(portalUrl, slack, services);
  const companyName = 'Northwind Clinic Systems';
  const endpoints = { ...endpointsOf(slack, services), agentCore: '' };
  const { worker: deployed } = environmentsOf(
    endpoints,
    {},
    { platform: 'v1', companyName, modelId: names.modelId, sessionScope: 'thread' },
  );
  const environment = { ...deployed, ...aws, PORTAL_URL: portalUrl, ...settings };
  for (const [name, value] of Object.entries(environment)) if (name.startsWith('AWS_')) vi.stubEnv(name, value);
  started.defer(() => void vi.unstubAllEnvs());
  const told = new ToldLines();
  const log = createLog({ service: 'eval', write: (line) => told.take(JSON.parse(line)), debugEnabled: false });
  const env = readEnv(workerEnv, environment);
  const prompt = new URL('.', import.meta.resolve('@vera/worker/prompt/identity.md'));
  const toSystemPrompt = createSystemPrompt(readPromptFiles(prompt), companyName);
  const helperFiles = readHelperFiles(new URL('delegation/', prompt));
  const health = createHealth(Date.now);
  const intake = createIntake(env, { toSystemPrompt, helperFiles, health, log });
  started.defer(() => intake.close(1_000));
  const receiver = started.use(await startReceiver(slack, intake, log));
  await slack.subscribe({ events: receiver.url, interactivity: receiver.url });
  const running = started.move();
  return {
    slack,
    services,
    lines: told.lines,
    line: (from, fits) => told.line(from, fits),
    idle: async () => {
      await slack.idle();
      await vi.waitUntil(() => health.ping().status === 'Healthy', { timeout: 20_000, interval: 2 });
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Nobody checks them; the SDK wants some. */
const aws = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: names.worker, AWS_SECRET_ACCESS_KEY: 'none', AWS_MAX_ATTEMPTS: '1' };

/** The receiver hands on to the worker at once: Lambda, AgentCore and the sweeper between them are tested elsewhere. */
async function startReceiver(slack: SlackEmulator, intake: WorkIntake, log: Log): Promise<Listening> {
  const client = new DynamoDBClient(awsDefaults());
  const ledger = { dynamoDb: sdkDynamoDb(client), tableName: names.ledgerTable, now: Date.now, deliveryGrace: 60_000 };
  const receive = createReceiver({
    scope: 'thread',
    signingSecret: slack.workspace.signingSecret,
    now: Date.now,
    tracedShare: 0,
    classify: (body, contentType) => classify(body, contentType, { allowedBotIds: [] }),
    inbox: createDynamoInbox(ledger),
    decisions: createDynamoDecisions(ledger),
    followUps: 'asker',
    stoppers: new Set(),
    pause: async () => {},
    note: async () => true,
    tellPrivately: createTellPrivately(slack.url, 1_000),
    call: createSlackCalls({ token: slack.workspace.botToken, apiUrl: `${slack.url}/api/` }),
    forward: async (work) => void (await intake.accept(work)),
    log,
  });
  return listen(async (request) => {
    const { status, headers = {}, body = '' } = await receive(await toPost(request));
    return new Response(body, { status, headers });
  });
}

async function toPost(request: Request): Promise<SignedPost> {
  return {
    body: new Uint8Array(await request.arrayBuffer()),
    contentType: request.headers.get('content-type') ?? '',
    timestamp: request.headers.get('x-slack-request-timestamp'),
    signature: request.headers.get('x-slack-signature'),
  };
}

/** Lines as they come, and who waits for one. */
class ToldLines {
  readonly lines: LogLine[] = [];
  private readonly waiting = new Set<(line: LogLine) => void>();

  take(line: LogLine): void {
    this.lines.push(line);
    for (const tell of this.waiting) tell(line);
  }

  async line(from: number, fits: (line: LogLine) => boolean): Promise<LogLine> {
    const there = this.lines.slice(from).find(fits);
    if (there) return there;
    const { promise, resolve, reject } = Promise.withResolvers<LogLine>();
    const tell = (line: LogLine) => {
      if (fits(line)) resolve(line);
    };
    this.waiting.add(tell);
    const late = setTimeout(
      () =>
        reject(
          new Error(
            `Waited in vain; last:\n${this.lines
              .slice(-5)
              .map((line) => JSON.stringify(line))
              .join('\n')}`,
          ),
        ),
      20_000,
    );
    try {
      return await promise;
    } finally {
      clearTimeout(late);
      this.waiting.delete(tell);
    }
  }
}
