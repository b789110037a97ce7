import type { Head } from './dynamo-heads.ts';
import { type Before, beforeTheFirst, faultOf, type Line, saidIn } from './line.ts';

export interface Verified {
  /** What is wrong, each in a sentence; nothing was found where it is empty. */
  readonly findings: readonly string[];
  /** What was looked at, in a sentence each. */
  readonly facts: readonly string[];
}

/**
 * Whether all lines are there and are what was written, as far as they and the copied heads can tell. Both in order; heads have to be read before
 * lines. `now`: epoch milliseconds.
 */
export function verify(lines: readonly Line[], heads: readonly Head[], now: number): Verified {
  const letGo = heads.findLast(({ until }) => until * 1000 <= now);
  const from = letGo?.number ?? 0;
  const placeless = lines.filter(({ number }) => Number.isNaN(number)).map((line) => strangerIn(line));
  const kept = lines.filter(({ number }) => number > from);
  const swapped = swappedIn(kept);
  const chain = putBack(kept, swapped);
  const guarding = heads.filter(({ number }) => number > from);
  const counted = guarding.at(-1)?.number ?? from;
  const begin: Before = letGo ?? { number: 0, hash: beforeTheFirst };
  const facts = factsOf(chain, { letGo, counted });
  if (chain.length === 0) return { findings: [...placeless, nothingThere(begin.number, guarding)], facts };
  const missing = (first: number, last: number) => missingBetween(first, last, { guarding, from });
  const last = chain.at(-1)?.number ?? 0;
  return {
    findings: [
      ...placeless,
      ...swapped.map(([one, other]) => `Lines ${one} and ${other} were swapped.`),
      ...chain.flatMap((line, at) => faultsOf(line, chain[at - 1] ?? begin, { chain, missing })),
      ...(last < counted ? missing(last + 1, counted).map((what) => `The end is cut: ${what}`) : []),
      ...otherThanCopied(chain, guarding),
    ],
    facts,
  };
}

interface Around {
  readonly chain: readonly Line[];
  readonly missing: (first: number, last: number) => readonly string[];
}

function faultsOf(line: Line, before: Before, { chain, missing }: Around): string[] {
  const gap = line.number > before.number + 1 ? missing(before.number + 1, line.number - 1) : [];
  const fault = faultOf(line, before);
  if (fault === 'changed') return [...gap, `Line ${line.number}${dayIn(line)} was changed: its hash is not that of what it says.`];
  if (fault !== 'behind-another') return [...gap];
  const previous = saidIn(line)?.previous;
  const other = chain.find(({ hash, number }) => hash === previous && number < line.number);
  if (other)
    return [
      `The chain is forked: line ${line.number}${dayIn(line)} was written behind line ${other.number}, beside line ${before.number}.`,
    ];
  if (before.number === 0) return [`Line ${line.number}${dayIn(line)} was written behind a line that is gone, and is not the first.`];
  return [`Line ${line.number}${dayIn(line)} does not follow line ${before.number}: it was written behind another.`];
}

function dayIn(line: Line): string {
  const day = saidIn(line)?.day;
  return day ? ` of ${day}` : '';
}

function strangerIn(line: Line): string {
  const says = saidIn(line)?.number;
  return `A line${says === undefined ? '' : ` that says to be line ${says}`} stands where no line does: somebody put it there.`;
}

type Pair = readonly [number, number];

/** Of which each says to be the other. */
function swappedIn(chain: readonly Line[]): readonly Pair[] {
  const places = new Map(chain.map((line) => [line.number, saidIn(line)?.number]));
  return [...places].flatMap(([at, says]) => (says !== undefined && at < says && places.get(says) === at ? [[at, says] as const] : []));
}

interface Counted {
  readonly guarding: readonly Head[];
  /** Up to here lines are gone by their age. */
  readonly from: number;
}

/** As they stood: nothing else is wrong with them. */
function putBack(chain: readonly Line[], swapped: readonly Pair[]): readonly Line[] {
  const places = new Map(
    swapped.flatMap(([one, other]): Pair[] => [
      [one, other],
      [other, one],
    ]),
  );
  return chain.map((line) => ({ ...line, number: places.get(line.number) ?? line.number })).sort((a, b) => a.number - b.number);
}

/** Whole days by their names, other lines by their numbers. */
function missingBetween(first: number, last: number, { guarding, from }: Counted): readonly string[] {
  const told: string[] = [];
  let start = from + 1;
  for (const { day, number } of guarding) {
    const [one, other] = [Math.max(first, start), Math.min(last, number)];
    if (one <= other) {
      const isWhole = one === start && other === number;
      told.push(
        isWhole
          ? `all of ${day} is missing, ${linesNamed(one, other)}.`
          : `${linesNamed(one, other)} of ${day} ${isOrAre(one, other)} missing.`,
      );
    }
    start = number + 1;
  }
  const one = Math.max(first, start);
  return one <= last ? [...told, `${linesNamed(one, last)} ${isOrAre(one, last)} missing.`] : told;
}

function linesNamed(first: number, last: number): string {
  return first === last ? `line ${first}` : `lines ${first} to ${last}`;
}

function isOrAre(first: number, last: number): string {
  return first === last ? 'is' : 'are';
}

/** The first one will do: all that comes after it is other, too. */
function otherThanCopied(chain: readonly Line[], guarding: readonly Head[]): string[] {
  const places = new Map(chain.map((line) => [line.number, line]));
  const other = guarding.find(({ number, hash }) => places.has(number) && places.get(number)?.hash !== hash);
  return other
    ? [`Line ${other.number} is not the one whose hash was copied on ${other.day}: from somewhere up to it the chain was written anew.`]
    : [];
}

function nothingThere(from: number, guarding: readonly Head[]): string {
  const [first, last] = [guarding[0], guarding.at(-1)];
  if (!first || !last)
    return 'Nothing is there, neither a line nor a copied head: the sweeper has not run yet, or both tables were emptied.';
  return `Everything is missing: ${linesNamed(from + 1, last.number)}, of ${first.day} to ${last.day}.`;
}

function factsOf(chain: readonly Line[], { letGo, counted }: { readonly letGo: Head | undefined; readonly counted: number }): string[] {
  const [first, last] = [chain[0], chain.at(-1)];
  const behind = (last?.number ?? 0) - counted;
  return [
    ...(first && last ? [`${chain.length} lines, ${first.number} to ${last.number}, up to${dayIn(last).replace(' of', '')}.`] : []),
    ...(letGo ? [`Those up to line ${letGo.number}, of ${letGo.day}, were let go by their age.`] : []),
    ...(behind > 0 ? [`The last ${behind === 1 ? 'line is' : `${behind} lines are`} behind the last copied head.`] : []),
  ];
}
