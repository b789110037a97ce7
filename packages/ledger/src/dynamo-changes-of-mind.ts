import type { Question } from '@vera/protocol/question';
import type { MeantAs } from '@vera/protocol/verdict';
import { noteDeletion, noteWords } from './dynamo-early.ts';
import { type ConditionalUpdate, type DynamoInboxParams, type Item, sendingBack, tryUpdate, updateIf, whole } from './dynamo-items.ts';
import { nextWords, stopReader, tellReader } from './dynamo-readers.ts';
import { isThreadAtWork } from './is-at-work.ts';
import type { Edited, Inbox, QuestionKey } from './ledger.ts';
import { isEarly, toRecord } from './record.ts';
import { timeOfEdit } from './slack-time.ts';

const open = { ':received': 'received', ':running': 'running', ':waiting': 'waiting' };

/** Over, and “Try again” gives it another turn: in what its message says then, and not where that was deleted. */
const mayComeAgain = '(#state IN (:failed, :stopped) AND attribute_not_exists(withdrawnAt))';
const ended = { ':failed': 'failed', ':stopped': 'stopped' };

/** As often as a message may be recorded, or edited, while it is looked at. */
const mostTries = 3;

/**
 * Only newer words count, and only what differs: previews and counts come as edits too, and Slack sends an edit again, and late. Where nothing is
 * on record yet, what may come still comes with these words. What was proposed for the older words waits no more: either a yes to it or an edit
 * comes first, and finds what the other left.
 */
export async function edit(params: DynamoInboxParams, question: Question, meantAs: MeantAs = 'question'): Promise<Edited | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const waiting = await tryUpdate(params, question, otherWords(params, question, 'waiting'));
    if (waiting.written) return { woken: toRecord(waiting.written).question };
    const { written, stood } = await tryUpdate(params, question, otherWords(params, question, 'open'));
    if (written) return tellReader(params, toRecord(written));
    // It began to wait between the two.
    if (stood?.state?.S === 'waiting' && stood.question?.M?.text?.S !== question.text) continue;
    const isRecorded = stood !== undefined && !isEarly(stood);
    const isDone = isRecorded ? await isNoted(params, question, stood) : !(await noteWords(params, question, meantAs));
    // Sent again, perhaps as its reader was not told.
    if (isDone)
      return stood?.foldedInto && stood.question?.M?.editedTs?.S === question.editedTs ? tellReader(params, toRecord(stood)) : undefined;
  }
  return undefined;
}

function isNewer({ editedTs }: Question): string {
  return editedTs === undefined ? '' : ' AND (attribute_not_exists(question.editedTs) OR question.editedTs < :ts)';
}

function otherWords(params: DynamoInboxParams, question: Question, where: 'open' | 'waiting'): ConditionalUpdate {
  const { text, typed, quotes = [], files, editedTs } = question;
  const isWaiting = where === 'waiting';
  const back = sendingBack(params);
  const set = [
    'question.#text = :text, question.quotes = :quotes, question.files = :files, editedAt = :words',
    nextWords.set,
    ...(editedTs === undefined ? [] : ['question.editedTs = :ts']),
    ...(typed === undefined ? [] : ['question.typed = :typed']),
    ...(isWaiting ? [back.set] : []),
  ];
  // In other words it may need nothing of what it waited for.
  const removed = [...(typed === undefined ? ['question.typed'] : []), 'waitsFor'];
  return {
    kind: 'edit',
    condition: `${isWaiting ? '#state = :waiting' : `(#state IN (:received, :running) OR ${mayComeAgain})`} AND question.#text <> :text${isNewer(question)}`,
    update: `SET ${set.join(', ')} REMOVE ${removed.join(', ')}`,
    names: { '#text': 'text', ...(isWaiting ? back.names : {}) },
    values: {
      ...(isWaiting ? { ':waiting': 'waiting', ...back.values } : { ':received': 'received', ':running': 'running', ...ended }),
      ...{ ':text': text, ':quotes': quotes, ':files': files, ':typed': typed, ':ts': editedTs, ...nextWords.values },
      // Receivers' clocks differ: by theirs, what came later might look older.
      ':words': editedTs === undefined ? params.now() : timeOfEdit(editedTs),
    },
  };
}

/** Of an edit back to the words on record it is noted when it was, so that an older one does not come after it. False when it has others by now. */
async function isNoted(params: DynamoInboxParams, question: Question, stood: Item): Promise<boolean> {
  const { text, editedTs } = question;
  if (editedTs === undefined || stood.question?.M?.text?.S !== text) return true;
  const { written, stood: now } = await tryUpdate(params, question, {
    kind: 'same-words',
    condition: `(#state IN (:received, :running, :waiting) OR ${mayComeAgain}) AND question.#text = :text${isNewer(question)}`,
    update: 'SET question.editedTs = :ts',
    names: { '#text': 'text' },
    values: { ...open, ...ended, ':text': text, ':ts': editedTs },
  });
  return written !== undefined || now?.question?.M?.text?.S === text;
}

export async function withdraw(
  params: DynamoInboxParams,
  message: QuestionKey,
  meantAs: MeantAs = 'question',
): ReturnType<Inbox['withdraw']> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const found = await withdrawRecorded(params, message);
    if (found || !(await noteDeletion(params, message, meantAs))) return found;
  }
  return undefined;
}

/**
 * The first of four that holds: nothing was done for it yet, and what has read it is stopped; it waits for a person; somebody has it in hand, or
 * had; it is over, and nothing is left of its words.
 */
async function withdrawRecorded(params: DynamoInboxParams, message: QuestionKey): ReturnType<Inbox['withdraw']> {
  const at = params.now();
  const untouched = '#state = :received AND attempts = :zero AND leg = :zero AND size(replies) = :zero AND size(changes) = :zero';
  const closing = {
    set: 'SET #state = :stopped, closedAt = :at, withdrawnAt = :at, reason = :reason',
    removed: '#open, dueAt, leaseOwner',
    names: { '#open': 'open' },
    values: { ':received': 'received', ':zero': 0, ':stopped': 'stopped', ':at': at, ':reason': 'withdrawn' },
  };
  const closed = await updateIf(params, message, { kind: 'withdraw', condition: untouched, ...whole(closing, true) });
  if (closed) {
    const stopped = await stopReader(params, toRecord(closed));
    if (stopped) return { kind: 'open', question: stopped };
    return { kind: 'closed', isIdle: !(await isThreadAtWork(params, message)) };
  }
  const { set, names, values } = sendingBack(params);
  const woken = await updateIf(params, message, {
    kind: 'wake',
    condition: '#state = :waiting',
    update: `SET withdrawnAt = :at, ${set}`,
    names,
    values: { ':waiting': 'waiting', ...values },
  });
  const marked =
    woken ??
    (await updateIf(params, message, {
      kind: 'mark',
      condition: '#state IN (:received, :running)',
      update: 'SET withdrawnAt = :at',
      values: { ':at': at, ':received': 'received', ':running': 'running' },
    }));
  return marked ? { kind: 'open', question: toRecord(marked).question } : withdrawEnded(params, message);
}

/** Nobody is told, and it is not tried again. What has read it, and is at work once more, is stopped. */
async function withdrawEnded(params: DynamoInboxParams, message: QuestionKey): ReturnType<Inbox['withdraw']> {
  const noting = { set: 'SET withdrawnAt = :at', removed: '', names: { '#open': 'open' }, values: { ':at': params.now() } };
  const condition = 'attribute_not_exists(#open) AND attribute_exists(closedAt) AND attribute_not_exists(withdrawnAt)';
  const { written, stood } = await tryUpdate(params, message, { kind: 'forget', condition, ...whole(noting, true) });
  // Sent again, perhaps as its reader was not told.
  const withdrawn = written ?? (stood?.withdrawnAt ? stood : undefined);
  const stopped = withdrawn && (await stopReader(params, toRecord(withdrawn)));
  return stopped && { kind: 'open', question: stopped };
}
