import type { Question } from '@vera/protocol/question';
import { type DynamoInboxParams, recordsOf, sendingBack, updateIf } from './dynamo-items.ts';
import { mark } from './dynamo-stop.ts';
import type { Inbox, QuestionKey } from './ledger.ts';
import { toRecord } from './record.ts';

const atWork = { received: true, running: true };

const open = { ':received': 'received', ':running': 'running', ':waiting': 'waiting' };

/** Only what differs counts: previews and counts come as edits too, and Slack sends an edit again. */
export async function edit(params: DynamoInboxParams, question: Question): Promise<boolean> {
  const { text, typed, quotes = [], files } = question;
  const isTyped = typed !== undefined;
  const edited = await updateIf(params, question, {
    kind: 'edit',
    condition: '#state IN (:received, :running, :waiting) AND question.#text <> :text',
    update: `SET question.#text = :text, question.quotes = :quotes, question.files = :files, editedAt = :at${
      isTyped ? ', question.typed = :typed' : ' REMOVE question.typed'
    }`,
    names: { '#text': 'text' },
    values: { ...open, ':text': text, ':quotes': quotes, ':files': files, ':at': params.now(), ...(isTyped ? { ':typed': typed } : {}) },
  });
  return edited !== undefined;
}

/** The first of three that holds: nothing was done for it yet, and what has read it is stopped; it waits for a person; somebody has it in hand, or had. */
export async function withdraw(params: DynamoInboxParams, message: QuestionKey): ReturnType<Inbox['withdraw']> {
  const at = params.now();
  const untouched = '#state = :received AND attempts = :zero AND leg = :zero AND size(replies) = :zero AND size(changes) = :zero';
  const closed = await updateIf(params, message, {
    kind: 'withdraw',
    condition: untouched,
    update: 'SET #state = :stopped, closedAt = :at, withdrawnAt = :at, reason = :reason REMOVE #open, dueAt, leaseOwner',
    names: { '#open': 'open' },
    values: { ':received': 'received', ':zero': 0, ':stopped': 'stopped', ':at': at, ':reason': 'withdrawn' },
  });
  if (closed) {
    const records = await recordsOf(params, message);
    const reader = records.find(({ folded = [] }) => folded.includes(message.messageTs))?.question;
    if (reader && (await mark(params, reader, { ts: `${at / 1_000}` }))) return { kind: 'open', question: reader };
    return { kind: 'closed', isIdle: !records.some(({ state }) => state in atWork) };
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
  return marked && { kind: 'open', question: toRecord(marked).question };
}
