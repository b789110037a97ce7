import { createHash } from 'node:crypto';
import { canonicalJson } from '@vera/service-kit/canonical-json';
import * as z from 'zod/mini';
import { type Act, actSchema } from './act.ts';

const saidSchema = z.extend(actSchema, {
  /** From 1, without a gap. */
  number: z.number(),
  /** The hash of the line before; of the first one `beforeTheFirst`. */
  previous: z.string(),
  /** ISO 8601, by the clock of who wrote it. */
  at: z.string(),
  /** Of UTC, never before that of the line before. */
  day: z.string(),
  /** Epoch seconds: it may be gone from here on. */
  until: z.number(),
  /** Its own, so that no two lines are alike. */
  id: z.string(),
});
type Said = z.infer<typeof saidSchema>;

/** A line of the audit log. `text` is what it says, and what the hash is of: nothing is lost on the way to the table and back. */
export interface Line {
  readonly number: number;
  readonly hash: string;
  readonly text: string;
}

export const beforeTheFirst = '0'.repeat(64);
const secondsOfDay = 86_400;

interface Written {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly id: string;
  /** How long a line is kept. */
  readonly days: number;
}

export function nextLine(head: Line | undefined, act: Act, { at, id, days }: Written): Line {
  const before = head && saidIn(head);
  const today = dayOf(at);
  const day = before && before.day > today ? before.day : today;
  const number = (head?.number ?? 0) + 1;
  const said: Said = {
    ...act,
    ...{ number, previous: head?.hash ?? beforeTheFirst, at: new Date(at).toISOString(), day, until: untilOf(day, days), id },
  };
  const text = canonicalJson(said);
  return { number, text, hash: hashOf(text) };
}

/** All lines of a day are kept until the same moment: what is there begins with a whole day. Epoch seconds. */
export function untilOf(day: string, days: number): number {
  return Date.parse(day) / 1000 + (days + 1) * secondsOfDay;
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Undefined where it is not what a line says. */
export function saidIn({ text }: Line): Said | undefined {
  try {
    return saidSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What a line is written behind. */
export type Before = Pick<Line, 'number' | 'hash'>;

/** Why this line does not go on where that one ends: it is another than was written, one between them is missing, or it was written behind another. */
export function faultOf(line: Line, before: Before): 'changed' | 'gap' | 'behind-another' | undefined {
  const said = saidIn(line);
  if (hashOf(line.text) !== line.hash || said?.number !== line.number) return 'changed';
  if (line.number !== before.number + 1) return 'gap';
  return said.previous === before.hash ? undefined : 'behind-another';
}
