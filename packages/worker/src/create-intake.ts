import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createNoteAct } from '@vera/audit/create-note-act';
import { createDynamoGreetings, type GreetOnce } from '@vera/ledger/dynamo-greetings';
import { createDynamoMemoryChoices, type MemoryChoicesShelf } from '@vera/ledger/dynamo-memory-choices';
import { createDynamoOpenQuestions, type OpenQuestionsOf } from '@vera/ledger/dynamo-open-questions';
import { createDynamoPurses } from '@vera/ledger/dynamo-purses';
import type { Leases } from '@vera/ledger/ledger';
import type { Errand } from '@vera/protocol/errand';
import type { Question } from '@vera/protocol/question';
import type { Work } from '@vera/protocol/work';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import { systemClock } from '@vera/service-kit/clock';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import type { Log } from '@vera/service-kit/log';
import { readSecrets } from '@vera/service-kit/read-secrets';
import { sdkDynamoDb, sdkSecrets } from '@vera/service-kit/sdk-clients';
import { showQueued } from '@vera/slack/queued-mark';
import { createSlackCalls, type Pause, type SlackCall } from '@vera/slack/slack-calls';
import { createTellPrivately } from '@vera/slack/tell-privately';
import * as z from 'zod/mini';
import { createPersonAccounts } from './accounts/create-person-accounts.ts';
import { askerOf, type PersonAccounts } from './accounts/person-accounts.ts';
import type { Agent } from './agent/agent.ts';
import { createBedrockModel, modelSettings } from './agent/bedrock-model.ts';
import { createStrandsAgent } from './agent/strands-agent.ts';
import type { ToSystemPrompt } from './agent/system-prompt.ts';
import { tracedAgent } from './agent/traced-agent.ts';
import { atlassianTools } from './atlassian/atlassian-tools.ts';
import { type Budgets, createBudgets } from './budget/create-budgets.ts';
import { limitOf } from './budget/day-budgets.ts';
import { priceOf } from './budget/prices.ts';
import type { Audit } from './changes/change-book.ts';
import { createDelegation } from './delegation/create-delegation.ts';
import type { HelperFiles } from './delegation/specialist.ts';
import { toolKeysOf, type workerEnv } from './env.ts';
import type { AbilitiesOf } from './errands/abilities.ts';
import { type ErrandParams, runErrand } from './errands/run-errand.ts';
import { createFetchFile } from './files/fetch-file.ts';
import { createReadInChild } from './files/read-in-child.ts';
import { createBedrockGuardrail } from './guardrail/bedrock-guardrail.ts';
import { createJudge, type JudgeText } from './guardrail/judge-text.ts';
import { createServers } from './mcp/create-servers.ts';
import type { ToolServers } from './mcp/tool-servers.ts';
import { createMemory, type MemoryParams } from './memory/create-memory.ts';
import { createMemoryClient } from './memory/memory-client.ts';
import { answerQuestion } from './questions/answer-question.ts';
import { createLeases } from './questions/create-leases.ts';
import { type Accepted, Intake } from './questions/intake.ts';
import type { AnswerParams, HeldQuestion, StoryEnd } from './questions/story.ts';
import { accountSecrets, toolSecrets, workerSecrets } from './secrets.ts';
import type { Health } from './server/health.ts';
import { createReadSlack } from './slack-reading/read-slack.ts';
import { createPeople } from './thread/people.ts';
import { createTools } from './tools/create-tools.ts';
import { tracingOf } from './tracing/tracing-of.ts';

type WorkerEnv = z.output<typeof workerEnv>;

export interface WorkIntake {
  /** Takes a question in hand; carries an errand out, and rejects when that may succeed another time. */
  accept(work: Work): Promise<Accepted | 'done'>;
  close(grace: number): Promise<void>;
}

interface IntakeParts {
  readonly toSystemPrompt: ToSystemPrompt;
  readonly helperFiles: HelperFiles;
  readonly health: Pick<Health, 'during'>;
  readonly log: Log;
}

/** Makes what takes and answers questions, and carries out errands, in this process. */
export function createIntake(env: WorkerEnv, { toSystemPrompt, helperFiles, health, log }: IntakeParts): WorkIntake {
  const ledger = { dynamoDb: sdkDynamoDb(new DynamoDBClient(awsDefaults())), tableName: env.LEDGER_TABLE };
  const leases = createLeases({ ...ledger, now: Date.now, leaseMilliseconds: env.LEASE_SECONDS * 1000 }, log);
  const onUnreadable = (error: unknown) => log.error('question.unreadable', { error });
  const openQuestionsOf = createDynamoOpenQuestions({ ...ledger, onUnreadable });
  const shelves = { greetOnce: createDynamoGreetings(ledger), memoryChoices: createDynamoMemoryChoices(ledger) };
  const budgets = createBudgets(env, createDynamoPurses({ ...ledger, now: Date.now }));
  const audit = { note: createNoteAct({ ...auditOf(env, ledger.dynamoDb), log }), content: env.AUDIT_CONTENT };
  const answers = createAnswers(env, { leases, audit, ...budgets, openQuestionsOf, ...shelves, toSystemPrompt, helperFiles }, log);
  const tracing = tracingOf(env, log);
  const intake = new Intake({
    ...systemClock,
    leases,
    health,
    answer: answers.answer,
    showQueued: answers.showQueued,
    newOwner: kernelId,
    log,
    tracing,
    patience: env.ANSWER_SECONDS * 1000,
    heartbeat: env.HEARTBEAT_SECONDS * 1000,
    leaseMilliseconds: env.LEASE_SECONDS * 1000,
    mostAtOnce: limitOf(env.BUDGETS.questionsAtOnce),
    longestWait: env.PLATFORM === 'lambda' ? longestWaitOnLambda : undefined,
  });
  return {
    async accept(work) {
      if (work.kind === 'question') return intake.accept(work);
      await health.during(() => answers.run(work));
      return 'done';
    },
    async close(grace) {
      await intake.close(grace);
      await Promise.all([answers.close(), tracing?.flush()]);
    },
  };
}

function auditOf({ AUDIT_TABLE: tableName, AUDIT_DAYS: days }: WorkerEnv, dynamoDb: DynamoDb) {
  return { ...systemClock, dynamoDb, tableName, days, patience: 10_000 };
}

/** In milliseconds. A process that waits is paid there, and may be the last that is allowed: the earlier question has to find one, too. */
const longestWaitOnLambda = 60_000;

interface Answers {
  answer(held: HeldQuestion): Promise<StoryEnd>;
  showQueued(question: Question): Promise<void>;
  run(errand: Errand): Promise<void>;
  /** Closes what was opened to answer. */
  close(): Promise<void>;
}

/** The secret is read, and tools are opened, with the first question; a failure is not kept. */
function createAnswers(env: WorkerEnv, given: Given, log: Log): Answers {
  let opened: ReturnType<typeof openAnswerParams> | undefined;
  const open = () => {
    opened ??= openAnswerParams(env, given, log).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    answer: async (held) => answerQuestion((await open()).params, held),
    showQueued: async (question) => showQueued((await open()).params.call, question),
    run: async (errand) => runErrand((await open()).params, errand),
    async close() {
      await opened?.then(
        ({ servers }) => servers.close(),
        () => undefined,
      );
    },
  };
}

interface Given extends Budgets {
  readonly leases: Leases;
  readonly audit: Audit;
  readonly openQuestionsOf: OpenQuestionsOf;
  readonly greetOnce: GreetOnce;
  readonly memoryChoices: MemoryChoicesShelf;
  readonly toSystemPrompt: ToSystemPrompt;
  readonly helperFiles: HelperFiles;
}

interface Opened {
  readonly params: AnswerParams & ErrandParams;
  readonly servers: ToolServers;
}

async function openAnswerParams(env: WorkerEnv, { helperFiles, ...given }: Given, log: Log): Promise<Opened> {
  const client = new SecretsManagerClient(awsDefaults());
  const schema = z.extend(workerSecrets, { ...toolSecrets(toolKeysOf(env.MCP_SERVERS)).shape, ...accountSecrets.shape });
  const secrets = readSecrets(sdkSecrets(client), env.SECRET_ID, schema);
  const [{ SLACK_BOT_TOKEN: token, ...keys }, region] = await Promise.all([secrets, client.config.region()]);
  const call = slackCalls(env, token, log);
  const people = createPeople(call, Date.now);
  const accounts = createPersonAccounts(env, {
    secrets: keys,
    call,
    people,
    tools: atlassianTools({ apiUrl: env.ATLASSIAN_API_URL }),
    log,
  });
  const servers = createServers(env, { client, keys, region }, log);
  const isSlackHost = slackHosts(env.SLACK_API_URL);
  const judge = judgeOf(env);
  const agent = createAgent(env, log, { judge, modelId: env.MODEL_ID });
  const params = {
    call,
    ...given,
    tellPrivately: createTellPrivately(env.SLACK_HOOKS_URL, 5_000),
    threadOf: given.leases.thread,
    log,
    ...(accounts ? { accounts } : {}),
    ...memoryOf(env, { choices: given.memoryChoices, key: token, call, people, noteAct: given.audit.note }),
    agent,
    helpers: createDelegation({
      ...helperFiles,
      agents: new Map([
        ['main', agent],
        ...env.HELPER_MODELS.map(([name, id]) => [name, createAgent(env, log, { judge, modelId: id })] as const),
      ]),
      patience: Math.min(longestHelp, (env.ANSWER_SECONDS * 1000) / 2),
    }),
    judge,
    toolsFor: createTools(env, createReadSlack({ call, people, now: Date.now }), log),
    offerTools: (question: Question) => servers.offer(accounts && askerOf(accounts, question)),
    abilitiesOf: createAbilities(env, servers, accounts),
    people,
    fetchFile: createFetchFile({
      call,
      token,
      isSlackHost,
      readInChild: createReadInChild({ milliseconds: 5_000 }),
      log,
    }),
    upload: { call, isSlackHost },
    companyName: env.COMPANY_NAME,
    overlap: env.OVERLAP,
    ...systemClock,
  };
  return { params, servers };
}

function slackCalls({ SLACK_API_URL: apiUrl }: WorkerEnv, token: string, log: Log): SlackCall {
  const onPause = (pause: Pause) => log.warn('slack.waited', { ...pause });
  return createSlackCalls({ token, onPause, ...(apiUrl ? { apiUrl } : {}) });
}

/** Of people; none where it is off. */
function memoryOf({ MEMORY_ID: memoryId }: WorkerEnv, parts: Pick<MemoryParams, 'choices' | 'key' | 'call' | 'people' | 'noteAct'>) {
  return memoryId ? { memory: createMemory({ ...parts, memoryId, open: createMemoryClient(), now: Date.now }) } : {};
}

/** In milliseconds; of a question's time half is left for the answer. */
const longestHelp = 180_000;

interface AgentParts {
  readonly judge: JudgeText | undefined;
  readonly modelId: string;
}

function createAgent(env: WorkerEnv, log: Log, { judge, modelId }: AgentParts): Agent {
  const options = { log: env.DEBUG_ENABLED === 'true' ? log : undefined, guardrail: guardrailOf(env) };
  // One attempt: retries are the agent's, which knows whether text was shown already.
  const model = createBedrockModel(modelSettings(modelId, env.MODEL_MAX_TOKENS), awsDefaults(env.ANSWER_SECONDS * 1000, 1), options);
  return tracedAgent(
    createStrandsAgent({
      model,
      judge,
      price: priceOf(modelId, env.PROFILE_MODELS),
      retry: { attempts: 4, baseMilliseconds: 500 },
    }),
  );
}

function guardrailOf({ GUARDRAIL_ID: id, GUARDRAIL_VERSION: version }: WorkerEnv) {
  return id && version ? { id, version } : undefined;
}

/** Undefined: there is no guardrail, and nothing is judged. */
function judgeOf(env: WorkerEnv): JudgeText | undefined {
  const guardrail = guardrailOf(env);
  if (!guardrail) return undefined;
  return createJudge({ apply: createBedrockGuardrail(awsDefaults(10_000, 1), guardrail), pause: systemClock.pause });
}

/** As the settings say; whether a system can be reached is seen when somebody wants to know. */
function createAbilities(env: WorkerEnv, servers: ToolServers, accounts: PersonAccounts | undefined): AbilitiesOf {
  const documents = env.KNOWLEDGE_BASES.map(({ name }) => name);
  const settled = { documents, readsSlack: env.READS_SLACK === 'true', changes: accounts !== undefined, remembers: Boolean(env.MEMORY_ID) };
  return async (person) => ({ ...settled, systems: (await servers.offer(accounts && askerOf(accounts, person))).systems });
}

/** Slack's file hosts; with another Web API origin, that origin. */
function slackHosts(apiUrl: string | undefined): (url: URL) => boolean {
  if (apiUrl) return (url) => url.origin === new URL(apiUrl).origin;
  return ({ protocol, hostname }) => protocol === 'https:' && /(^|\.)slack(-files)?\.com$/.test(hostname);
}
