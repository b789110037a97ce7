import type { Question } from '@vera/protocol/question';
import { type DynamoInboxParams, recordOf, sendingBack, tryUpdate, updateIf } from './dynamo-items.ts';
import { mark } from './dynamo-stop.ts';
import type { Edited, QuestionKey, QuestionRecord } from './ledger.ts';
import { toldOf, toRecord } from './record.ts';
import { goingOf, tookIn } from './took-in.ts';

/** Not by when they were changed: of two messages, the one that was edited later may be heard of first. */
export const nextWords = { set: 'wordsAt = if_not_exists(wordsAt, :none) + :next', values: { ':none': 0, ':next': 1 } };

/** As often as a question may begin to wait, or stop waiting, while it is looked at. */
const mostTries = 3;

/** What an edited message went into is proposed for its words, too. Told of the same edit twice, or of an older one late, it changes nothing more. */
export async function tellReader(params: DynamoInboxParams, { question: message, foldedInto, editedAt }: QuestionRecord): Promise<Edited> {
  if (foldedInto === undefined || editedAt === undefined) return {};
  const reader = { ...message, messageTs: foldedInto };
  const isNew = '(attribute_not_exists(#told) OR #told < :edit)';
  const told = { '#told': toldOf(message.messageTs) };
  const values = { ':edit': editedAt, ...nextWords.values };
  const set = `#told = :edit, ${nextWords.set}`;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const back = sendingBack(params);
    const woken = await updateIf(params, reader, {
      kind: 'reread',
      condition: `#state = :waiting AND contains(folded, :message) AND ${isNew}`,
      update: `SET ${set}, ${back.set} REMOVE waitsFor`,
      names: { ...told, ...back.names },
      values: { ':waiting': 'waiting', ':message': message.messageTs, ...values, ...back.values },
    });
    if (woken) return { woken: toRecord(woken).question };
    const { written, stood } = await tryUpdate(params, reader, {
      kind: 'reread',
      condition: `#state IN (:received, :running) AND ${isNew}`,
      update: `SET ${set} REMOVE waitsFor`,
      names: told,
      values: { ':received': 'received', ':running': 'running', ...values },
    });
    if (written || stood?.state?.S !== 'waiting') return {};
  }
  return {};
}

/** The open question whose model has read a message that was taken into it and is deleted. */
export async function stopReader(
  params: DynamoInboxParams,
  { question: message, foldedInto, withdrawnAt = 0 }: QuestionRecord,
): Promise<Question | undefined> {
  if (foldedInto === undefined) return undefined;
  const key = { ...message, messageTs: foldedInto };
  // Its worker, which says what it took in only where it lets go, does not let go for these words.
  await updateIf(params, key, {
    kind: 'unread',
    condition: '#state IN (:received, :running) AND attribute_not_exists(#gone)',
    update: `SET #gone = :at, ${nextWords.set}`,
    names: { '#gone': `gone ${message.messageTs}` },
    values: { ':received': 'received', ':running': 'running', ':at': withdrawnAt, ...nextWords.values },
  });
  const reader = await recordOf(params, key);
  // Tried again since, it does without this, and says so.
  if (!reader?.folded?.includes(message.messageTs)) return undefined;
  return (await mark(params, reader.question)) ? reader.question : undefined;
}

/**
 * What a question has read was edited, stopped or deleted, and whoever took that in died before the question was told: it is told now. Gives the
 * question where it goes on by that.
 */
export async function tellLate(params: DynamoInboxParams, key: QuestionKey): Promise<Question | undefined> {
  const reader = await recordOf(params, key);
  let woken: Question | undefined;
  for (const messageTs of reader?.folded ?? []) {
    const message = await recordOf(params, { ...key, messageTs });
    if (reader && message && tookIn(goingOf(reader), goingOf(message))) woken = (await tellOf(params, reader, message)) ?? woken;
  }
  return woken;
}

async function tellOf(params: DynamoInboxParams, reader: QuestionRecord, message: QuestionRecord): Promise<Question | undefined> {
  const { question, editedAt = 0, state, stopRequestedAt, withdrawnAt } = message;
  if (withdrawnAt !== undefined) return stopReader(params, message);
  if (stopRequestedAt !== undefined && state === 'received') return (await mark(params, reader.question))?.record.question;
  return editedAt > (reader.told?.[question.messageTs] ?? 0) ? (await tellReader(params, message)).woken : undefined;
}
