import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { changeSchema } from '@vera/protocol/change';
import { questionSchema } from '@vera/protocol/question';
import * as z from 'zod/mini';
import type { QuestionKey, QuestionRecord, ThreadKey } from './ledger.ts';

/** Marks an item as open; the index holds only items with a mark. */
export const openMark = '1';
/** Marks one that waits for a person: others of its thread need not wait for it. */
export const waitingMark = 'w';

const waitsForSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('decision'), change: z.string(), until: z.number() }),
  z.object({ kind: z.literal('account'), provider: z.string(), until: z.number() }),
]);

const stepSchema = z.object({ what: z.string(), times: z.number(), failed: z.number(), milliseconds: z.number() });

const itemSchema = z.object({
  question: questionSchema,
  state: z.enum(['received', 'running', 'waiting', 'answered', 'failed', 'stopped', 'refused']),
  attempts: z.number(),
  hindrances: z.optional(z.number()),
  receivedAt: z.number(),
  dueAt: z.optional(z.number()),
  leaseOwner: z.optional(z.string()),
  leaseWrite: z.optional(z.string()),
  formerTaking: z.optional(z.string()),
  takenAt: z.optional(z.number()),
  unheldSince: z.optional(z.number()),
  brokeOff: z.optional(z.string()),
  startedAt: z.optional(z.number()),
  stopRequestedAt: z.optional(z.number()),
  withdrawnAt: z.optional(z.number()),
  retriedAt: z.optional(z.number()),
  editedAt: z.optional(z.number()),
  wordsAt: z.optional(z.number()),
  queuedAt: z.optional(z.number()),
  closedAt: z.optional(z.number()),
  leg: z._default(z.number(), 0),
  waitsFor: z.optional(waitsForSchema),
  changes: z._default(z.record(z.string(), changeSchema), {}),
  replies: z.array(z.string()),
  said: z.optional(z.array(z.string())),
  beside: z.optional(z.array(z.object({ ts: z.string(), digest: z.string() }))),
  feedback: z.record(z.string(), z.enum(['good', 'bad'])),
  feedbackReasons: z.optional(z.record(z.string(), z.string())),
  steps: z.catch(z.optional(z.array(stepSchema)), undefined),
  reason: z.optional(z.string()),
  foldedInto: z.optional(z.string()),
  folded: z.optional(z.array(z.string())),
  calls: z.optional(z.number()),
  tokens: z.optional(z.number()),
  microDollars: z.optional(z.number()),
});

class LedgerItemError extends Error {
  readonly code = 'ledger-item';
}

export function toRecord(item: Record<string, AttributeValue>): QuestionRecord {
  const parsed = itemSchema.safeParse(unmarshall(item));
  if (parsed.success)
    return { ...parsed.data, ...toldIn(item), ...(Object.keys(item).some(isReservation) ? { isAtMost: true } : {}) } as QuestionRecord;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new LedgerItemError(`The ledger's item ${item.thread?.S} ${item.message?.S} has another shape: ${fields}`);
}

/** Under this name stands what was reserved for a model call, until it is known what that came to. Nothing else has a space in its name. */
export function reservationOf(id: string): string {
  return `reserved ${id}`;
}

export function isReservation(name: string): boolean {
  return name.startsWith('reserved ');
}

/** Under this name stands of which moment the words of a message are that its reader was told of. */
export function toldOf(messageTs: string): string {
  return `told ${messageTs}`;
}

function toldIn(item: Record<string, AttributeValue>): Pick<QuestionRecord, 'told'> {
  const told = Object.entries(item).flatMap(([name, { N }]) => (name.startsWith('told ') ? [[name.slice('told '.length), Number(N)]] : []));
  return told.length === 0 ? {} : { told: Object.fromEntries(told) };
}

/** It holds what came of a message before the message itself did, and is no record. */
export function isEarly(item: Record<string, AttributeValue>): boolean {
  return item.early !== undefined;
}

/** None where the item has another shape, which `onUnreadable` is told. */
export function readableRecords(item: Record<string, AttributeValue>, onUnreadable: (error: unknown) => void): readonly QuestionRecord[] {
  try {
    return [toRecord(item)];
  } catch (error) {
    onUnreadable(error);
    return [];
  }
}

export function threadKeyOf({ teamId, channelId, threadTs }: ThreadKey): string {
  return `${teamId}|${channelId}|${threadTs}`;
}

export function itemKeyOf(key: QuestionKey): Record<string, AttributeValue> {
  return marshall({ thread: threadKeyOf(key), message: key.messageTs });
}
