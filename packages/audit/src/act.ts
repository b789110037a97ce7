import { createHash } from 'node:crypto';
import { canonicalJson } from '@vera/service-kit/canonical-json';
import { withoutAnySecret } from '@vera/service-kit/secret-texts';
import * as z from 'zod/mini';

const text = () => z.optional(z.string());
const number = () => z.optional(z.number());

/** Something that was done, or decided, in somebody's name. Ids only: no words that people wrote. */
export const actSchema = z.object({
  act: z.enum(['change', 'read', 'question', 'stop', 'account', 'memory', 'day']),
  /** `begun` of a change: it may have been done from here on. */
  outcome: z.enum([
    ...(['proposed', 'approved', 'denied', 'expired', 'begun', 'done', 'failed', 'unknown'] as const),
    ...(['answered', 'stopped', 'refused', 'lost', 'connected', 'ended', 'forgotten', 'requested'] as const),
  ]),
  /** The workspace, for ids of people are unique in theirs only. */
  team: text(),
  channel: text(),
  question: text(),
  /** Whose question it is, and in whose name it is done. */
  asker: text(),
  /** The account it is done with, as its provider calls it. */
  account: text(),
  /** Who said yes, or no. */
  approver: text(),
  /** Who did it, where that is nobody of those. */
  by: text(),
  system: text(),
  tool: text(),
  /** The id of the change, the same in all of its lines. */
  change: text(),
  /** What came of it there: a key such as `PAY-1441`; of a title, which people write, its SHA-256. */
  result: text(),
  /** SHA-256 of the canonical JSON of what the tool is given. */
  arguments: text(),
  /** That itself, redacted, where the settings want it. */
  content: text(),
  /** A code, never a sentence. */
  reason: text(),
  calls: number(),
  tokens: number(),
  microDollars: number(),
});
export type Act = z.infer<typeof actSchema>;

/** Writes an act down; false where that could not be done, which is logged. Never rejects. */
export type NoteAct = (act: Act) => Promise<boolean>;

/** What is said of arguments: `full` also shows them. */
export type AuditContent = 'metadata' | 'full';

/** A Jira key, or a number, at the beginning of how something is called: what its system gave it, no words of anybody's. */
const key = /^(?:[A-Z][A-Z0-9_]{1,40}-\d{1,12}|#?\d{1,12})(?![\w-])/;

/** How a line tells what is called so. */
export function toldResult(title: string): string {
  return key.exec(title.trim())?.[0] ?? createHash('sha256').update(title.trim()).digest('hex');
}

const longestContent = 8_000;

export function toldArguments(args: unknown, content: AuditContent): Pick<Act, 'arguments' | 'content'> {
  const json = canonicalJson(args);
  const hash = createHash('sha256').update(json).digest('hex');
  if (content === 'metadata') return { arguments: hash };
  // Cut last: half a secret has no form by which it could be known.
  return { arguments: hash, content: withoutAnySecret(json).slice(0, longestContent).toWellFormed() };
}
