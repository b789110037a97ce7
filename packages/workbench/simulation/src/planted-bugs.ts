import type { AttributeValue, QueryCommandInput, QueryCommandOutput, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { QuestionRecord } from '@vera/ledger/ledger';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import type { SlackCall } from '@vera/slack/slack-calls';
import { changedUpdate, type Values, withCondition } from './changed-calls.ts';
import { perCall } from './fakes/fake-agent.ts';
import type { PlantedBug, Role } from './planted-bug.ts';
import { plantedMindBugs } from './planted-mind-bugs.ts';
import { botUserId } from './question-of.ts';

/** What the simulation must find, each put in where our code meets something else. */
export const plantedBugs: readonly PlantedBug[] = [
  ...plantedMindBugs,
  {
    name: 'equal owner: whoever has the same name may take the question, too',
    newOwner: () => 'worker',
    dynamoDb: changedUpdate(isTaking, (input) =>
      withCondition(input, (text) => text.replace('dueAt < :at', '(dueAt < :at OR leaseOwner = :owner)')),
    ),
  },
  { name: 'lease: taken though another holds it', dynamoDb: changedUpdate(isTaking, always) },
  {
    name: 'de-duplication: a second copy is recorded anew',
    dynamoDb: changed('receiver', (dynamoDb) => (operation, input) => {
      const { ConditionExpression: _, ExpressionAttributeValues: __, ...put } = input as UpdateItemCommandInput;
      const anew = { ...put, ConditionExpression: 'attribute_exists(message) OR attribute_not_exists(message)' };
      return dynamoDb(operation, operation === 'PutItem' ? (anew as typeof input) : input);
    }),
  },
  {
    name: 'effect record: that it begins is not put on record',
    held: (held) => ({
      ...held,
      lease: { ...held.lease, noteChange: async (change) => (isStarted(change) ? unwritten(change) : held.lease.noteChange(change)) },
    }),
  },
  {
    name: 'lost acknowledgement: a post without an answer is simply repeated',
    lookFrom: 600,
    slackCall: (call) => (method, args, policy) =>
      call(method, args, method === 'chat.postMessage' ? { ...policy, repeatable: true } : policy),
  },
  { name: 'fallback: nobody looks for the stream whose start got no answer', slackCall: readsNothing(({ limit }) => limit === 200) },
  {
    name: 'order: an earlier question of the thread is not looked for',
    dynamoDb: changed('worker', (dynamoDb) => async (operation, input) => {
      return asksFor(operation, input, ':before') ? ({ Items: [] } as never) : dynamoDb(operation, input);
    }),
  },
  {
    name: 'order: what waits with a card holds up who asks behind it',
    lookFrom: 1920,
    dynamoDb: changed('worker', (dynamoDb) => async (operation, input) => {
      const answer = await dynamoDb(operation, input);
      if (!asksFor(operation, input, ':before')) return answer;
      const { Items = [] } = answer as QueryCommandOutput;
      return { Items: Items.map((item, index) => (index === Items.length - 1 ? item : apart(item))) } as never;
    }),
  },
  {
    name: 'card state: a card is not brought up to date',
    slackCall: (call) => async (method, args, policy) => (method === 'chat.update' && isCard(args) ? {} : call(method, args, policy)),
  },
  {
    name: 'release at SIGTERM: the question is kept',
    lookFrom: 470,
    held: (held) => ({ ...held, lease: { ...held.lease, release: async () => true } }),
  },
  {
    name: 'retry button: each click is a new turn',
    dynamoDb: changedUpdate(({ ':next': next, ':leg': leg }) => next !== undefined && leg !== undefined, always),
  },
  {
    name: 'sweeper: what moved since it was read is claimed all the same',
    lookFrom: 1340,
    dynamoDb: changedUpdate((values) => values[':holder'] !== undefined, always),
  },
  { name: 'monotonic stop: a lease is held for ever by its own clock', lookFrom: 1970, monotonic: () => 0 },
  { name: 'leftovers: the next worker does not see what stands there', slackCall: withoutOwn },
  {
    name: 'outcome mark: the sweeper does not see that it was answered',
    slackCall: readsNothing(({ oldest, limit }) => limit === 500 && oldest !== undefined),
  },
  {
    name: 'fencing: who lost the lease may still write',
    dynamoDb: changedUpdate((values) => values[':owner'] !== undefined && !isTaking(values), always),
  },
  {
    name: 'folded: what an answer took in is not put on record with its end',
    held: (held) => ({ ...held, lease: { ...held.lease, close: (outcome, reason) => held.lease.close(outcome, reason) } }),
  },
  {
    name: 'folded: a message is taken in without a word of it on its record',
    held: (held) => ({ ...held, lease: { ...held.lease, fold: async () => held.lease.record } }),
  },
  {
    name: 'folded: who is brought a message does not look whether it went with another',
    held: (held) => ({ ...held, lease: { ...held.lease, record: withoutFold(held.lease.record) } }),
  },
  {
    name: 'folded: who waits for a person forgets what was taken in',
    lookFrom: 300,
    held: (held) => ({ ...held, lease: { ...held.lease, wait: (what) => held.lease.wait(what) } }),
  },
  { name: 'decision: each click counts', dynamoDb: changedUpdate((values) => values[':decided'] !== undefined, always) },
  {
    name: 'reservation: taken though nothing is left',
    dynamoDb: changedUpdate(isReserving, (input) =>
      withCondition(input, (text) => text.replaceAll(/(\w+) < :most/g, 'attribute_exists($1) OR $1 < :most')),
    ),
  },
  {
    name: 'settlement: whatever the call came to is given back',
    dynamoDb: changedUpdate(
      (values) => Number(values[':tokens']?.N) < 0,
      (input) => ({
        ...input,
        ExpressionAttributeValues: { ...input.ExpressionAttributeValues, ':tokens': { N: `${-perCall.most}` } },
      }),
    ),
  },
  {
    name: 'waking: what waits for a person is never looked at',
    dynamoDb: changed('sweeper', (dynamoDb) => async (operation, input) => {
      return asksFor(operation, input, ':mark')?.S === 'w' ? ({ Items: [] } as never) : dynamoDb(operation, input);
    }),
  },
];

function asksFor(operation: string, input: object, value: string): AttributeValue | undefined {
  return operation === 'Query' ? (input as QueryCommandInput).ExpressionAttributeValues?.[value] : undefined;
}

type Args = Parameters<SlackCall>[1];

function isTaking(values: Values): boolean {
  return values[':owner'] !== undefined && values[':account'] !== undefined;
}

function apart({ foldedInto: _, ...item }: Readonly<Record<string, AttributeValue>>) {
  return item;
}

function isReserving(values: Values): boolean {
  return Object.keys(values).some((name) => name.startsWith(':most'));
}

function isStarted({ state }: { readonly state: string }): boolean {
  return state === 'started';
}

/** As if it were written. */
function unwritten<Change extends { readonly revision?: string }>(change: Change): Change & { revision: string } {
  return { ...change, revision: change.revision ?? '' };
}

function withoutFold({ foldedInto: _, ...record }: QuestionRecord): QuestionRecord {
  return record;
}

function changed(role: Role, change: (dynamoDb: DynamoDb) => DynamoDb) {
  return (dynamoDb: DynamoDb, of: Role) => (of === role ? change(dynamoDb) : dynamoDb);
}

/** Whatever the condition says, as long as there is a record. */
function always(input: UpdateItemCommandInput): UpdateItemCommandInput {
  return withCondition(input, (text) => `attribute_exists(message) OR (${text})`);
}

function isCard({ metadata }: Args): boolean {
  return (metadata as { readonly event_type?: string } | undefined)?.event_type === 'vera_change';
}

function readsNothing(isMeant: (args: Args) => boolean) {
  return (call: SlackCall): SlackCall =>
    async (method, args, policy) =>
      method === 'conversations.replies' && isMeant(args) ? { messages: [], has_more: false } : call(method, args, policy);
}

function withoutOwn(call: SlackCall, role: Role): SlackCall {
  return async (method, args, policy) => {
    const answer = await call(method, args, policy);
    if (role !== 'worker' || method !== 'conversations.replies' || args.limit !== 500) return answer;
    return { ...answer, messages: (answer.messages as { readonly user: string }[]).filter(({ user }) => user !== botUserId) };
  };
}
