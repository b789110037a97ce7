import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Question } from '@vera/protocol/question';
import type { MeantAs } from '@vera/protocol/verdict';
import { type ConditionalUpdate, type Item, type LedgerTableParams, recordsOf, tryUpdate, writeOf } from './dynamo-items.ts';
import type { QuestionKey, StopRequest, ThreadKey } from './ledger.ts';
import { itemKeyOf } from './record.ts';

/** Slack brings a delivery that failed again within minutes; DynamoDB takes the note away after a day. */
const keptSeconds = 86_400;

/** What of a question is other after an edit. */
export type Words = Pick<Question, 'text' | 'typed' | 'quotes' | 'files' | 'editedTs'>;

/**
 * Keeps, where the message will be recorded, what came of it before it did. True where it was recorded meanwhile, and is open: then what came is
 * about that record.
 */
async function note(params: LedgerTableParams, key: QuestionKey, early: Omit<ConditionalUpdate, 'kind'>): Promise<boolean> {
  const { condition, update, values, names } = early;
  const { stood } = await tryUpdate(params, key, {
    kind: 'early',
    condition: `attribute_not_exists(#state) AND (${condition})`,
    update: `SET early = :early, expiresAt = :gone, ${update}`,
    values: { ...values, ':early': true, ':gone': Math.floor(params.now() / 1000) + keptSeconds },
    names: { '#state': 'state', ...names },
  });
  return stood?.open !== undefined;
}

/** Most of what is edited and deleted in channels was never for Vera, and is not written. */
async function mayComeYet(params: LedgerTableParams, key: QuestionKey, meantAs: MeantAs): Promise<boolean> {
  return meantAs === 'question' || (meantAs === 'follow-up' && (await recordsOf(params, key)).length > 0);
}

export async function noteDeletion(params: LedgerTableParams, key: QuestionKey, meantAs: MeantAs): Promise<boolean> {
  if (!(await mayComeYet(params, key, meantAs))) return false;
  return note(params, key, { condition: 'attribute_not_exists(isGone)', update: 'isGone = :true REMOVE words', values: { ':true': true } });
}

export async function noteWords(params: LedgerTableParams, question: Question, meantAs: MeantAs): Promise<boolean> {
  if (!(await mayComeYet(params, question, meantAs))) return false;
  const { text, typed, quotes, files, editedTs } = question;
  return note(params, question, {
    condition: `attribute_not_exists(isGone) AND (attribute_not_exists(words)${editedTs === undefined ? '' : ' OR words.editedTs < :ts'})`,
    update: 'words = :words',
    values: { ':words': { text, typed, quotes, files, editedTs }, ':ts': editedTs },
  });
}

/** So long before its stop a message was written that may come yet, in seconds: Slack delivers again after 1 and 5 minutes. */
const longestUnderWay = 900;

/**
 * About a message, where it names no thread what opens one. Most of what people react to in channels was never for Vera: of what is old, or by
 * somebody whom this person may not stop, nothing is written.
 */
export async function noteStop(params: LedgerTableParams, stop: StopRequest): Promise<boolean> {
  const { teamId, channelId, about, author, threadTs = about, ts } = stop;
  if (about === undefined || threadTs === undefined || Number(ts) - Number(about) > longestUnderWay) return false;
  if (author !== undefined && author !== stop.userId && !stop.mayStopAll) return false;
  return note(params, { teamId, channelId, threadTs, messageTs: about }, stopOnce(stop));
}

/** Of a whole thread, be it of what opens it or of any reply; not of one that is old, and in which Vera has no part. */
export async function noteThreadStop(params: LedgerTableParams, stop: StopRequest): Promise<void> {
  const { teamId, channelId, threadTs, ts } = stop;
  if (threadTs === undefined) return;
  const thread = { teamId, channelId, threadTs };
  const isYoung = Number(ts) - Number(threadTs) <= longestUnderWay;
  if (isYoung || (await recordsOf(params, thread)).length > 0) await note(params, stopKeyOf(thread), stopOnce(stop));
}

/** No thread has such a time, so that it is among nobody's questions. */
function stopKeyOf({ teamId, channelId, threadTs }: ThreadKey): QuestionKey {
  return { teamId, channelId, threadTs: `stop|${threadTs}`, messageTs: 'stop' };
}

/** When, in Slack's form, the thread of a question was stopped after it was asked, by who may stop it. */
export async function threadStopAfter({ dynamoDb, tableName }: LedgerTableParams, question: Question): Promise<string | undefined> {
  const { Item } = await dynamoDb('GetItem', { TableName: tableName, Key: itemKeyOf(stopKeyOf(question)), ConsistentRead: true });
  return Item && stopsIn(Item, question).at(-1);
}

/** The last one of each who may stop. */
function stopOnce({ mayStopAll, userId, ts }: StopRequest) {
  return {
    condition: 'attribute_not_exists(#stop) OR #stop < :ts',
    update: '#stop = :ts',
    values: { ':ts': Number(ts) },
    names: { '#stop': mayStopAll ? stopOfAnybody : stopOf(userId) },
  };
}

/** Those that are about this question, the latest last. */
function stopsIn(item: Item, { messageTs, userId }: Question): readonly string[] {
  const stops = [item[stopOfAnybody]?.N, item[stopOf(userId)]?.N].filter((ts) => ts !== undefined);
  return stops.filter((ts) => Number(ts) > Number(messageTs)).sort((one, other) => Number(one) - Number(other));
}

const stopOfAnybody = 'stopOfAnybody';
const stopOf = (userId: string) => `stopOf ${userId}`;

/** What came early, as the question is recorded after all. */
export interface Early {
  /** Tells it from what is there once more has come. */
  readonly write: string;
  readonly isGone: boolean;
  /** The newest; undefined where the question's own are. */
  readonly words?: Words;
  readonly isStopped: boolean;
}

export function earlyOf(item: Item, question: Question): Early {
  const { editedTs = '' } = question;
  const words = item.words?.M && (unmarshall(item.words.M) as Words);
  return {
    write: item[writeOf('early')]?.S ?? '',
    isGone: item.isGone !== undefined,
    ...(words && (words.editedTs ?? '') > editedTs ? { words } : {}),
    isStopped: stopsIn(item, question).length > 0,
  };
}
