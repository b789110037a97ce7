import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Question } from '@vera/protocol/question';
import type { MeantAs } from '@vera/protocol/verdict';
import { type ConditionalUpdate, type Item, type LedgerTableParams, recordsOf, tryUpdate, writeOf } from './dynamo-items.ts';
import type { QuestionKey, StopRequest } from './ledger.ts';
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
 * Most of what people react to in channels was never for Vera: of what is old, by somebody whom this person may not stop, or in an old thread in
 * which she has no part, nothing is written.
 */
export async function noteStop(params: LedgerTableParams, stop: StopRequest): Promise<void> {
  if (await mayComeAfter(params, stop)) await note(params, stopKeyOf(stop), stopOnce(stop));
}

async function mayComeAfter(params: LedgerTableParams, stop: StopRequest): Promise<boolean> {
  const { about, author = stop.userId, mayStopAll, threadTs, ts, userId } = stop;
  if (about !== undefined) return Number(ts) - Number(about) <= longestUnderWay && (mayStopAll || author === userId);
  if (threadTs === undefined || Number(ts) - Number(threadTs) <= longestUnderWay) return true;
  return (await recordsOf(params, { ...stop, threadTs })).length > 0;
}

/** Of a message, whatever its thread, which a reaction does not name; of a thread; or of a channel. No thread has such a time. */
function stopKeyOf({ teamId, channelId, threadTs = '', about }: Omit<StopRequest, 'userId' | 'ts' | 'mayStopAll'>): QuestionKey {
  const place = { teamId, channelId };
  return about === undefined
    ? { ...place, threadTs: `stop|${threadTs}`, messageTs: 'all' }
    : { ...place, threadTs: `stop|${about}`, messageTs: 'one' };
}

/** When, in Slack's form, a question was stopped after it was asked, or tried again, by who may stop it: the last of what is noted. */
export async function stopAfter(params: LedgerTableParams, question: Question, asked: string): Promise<string | undefined> {
  const { dynamoDb, tableName } = params;
  const { teamId, channelId, threadTs, messageTs: about } = question;
  const keys = [{ about }, { threadTs }, {}].map((of) => itemKeyOf(stopKeyOf({ teamId, channelId, ...of })));
  const found = keys.map((Key) => dynamoDb('GetItem', { TableName: tableName, Key, ConsistentRead: true }));
  const stops = (await Promise.all(found)).flatMap(({ Item }) => (Item ? stopsIn(Item, question.userId, asked) : []));
  return stops.sort((one, other) => Number(one) - Number(other)).at(-1);
}

/** The last one of each who may stop. */
function stopOnce({ mayStopAll, userId, threadTs, about, ts }: StopRequest) {
  // With neither it is about their own, whoever they are.
  const isOfAnybody = mayStopAll && (threadTs !== undefined || about !== undefined);
  return {
    condition: 'attribute_not_exists(#stop) OR #stop < :ts',
    update: '#stop = :ts',
    values: { ':ts': Number(ts) },
    names: { '#stop': isOfAnybody ? stopOfAnybody : stopOf(userId) },
  };
}

/** Those that are about this question: what was said long before, and is edited into one, comes by that. */
function stopsIn(item: Item, userId: string, asked: string): readonly string[] {
  return [item[stopOfAnybody]?.N, item[stopOf(userId)]?.N].filter((ts): ts is string => {
    const since = Number(ts) - Number(asked);
    return since > 0 && since <= longestUnderWay;
  });
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
  /** By a stop as 0.1.0 noted it, with the message. */
  readonly isStopped: boolean;
}

export function earlyOf(item: Item, { messageTs, userId, editedTs = '' }: Question): Early {
  const words = item.words?.M && (unmarshall(item.words.M) as Words);
  return {
    write: item[writeOf('early')]?.S ?? '',
    isGone: item.isGone !== undefined,
    ...(words && (words.editedTs ?? '') > editedTs ? { words } : {}),
    isStopped: [item[stopOfAnybody], item[stopOf(userId)]].some((stop) => Number(stop?.N ?? 0) > Number(messageTs)),
  };
}
