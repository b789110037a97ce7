import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createNoteAct } from '@vera/audit/create-note-act';
import { linesFrom } from '@vera/audit/dynamo-chain';
import { auditTable } from '@vera/audit/table';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createBedrockRuntime } from '@vera/bedrock-stand-in/create-bedrock-runtime';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { createDynamoDecisions } from '@vera/ledger/dynamo-decisions';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { createDynamoOverdue } from '@vera/ledger/dynamo-overdue';
import { createDynamoPurses } from '@vera/ledger/dynamo-purses';
import { ledgerTable } from '@vera/ledger/table';
import type { Question } from '@vera/protocol/question';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import { systemClock } from '@vera/service-kit/clock';
import { kernelId } from '@vera/service-kit/kernel-random';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { createSlackCalls } from '@vera/slack/slack-calls';
import { createTellPrivately } from '@vera/slack/tell-privately';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { createBedrockModel, modelSettings } from '../../src/agent/bedrock-model.ts';
import { createStrandsAgent } from '../../src/agent/strands-agent.ts';
import { createBudgetFor } from '../../src/budget/question-budget.ts';
import { createFetchFile } from '../../src/files/fetch-file.ts';
import { answerQuestion } from '../../src/questions/answer-question.ts';
import { Intake } from '../../src/questions/intake.ts';
import type { AnswerParams } from '../../src/questions/story.ts';
import { createHealth } from '../../src/server/health.ts';
import { createPeople } from '../../src/thread/people.ts';
import type { PersonWrite } from '../../src/tools/person-tool.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { northwindPrompt } from '../agent/northwind-prompt.ts';
import { tokenOf } from '../changes/start-gate.ts';
import { patientReader } from '../files/patient-reader.ts';
import { northwind } from '../northwind.ts';
import { questionOf } from '../question.ts';
import { type Mortal, mortalAudit, mortalDynamoDb, mortalSlack } from './mortal.ts';

const tableName = 'ledger';
const audit = { tableName: 'audit', days: 400, patience: 10_000 };
const leaseMilliseconds = 20_000;
/** Longer than a test: who lives renews nothing, so that each run passes the same points. */
const heartbeat = 600_000;

type Script = (asked: string, results: readonly string[]) => ScriptedTurn;

/** One Slack, one ledger, one model, in which many processes live and die; each question has its own clock. */
export async function startWorld(script: Script) {
  await using started = new AsyncDisposableStack();
  const slack = started.use(await createSlackEmulator({ workspace: northwind }));
  const dynamo = started.use(await createDynamoDb({ record: createCallRecord() }));
  const bedrock = started.use(
    await createBedrockRuntime({ record: createCallRecord(), model: scriptedModel((request) => script(...saidIn(request.messages))) }),
  );
  const credentials = { accessKeyId: 'worker', secretAccessKey: 'x' };
  const client = started.adopt(new DynamoDBClient({ endpoint: dynamo.url, region: 'us-east-1', credentials }), (one) => one.destroy());
  await createTable(client, tableName, ledgerTable);
  await createTable(client, audit.tableName, auditTable);
  const dynamoDb = sdkDynamoDb(client);
  const call = createSlackCalls({ token: northwind.botToken, apiUrl: `${slack.url}/api/` });
  const agentClient = { ...awsDefaults(5_000, 1), endpoint: bedrock.url, region: 'us-east-1', credentials };
  const log = createLog({ service: 'worker', write: () => {} });
  const stack = started.move();

  return {
    slack,
    /** The whole audit log. */
    lines: () => Array.fromAsync(linesFrom({ dynamoDb, tableName: audit.tableName }, 1)),
    ledgerAt: (now: () => number) => ({
      leases: createDynamoLeases({ dynamoDb, tableName, now, leaseMilliseconds }),
      inbox: createDynamoInbox({ dynamoDb, tableName, now, deliveryGrace: leaseMilliseconds }),
      decisions: createDynamoDecisions({ dynamoDb, tableName, now, deliveryGrace: leaseMilliseconds }),
      overdue: createDynamoOverdue({ dynamoDb, tableName, now, onUnreadable: () => {} }),
    }),
    ask(text: string, threadTs?: string): Question {
      const asked = { user: 'UANN', channel: 'COPS', text: `<@UVERA> ${text}`, ...(threadTs === undefined ? {} : { threadTs }) };
      const { ts, channel } = slack.post(asked);
      return questionOf({ messageTs: ts, threadTs: threadTs ?? ts, channelId: channel, userId: 'UANN', text });
    },
    /** A worker, alive until its `mortal` dies. */
    processOf(owner: string, mortal: Mortal, { now, tool, write }: { now: () => number; tool: Tool; write: PersonWrite }) {
      const health = createHealth(now);
      const mine = mortalSlack(mortal, call);
      const leases = createDynamoLeases({ dynamoDb: mortalDynamoDb(mortal, dynamoDb), tableName, now, leaseMilliseconds });
      let ticks = 0;
      const params: AnswerParams = {
        ...systemClock,
        call: mine,
        leases,
        audit: {
          note: createNoteAct({ ...systemClock, now, log, ...audit, dynamoDb: mortalAudit(mortal, dynamoDb) }),
          content: 'metadata',
        },
        agent: createStrandsAgent({
          model: mortalModel(mortal, createBedrockModel(modelSettings('us.anthropic.claude-sonnet-5-5', 4_096), agentClient)),
          judge: undefined,
          retry: { attempts: 3, baseMilliseconds: 1 },
        }),
        budgetFor: createBudgetFor({
          ...{ ...systemClock, now, newId: kernelId, platform: 'v2', isPriced: true },
          purses: createDynamoPurses({ dynamoDb: mortalDynamoDb(mortal, dynamoDb), tableName, now }),
          // One person dies with a hundred workers here, in seconds.
          questionsPerMinute: 10_000,
          limits: { calls: 60, tokens: 600_000, toolCalls: 200, sameCalls: 5 },
          daily: { person: { tokens: 100_000_000 }, channel: {}, workspace: {} },
        }),
        isPriced: true,
        showsCost: false,
        overlap: 'fold',
        toolsFor: () => [{ ...tool, run: (input, signal) => mortal.effect(`tool ${tool.name}`, () => tool.run(input, signal)) }],
        accounts: {
          accessTokenOf: async ({ userId }) => tokenOf(userId),
          tools: [mortalWrite(mortal, write)],
          approvers: [],
          sendLink: async () => {},
          bringBack: async () => {},
        },
        people: createPeople(mine, now),
        fetchFile: createFetchFile({ call: mine, token: northwind.botToken, isSlackHost: () => true, readInChild: patientReader(), log }),
        upload: { call: mine, isSlackHost: () => true, looks: [0, 1] },
        tellPrivately: createTellPrivately(slack.url, 5_000),
        toSystemPrompt: northwindPrompt,
        now: () => {
          // The writer never waits for its next call.
          ticks += 1_001;
          return now() + ticks;
        },
      };
      const answer = (story: Parameters<typeof answerQuestion>[1]) => answerQuestion(params, story);
      const intake = new Intake({
        ...systemClock,
        leases,
        health,
        log,
        patience: 600_000,
        heartbeat,
        leaseMilliseconds,
        newOwner: () => owner,
        answer,
      });
      return {
        /** The invoker hands a question over. */
        accept: (question: Question) => mortal.effect('hand-over', () => intake.accept(question)),
        isIdle: () => health.ping().status === 'Healthy',
      };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function mortalWrite(mortal: Mortal, write: PersonWrite): PersonWrite {
  const { recovery } = write;
  return {
    ...write,
    perform: (...given) => mortal.effect(`remote ${write.name}`, () => write.perform(...given)),
    recovery: recovery.kind === 'checkable' ? { ...recovery, look: (...given) => mortal.look(() => recovery.look(...given)) } : recovery,
  };
}

type Model = ReturnType<typeof createBedrockModel>;

function mortalModel(mortal: Mortal, model: Model): Model {
  const answer = model.answer.bind(model);
  model.answer = async function* (...given) {
    await mortal.effect('model asked', async () => undefined);
    for await (const event of answer(...given)) {
      await mortal.look(async () => undefined);
      yield event;
    }
    await mortal.effect('model answered', async () => undefined);
  };
  return model;
}

interface Said {
  readonly role: string;
  readonly content: readonly unknown[];
}

/** What was asked last, and the results of tools behind it. */
function saidIn(messages: readonly Said[]): [string, string[]] {
  const asked = messages.findLastIndex(({ role, content }) => role === 'user' && !JSON.stringify(content).includes('"toolResult"'));
  const results = messages.slice(asked + 1).flatMap(({ content }) => content.filter((part) => 'toolResult' in (part as object)));
  return [JSON.stringify(messages[asked]), results.map((result) => JSON.stringify(result))];
}
