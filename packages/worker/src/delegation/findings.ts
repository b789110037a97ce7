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
  const made = findingsShape
    .parse(value)
    .claims.flatMap(({ evidence }) => evidence.filter((one) => plain(one) === '' || !all.includes(plain(one))));
  if (made.length === 0) return undefined;
  return `${made.map((one) => JSON.stringify(one)).join(' and ')} as evidence stands in nothing that your tools gave. Quote it exactly, or leave the claim out`;
}

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

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
