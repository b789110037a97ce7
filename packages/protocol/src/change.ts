import { createHash } from 'node:crypto';
import * as z from 'zod/mini';

/** One line of what will change, as people read it. */
const fieldChangeSchema = z.object({ field: z.string(), before: z.optional(z.string()), after: z.string() });
export type FieldChange = z.infer<typeof fieldChangeSchema>;

/**
 * `proposed` and `approved` wait for a person and for a worker; `started`: it may have been done; all others are final. `unknown`: it was
 * started, and nobody learnt how it ended.
 */
export const changeStateSchema = z.enum(['proposed', 'approved', 'denied', 'expired', 'started', 'done', 'failed', 'unknown']);
export type ChangeState = z.infer<typeof changeStateSchema>;

/** A change in another system that Vera proposed for a question, and what became of it. Times are epoch milliseconds. */
export const changeSchema = z.object({
  id: z.string(),
  /** The tool that will do it. */
  tool: z.string(),
  /** What the model asked for, as JSON text: a table's numbers and names have limits of their own. */
  input: z.string(),
  /** What will be done, all looked up, as JSON text: the tool is given exactly this. */
  args: z.string(),
  title: z.string(),
  system: z.string(),
  fields: z.array(fieldChangeSchema),
  /** Which of Vera's helpers wants it, and for which of its tasks; left out where the answer itself does. */
  helper: z.optional(z.object({ name: z.string(), task: z.string() })),
  /** The one who asked, and in whose name it is done. */
  asker: z.string(),
  /** Their account there, as its provider calls it. */
  account: z.string(),
  /** Who may say yes. */
  approvers: z.array(z.string()),
  /** `hashOfChange` of it when it was shown. */
  hash: z.string(),
  proposedAt: z.number(),
  expiresAt: z.number(),
  state: changeStateSchema,
  /** New with each write, so that nobody writes over what they have not read. */
  revision: z.string(),
  /** `ts` of the card, and the state it shows. */
  cardTs: z.optional(z.string()),
  shown: z.optional(changeStateSchema),
  /** For which words it was proposed: the `wordsAt` of its question then; 0: the first ones. */
  forWords: z.optional(z.number()),
  /** Expired since its question got other words before anybody decided. */
  isWithdrawn: z.optional(z.boolean()),
  /** Came to nothing before its question was tried again, which may want the same anew. */
  isOfEarlierTry: z.optional(z.boolean()),
  /** Failed since it could not be written into the audit log that it begins. */
  isUnaudited: z.optional(z.boolean()),
  decidedBy: z.optional(z.string()),
  /** What the person wrote who said no. */
  reason: z.optional(z.string()),
  result: z.optional(z.object({ text: z.string(), link: z.optional(z.object({ title: z.string(), url: z.string() })) })),
});
export type Change = z.infer<typeof changeSchema>;

type Shown = Pick<Change, 'tool' | 'args' | 'title' | 'system' | 'fields' | 'asker' | 'account'>;

/** Binds a yes to what was shown and will be done, in whose name and by which tool: 64 hex digits. */
export function hashOfChange({ tool, args, title, system, fields, asker, account }: Shown): string {
  const lines = fields.map(({ field, before = null, after }) => [field, before, after]);
  return createHash('sha256')
    .update(JSON.stringify([tool, args, title, system, lines, asker, account]))
    .digest('hex');
}
