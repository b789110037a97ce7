import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Lease, Leases, QuestionRecord } from '@vera/ledger/ledger';
import type { Purses, Spent, Used } from '@vera/ledger/purse';
import type { Question } from '@vera/protocol/question';
import { systemClock } from '@vera/service-kit/clock';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { createSlackCalls } from '@vera/slack/slack-calls';
import { createBedrockModel, modelSettings } from '../agent/bedrock-model.ts';
import { createStrandsAgent } from '../agent/strands-agent.ts';
import type { ToSystemPrompt } from '../agent/system-prompt.ts';
import { createBudgetFor } from '../budget/question-budget.ts';
import { answerQuestion } from '../questions/answer-question.ts';
import type { StoryEnd } from '../questions/story.ts';
import { createPeople } from '../thread/people.ts';
import { calculate, currentTime } from '../tools/sums-and-dates.ts';
import { rehearsedAws } from './aws-answers.ts';

export interface RehearseParams {
  readonly modelId: string;
  readonly toSystemPrompt: ToSystemPrompt;
}

/**
 * Answers a question that nobody asked, with clients, ledger, Slack and model that reach nobody, all thrown away afterwards: the code of an
 * answer is warm then, in the snapshot that every session begins from. Gives how it ended, which is `answered`.
 */
export async function rehearse({ modelId, toSystemPrompt }: RehearseParams): Promise<StoryEnd> {
  const log = createLog({ service: 'rehearsal', write: () => undefined });
  const aws = rehearsedAws();
  const call = createSlackCalls({ token: 'xoxb-rehearsal', fetch: async () => Response.json(slackAnswer) });
  const people = createPeople(call, Date.now);
  const model = createBedrockModel(modelSettings(modelId, 1_000), aws);
  const dynamoDb = sdkDynamoDb(new DynamoDBClient(aws));
  await dynamoDb('GetItem', { TableName: 'rehearsal', Key: { pk: { S: 'rehearsal' } } });
  const params = {
    call,
    people,
    leases,
    agent: createStrandsAgent({ model, retry: { attempts: 1, baseMilliseconds: 1 } }),
    budgetFor: createBudgetFor({
      ...systemClock,
      ...{ purses, newId: () => 'rehearsal', platform: 'v2', isPriced: false },
      limits: { calls: 3, tokens: 100_000, toolCalls: 3, sameCalls: 3 },
      daily: { person: {}, channel: {}, workspace: {} },
    }),
    isPriced: false,
    showsCost: false,
    audit: { note: async () => true, content: 'metadata' as const },
    overlap: 'fold' as const,
    toolsFor: () => [currentTime(Date.now), calculate()],
    upload: { call, isSlackHost: () => false },
    fetchFile: () => Promise.reject(new Error('A rehearsal has no files.')),
    tellPrivately: async () => true,
    toSystemPrompt,
    ...systemClock,
  };
  const { signal } = new AbortController();
  return answerQuestion(params, {
    lease,
    log,
    signal,
    lost: signal,
    isLost: () => false,
    interrupt: () => undefined,
    begun: () => undefined,
  });
}

const question: Question = {
  kind: 'question',
  id: 'q-rehearsal',
  teamId: 'T0REHEARSAL',
  channelId: 'C0REHEARSAL',
  threadTs: '1700000000.000100',
  messageTs: '1700000000.000100',
  userId: 'U0REHEARSAL',
  userTeamId: 'T0REHEARSAL',
  botUserId: 'U0VERA',
  text: '<@U0VERA> what is 1 + 1?',
  files: [],
  isDirect: false,
  isExternal: false,
};

/** Whatever is asked. */
const slackAnswer = {
  ok: true,
  ts: '1700000000.000200',
  channel: question.channelId,
  team_id: question.teamId,
  user_id: question.botUserId,
  user: { id: question.userId, name: 'rehearsal', real_name: 'Rehearsal', team_id: question.teamId },
  messages: [],
};

const record: QuestionRecord = { question, state: 'running', attempts: 1, receivedAt: 0, leg: 0, changes: {}, replies: [], feedback: {} };

const lease: Lease = {
  record,
  taking: 'rehearsal',
  renew: async () => ({ held: true, stopRequested: false, stopRefused: false, withdrawn: false, editedAt: 0 }),
  noteReply: async () => true,
  noteChange: async () => undefined,
  fold: async () => undefined,
  wait: async () => 'waiting',
  goAlone: async () => true,
  close: async () => true,
  release: async () => true,
};

const nothing: Spent = { calls: 0, tokens: 0, microDollars: 0 };
const none: Used = { ...nothing, isAtMost: false, underWay: nothing };

const purses: Purses = {
  reserve: async () => ({ kind: 'reserved' }),
  settle: async () => none,
  read: async () => none,
  admit: async () => true,
  tellOnce: async () => false,
};

const leases: Leases = {
  lease: async () => ({ kind: 'leased', lease }),
  postpone: async () => undefined,
  noteQueued: async () => false,
  thread: async () => [record],
  since: async () => [record],
};
