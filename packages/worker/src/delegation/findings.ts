import * as z from 'zod';
import type { JsonObject } from '../is-object.ts';

const findingsShape = z.object({
  claims: z
    .array(
      z.object({
        claim: z.string().describe('One statement, in a sentence'),
        evidence: z
          .array(z.string())
          .min(1)
          .describe('What it rests on: ids, keys, numbers or phrases, exactly as they stand in what your tools gave'),
      }),
    )
    .describe('The most important first'),
  not_seen: z.array(z.string()).describe('What you could not look at, and why'),
});

/** What was found out: claims, each with what it rests on. */
export const findingsSchema = z.toJSONSchema(findingsShape, { io: 'input' }) as JsonObject;

/** What is wrong with findings that fit their schema: evidence has to stand in what the tools gave. */
export function problemInFindings(value: unknown, seen: readonly string[]): string | undefined {
  const all = plain(seen.join('\n'));
  const made = findingsShape.parse(value).claims.flatMap(({ evidence }) => evidence.filter((one) => !standsIn(all, plain(one))));
  if (made.length === 0) return undefined;
  return `${made.map((one) => JSON.stringify(one)).join(' and ')} as evidence stands in nothing that your tools gave. Quote it exactly, in whole words, with its “not” or “no” where there is one, or leave the claim out`;
}

/** As words and numbers of their own, and not torn out of what says the contrary. */
function standsIn(all: string, evidence: string): boolean {
  // A single digit or letter stands everywhere.
  if ((evidence.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 2) return false;
  const text = all.replaceAll('\n', ' ');
  const words = evidence.replaceAll('\n', ' ');
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    const end = at + words.length;
    if (isWhole(text, at, end) && !negatedEnd.test(all.slice(Math.max(0, at - longestNegation), at)) && !isTakenBack(words, all.slice(end)))
      return true;
  }
  return false;
}

/** A letter of a script that parts words by blanks. */
const spaced = /^(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])\p{L}/u;

/** PAY-1 does not stand in PAY-1432 or PAY-1-2, nor 05 in 0.05 or 10:05, nor 5 in -5, nor v2.3 in v2.3.1 or v2.3-rc1. */
function isWhole(text: string, at: number, end: number): boolean {
  const isTorn = (one: string, next: string) =>
    /^\p{N}/u.test(one) ? /^(?:\p{N}|[.,]\p{N})/u.test(next) : spaced.test(one) && /^[\p{L}\p{N}]/u.test(next);
  const reversed = (from: number, to: number) => [...text.slice(Math.max(0, from), to)].reverse().join('');
  if (isTorn(text.slice(end - 1, end), text.slice(end, end + 2)) || isTorn(text.slice(at, at + 1), reversed(at - 2, at))) return false;
  const isCutBefore =
    /^\p{N}/u.test(text.slice(at, at + 1)) && /(?:\p{N}:|(?<![\p{L}\p{N}])[-−])$/u.test(text.slice(Math.max(0, at - 2), at));
  return !isCutBefore && !goesOn(text.slice(at, end), text.slice(end, end + 2));
}

/** What ends with a number may be the beginning of a name or a version; a time or a date may be that of a range or of a longer one. */
function goesOn(evidence: string, next: string): boolean {
  return /\p{N}$/u.test(evidence) && (/^-\p{L}/u.test(next) || (/^-\p{N}/u.test(next) && /\p{L}\S*$/u.test(evidence)));
}

/** By the value of the field that it names, by the answer, or by the verb behind it; a name with a number in it stands for no statement. */
function isTakenBack(evidence: string, behind: string): boolean {
  return deniedValue.test(behind) || (!/\p{N}/u.test(evidence) && deniedVerb.test(behind));
}

const deniedValue = /^["'”’]?\s*(?:[:=]\s*["'“]?(?:false|no|none|null|never|nein|0)(?![\p{L}\p{N}.,:-])|\?\s*["']?(?:no|nein)(?!\p{L}))/u;
const deniedVerb = /^["'”’]?\s+(?:\p{L}+\s+)?(?:not|never|nicht|nie|cannot|\p{L}+n[’']t)(?!\p{L})/u;

/** Characters before it in which a negation still counts, within its sentence, field or line. */
const longestNegation = 60;
const negatedEnd =
  /(?<!\p{L})(?:no|not|never|none|without|cannot|nothing|hardly|unlikely|rul(?:e|es|ed|ing) out|exclud(?:e|es|ed|ing)|nicht|kein\p{L}*|nie|ohne|kaum|\p{L}+n[’']t)(?!\p{L})(?:(?![.!?;]\s)[^\n{}[\]|])*$/u;

/** For whoever asked. `failed`: calls that gave nothing, which a helper may have forgotten to say. */
export function toldFindings(value: unknown, failed: readonly string[]): string {
  const { claims, not_seen } = findingsShape.parse(value);
  const found = claims.map(({ claim, evidence }) => `- ${claim} (evidence: ${evidence.join('; ')})`);
  const unseen = [...not_seen, ...[...new Set(failed)].map((title) => `${title}: the call failed`)];
  return [
    'Found, each claim with its evidence:',
    ...(found.length === 0 ? ['- nothing'] : found),
    'Could not be seen:',
    ...(unseen.length === 0 ? ['- nothing was left out'] : unseen.map((one) => `- ${one}`)),
  ].join('\n');
}

/** Lines stay lines. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s*\n\s*/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}
