import { marshall } from '@aws-sdk/util-dynamodb';
import type { Question } from '@vera/protocol/question';
import { itemsOf } from '@vera/service-kit/dynamo-db';
import { noteStop, stopAfter } from './dynamo-early.ts';
import { type DynamoInboxParams, recordOf, sendingBack, updateIf } from './dynamo-items.ts';
import { createDynamoOpenQuestions } from './dynamo-open-questions.ts';
import type { QuestionRecord, StopAnswer, StopRequest, ThreadKey } from './ledger.ts';
import { readableRecords, threadKeyOf, toRecord } from './record.ts';
import { millisecondsOf } from './slack-time.ts';
import { goingOf, isPart, tookIn } from './took-in.ts';

/** Marks what a stop is about and tells what is to be brought to its worker. Done twice it changes nothing more. */
export async function requestStop(params: DynamoInboxParams, stop: StopRequest): Promise<StopAnswer> {
  // Before it is looked what is open: a question is recorded first, and then looks for this.
  await noteStop(params, stop);
  return stopRecorded(params, stop);
}

/** Done once it is on record, however often it comes, and once it is tried again: a stop may have come before that. `asked`: in Slack's form. */
export async function heedStop(params: DynamoInboxParams, question: Question, asked = askedAt(question)): Promise<void> {
  const ts = await stopAfter(params, question, asked);
  if (ts !== undefined) await mark(params, question, { ts });
}

/** What is edited into a question was asked by that. */
function askedAt({ messageTs, editedTs }: Question): string {
  return editedTs?.split(' ').at(-1) ?? messageTs;
}

async function stopRecorded(params: DynamoInboxParams, stop: StopRequest): Promise<StopAnswer> {
  const meant = meantBy(await openFor(params, stop), stop);
  const theirs = meant.filter(({ question }) => stop.mayStopAll || question.userId === stop.userId);
  const marked = (await Promise.all(theirs.map(({ question }) => markWithReader(params, question, stop)))).flat();
  const refused = theirs.length === 0 ? meant[0]?.question : undefined;
  if (refused) await Promise.all(meant.map(({ question }) => noteRefusal(params, question)));
  // What took in a message that was named, too, was marked twice.
  const reached = new Set(marked.map(({ record }) => record.question.messageTs));
  const brought = new Map(marked.flatMap(({ record: { question: one }, isToBeBrought }) => (isToBeBrought ? [[one.id, one]] : [])));
  return { reached: reached.size, bring: [...brought.values()], ...(refused ? { refused } : {}) };
}

/** What a message says that it was taken into, the write itself tells: an index may not know yet, and nothing is taken in after the stop. */
async function markWithReader(params: DynamoInboxParams, question: Question, stop: StopRequest): Promise<readonly Marked[]> {
  const marked = await mark(params, question, stop);
  if (!marked) return [];
  const reader = await readerOf(params, marked.record);
  const stopped = reader && (await mark(params, reader.question, stop));
  return stopped ? [marked, stopped] : [marked];
}

/** The question that answers a message, too: for good, or as its worker, which has it in hand, took that in. */
async function readerOf(params: DynamoInboxParams, message: QuestionRecord): Promise<QuestionRecord | undefined> {
  if (message.foldedInto === undefined) return undefined;
  const reader = await recordOf(params, { ...message.question, messageTs: message.foldedInto });
  if (!reader || !isPart(reader, message)) return undefined;
  return reader.state === 'running' || tookIn(goingOf(reader), goingOf(message)) ? reader : undefined;
}

/** Open questions, those that wait for a person among them, where the stop may be meant. */
async function openFor(params: DynamoInboxParams, { threadTs, about, ...place }: StopRequest): Promise<readonly QuestionRecord[]> {
  if (threadTs !== undefined) return openInThread(params, { ...place, threadTs });
  // A reaction names no thread. The index is a moment behind; what opens its thread is found at once.
  const [rooted, indexed] = await Promise.all([
    about === undefined ? [] : openInThread(params, { ...place, threadTs: about }),
    createDynamoOpenQuestions({ ...params, onUnreadable: passOver })(place.teamId),
  ]);
  const elsewhere = indexed.filter(({ question }) => question.channelId === place.channelId && question.threadTs !== about);
  return [...rooted, ...elsewhere];
}

/** The sweeper tells of what an older version left in another shape. */
function passOver(): void {}

async function openInThread({ dynamoDb, tableName }: DynamoInboxParams, thread: ThreadKey): Promise<readonly QuestionRecord[]> {
  const query = {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: 'thread = :thread',
    FilterExpression: 'attribute_exists(#open)',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: marshall({ ':thread': threadKeyOf(thread) }),
  };
  const records: QuestionRecord[] = [];
  for await (const item of itemsOf(dynamoDb, query)) records.push(...readableRecords(item, passOver));
  return records;
}

/** What goes together stops together: a message with the question it is taken into, and that one with what its model has read. */
function meantBy(open: readonly QuestionRecord[], stop: StopRequest): readonly QuestionRecord[] {
  const named = open.filter((record) => isMeant(record, stop));
  // Stopped with that one before, a message may be over while it is read once more.
  const read = new Set([stop.about, ...named.map(({ question }) => question.messageTs)]);
  return open.filter((record) => {
    if (Number(record.question.messageTs) >= Number(stop.ts)) return false;
    return named.includes(record) || named.some((reader) => isPart(reader, record)) || (record.folded ?? []).some((ts) => read.has(ts));
  });
}

function isMeant({ question, replies, said = [], changes }: QuestionRecord, { threadTs, about, userId, ts }: StopRequest): boolean {
  if (Number(question.messageTs) >= Number(ts)) return false;
  const posted = () => [...said, ...replies, ...Object.values(changes).map(({ cardTs }) => cardTs)];
  if (about !== undefined) return question.messageTs === about || posted().includes(about);
  return threadTs !== undefined || question.userId === userId;
}

/** As often as a question may begin to wait, or stop waiting, while it is looked at. */
const mostTries = 3;

/** Undefined when it is over, or was begun anew since the stop, where that is told. */
export async function mark(params: DynamoInboxParams, question: Question, stop?: Pick<StopRequest, 'ts'>): Promise<Marked | undefined> {
  const isOfThisTurn = stop ? ' AND (attribute_not_exists(retriedAt) OR retriedAt < :given)' : '';
  const turn = { isOfThisTurn, values: { ':given': stop && millisecondsOf(stop.ts) } };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const marked = (await wake(params, question, turn)) ?? (await markOpen(params, question, turn));
    if (marked) return marked;
  }
  return undefined;
}

/** Slack ends a stream for whoever presses Stop: the worker goes on below where it reads this. */
async function noteRefusal(params: DynamoInboxParams, question: Question): Promise<void> {
  const values = { ':at': params.now(), ':running': 'running' };
  await updateIf(params, question, { kind: 'refuse', condition: '#state = :running', update: 'SET stopRefusedAt = :at', values });
}

interface Marked {
  readonly record: QuestionRecord;
  /** Its worker has it in hand, or is to end it sooner than its turn comes. What is on its way is noticed when it arrives; so is what nobody holds. */
  readonly isToBeBrought: boolean;
}

/** On what condition a stop is about the turn that a question is in. */
interface OfTurn {
  readonly isOfThisTurn: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const noted = 'SET stopRequestedAt = if_not_exists(stopRequestedAt, :at)';

/** What waits for a person waits no longer. */
async function wake(params: DynamoInboxParams, question: Question, turn: OfTurn): Promise<Marked | undefined> {
  const { set, names, values } = sendingBack(params);
  const woken = await updateIf(params, question, {
    kind: 'stop',
    condition: `#state = :waiting${turn.isOfThisTurn}`,
    update: `${noted}, ${set}`,
    names,
    values: { ':waiting': 'waiting', ...turn.values, ...values },
  });
  return woken && { record: toRecord(woken), isToBeBrought: true };
}

async function markOpen(params: DynamoInboxParams, question: Question, turn: OfTurn): Promise<Marked | undefined> {
  const at = params.now();
  const marked = await updateIf(params, question, {
    kind: 'mark',
    condition: `#state IN (:received, :running)${turn.isOfThisTurn}`,
    update: noted,
    values: { ...turn.values, ':at': at, ':received': 'received', ':running': 'running' },
  });
  if (!marked) return undefined;
  const record = toRecord(marked);
  const { state, dueAt = 0, queuedAt, foldedInto } = record;
  const isWaiting = state === 'received' && queuedAt !== undefined && foldedInto === undefined;
  return { record, isToBeBrought: isWaiting || (state === 'running' && dueAt > at) };
}
