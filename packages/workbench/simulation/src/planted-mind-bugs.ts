import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { ReceiverParams } from '@vera/receiver/receiver';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import { changedUpdate, type Values, withCondition } from './changed-calls.ts';
import type { PlantedBug } from './planted-bug.ts';

/** What the simulation must find where people change their minds. */
export const plantedMindBugs: readonly PlantedBug[] = [
  { name: 'stop: ignored by who takes the question up again', dynamoDb: unseen('stopRequestedAt', isTakenUpAgain) },
  {
    name: 'stop: a change that was approved is begun all the same',
    dynamoDb: (dynamoDb, role) => changedUpdate(isChanging, wanted)(unseen('stopRequestedAt', () => true)(dynamoDb, role)),
  },
  {
    name: 'stop: anybody may',
    lookFrom: 395,
    receiver: inbox(({ requestStop }) => ({ requestStop: (stop) => requestStop({ ...stop, mayStopAll: true }) })),
  },
  {
    name: 'stop: that came before its question is forgotten',
    dynamoDb: (dynamoDb) => async (operation, input) => (isEarlyStop(input) ? ({} as never) : dynamoDb(operation, input)),
  },
  { name: 'deletion: what was deleted is answered all the same', dynamoDb: unseen('withdrawnAt', () => true) },
  {
    name: 'deletion: that came before its question is forgotten',
    lookFrom: 870,
    receiver: inbox(({ withdraw }) => ({ withdraw: (message) => withdraw(message, 'nothing') })),
  },
  {
    name: 'deletion: what was said stays',
    slackCall: (call, role) => async (method, args, policy) =>
      role === 'worker' && method === 'chat.delete' ? {} : call(method, args, policy),
  },
  { name: 'edit: an older one wins', dynamoDb: changedUpdate(isEditing, (input) => withCondition(input, withoutNewer)) },
  { name: 'edit: a card survives it', dynamoDb: changedUpdate(isEditingWaiting, wordsAlone) },
  {
    name: 'edit: that came before its question is forgotten',
    receiver: inbox(({ edit }) => ({ edit: (question) => edit(question, 'nothing') })),
  },
  { name: 'edit: an answer under way does not hear of it', dynamoDb: unseen('editedAt', () => true) },
  {
    name: 'folded: an edit of a message that was taken in is told to nobody',
    dynamoDb: changedUpdate(isTelling, never),
  },
  {
    name: 'folded: a deletion of a message that was taken in leaves the card',
    dynamoDb: changedUpdate(isStoppingReader, never),
  },
  {
    name: 'status: it stays when a question is over',
    slackCall: (call, role) => async (method, args, policy) =>
      role === 'worker' && args.status === 'active' ? {} : call(method, args, policy),
  },
];

/** The question that has read a message is told of its edit. */
function isTelling({ ':edit': edit }: Values): boolean {
  return edit !== undefined;
}

/** What has read a message is stopped as that is deleted: unlike any other stop, whenever it was begun. */
function isStoppingReader({ ':given': given }: Values, update: string): boolean {
  return update.includes('stopRequestedAt') && given === undefined;
}

/** It does nothing, as if its condition did not hold. */
function never(input: UpdateItemCommandInput): UpdateItemCommandInput {
  return withCondition(input, (text) => `(${text}) AND attribute_not_exists(message)`);
}

type Inbox = ReceiverParams['inbox'];
type Item = Readonly<Record<string, AttributeValue>>;

function inbox(change: (inbox: Inbox) => Partial<Inbox>) {
  return (params: ReceiverParams): ReceiverParams => ({ ...params, inbox: { ...params.inbox, ...change(params.inbox) } });
}

/** As if a record did not say it, for who reads it or has written it. */
function unseen(name: string, isMeant: (item: Item) => boolean) {
  const without = (item: Item): Item => {
    const { [name]: _, ...others } = item;
    return isMeant(item) ? others : item;
  };
  return (dynamoDb: DynamoDb, role: string): DynamoDb =>
    role !== 'worker'
      ? dynamoDb
      : async (operation, input) => {
          const { Attributes, Item, Items, ...answer } = (await dynamoDb(operation, input)) as {
            Attributes?: Item;
            Item?: Item;
            Items?: readonly Item[];
          };
          return {
            ...answer,
            ...(Attributes ? { Attributes: without(Attributes) } : {}),
            ...(Item ? { Item: without(Item) } : {}),
            ...(Items ? { Items: Items.map(without) } : {}),
          } as never;
        };
}

function isTakenUpAgain({ attempts, leg }: Item): boolean {
  return Number(attempts?.N ?? 0) > 1 || Number(leg?.N ?? 0) > 0;
}

function isEarlyStop(input: object): boolean {
  const { ExpressionAttributeNames: names = {} } = input as UpdateItemCommandInput;
  return names['#stop']?.startsWith('stopOf') ?? false;
}

function isChanging({ ':change': change }: Values): boolean {
  return change?.M?.state?.S === 'started';
}

function wanted(input: UpdateItemCommandInput): UpdateItemCommandInput {
  return withCondition(input, (text) =>
    text.replace(' AND attribute_not_exists(stopRequestedAt) AND attribute_not_exists(withdrawnAt)', ''),
  );
}

function isEditing({ ':text': text, ':ts': ts }: Values): boolean {
  return text !== undefined && ts !== undefined;
}

function isEditingWaiting({ ':text': text, ':waiting': waiting }: Values): boolean {
  return text !== undefined && waiting !== undefined;
}

/** Nobody is woken, and what was proposed stands. */
function wordsAlone({
  ExpressionAttributeNames: names = {},
  ExpressionAttributeValues: values = {},
  ...input
}: UpdateItemCommandInput): UpdateItemCommandInput {
  const UpdateExpression = 'SET #write = :write, question.#text = :text';
  const used = new Set(`${UpdateExpression} ${input.ConditionExpression}`.match(/[#:]\w+/g));
  const usedOf = <Value>(all: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)));
  return { ...input, UpdateExpression, ExpressionAttributeNames: usedOf(names), ExpressionAttributeValues: usedOf(values) };
}

function withoutNewer(text: string): string {
  return text.replace(' AND (attribute_not_exists(question.editedTs) OR question.editedTs < :ts)', '');
}
