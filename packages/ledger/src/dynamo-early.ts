import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Question } from '@vera/protocol/question';
import type { MeantAs } from '@vera/protocol/verdict';
import { type ConditionalUpdate, type Item, type LedgerTableParams, recordsOf, tryUpdate, writeOf } from './dynamo-items.ts';
import type { QuestionKey, StopRequest } from './ledger.ts';

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
  return note(params, key, { condition: 'attribute_not_exists(isGone)', update: 'isGone = :true', values: { ':true': true } });
}

export async function noteWords(params: LedgerTableParams, question: Question, meantAs: MeantAs): Promise<boolean> {
  if (!(await mayComeYet(params, question, meantAs))) return false;
  const { text, typed, quotes, files, editedTs } = question;
  return note(params, question, {
    condition: `attribute_not_exists(words)${editedTs === undefined ? '' : ' OR words.editedTs < :ts'}`,
    update: 'words = :words',
    values: { ':words': { text, typed, quotes, files, editedTs }, ':ts': editedTs },
  });
}

/** So long before its stop a message was written that may come yet, in seconds: Slack delivers again after 1 and 5 minutes. */
const longestUnderWay = 900;

/**
 * Of a whole thread it is kept with what opens it: only there is known where that will be. Most of what people react to in channels was never for
 * Vera: of what is old, or by somebody whom this person may not stop, nothing is written.
 */
export async function noteStop(params: LedgerTableParams, stop: StopRequest): Promise<boolean> {
  const { teamId, channelId, about, author, threadTs = about, ts } = stop;
  if (threadTs === undefined || Number(ts) - Number(about ?? threadTs) > longestUnderWay) return false;
  if (author !== undefined && author !== stop.userId && !stop.mayStopAll) return false;
  const key = { teamId, channelId, threadTs, messageTs: about ?? threadTs };
  return note(params, key, {
    condition: 'attribute_not_exists(#stop) OR #stop < :ts',
    update: '#stop = :ts',
    values: { ':ts': Number(ts) },
    names: { '#stop': stop.mayStopAll ? stopOfAnybody : stopOf(stop.userId) },
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
  readonly isStopped: boolean;
}

export function earlyOf(item: Item, { messageTs, userId, editedTs = '' }: Question): Early {
  const words = item.words?.M && (unmarshall(item.words.M) as Words);
  const isLater = (stop: AttributeValue | undefined) => Number(stop?.N ?? 0) > Number(messageTs);
  return {
    write: item[writeOf('early')]?.S ?? '',
    isGone: item.isGone !== undefined,
    ...(words && (words.editedTs ?? '') > editedTs ? { words } : {}),
    isStopped: isLater(item[stopOfAnybody]) || isLater(item[stopOf(userId)]),
  };
}
