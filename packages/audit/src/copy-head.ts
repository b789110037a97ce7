import type { Log } from '@vera/service-kit/log';
import type { AuditTableParams } from './chain-items.ts';
import { type AppendParams, append, headOf, linesFrom } from './dynamo-chain.ts';
import { type Head, lastHeadIn, putHead } from './dynamo-heads.ts';
import { fewestDays } from './env.ts';
import { type Before, beforeTheFirst, dayOf, faultOf, hashOf, type Line, saidIn, untilOf } from './line.ts';

export interface CopyHeadParams {
  readonly chain: AppendParams;
  readonly heads: AuditTableParams;
  readonly log: Log;
}

/** Lines looked at in one go. */
const mostLines = 500;
/** What is broken stays so until somebody looks: it is told again after these milliseconds, for an alarm rings as long as lines tell it. */
const tellAgainAfter = 600_000;

/**
 * Copies where the chain ends to where those who write it cannot write, and looks on the way there whether it goes on from what was copied last. Of
 * each day the last head stays. It begins each day by a line of its own: so a day without acts is there too, and the last line is never too old to
 * be kept. To be called again and again, one after the other: where the last line is that of last time, nothing else is read. Rejects where a table
 * cannot be reached.
 */
export function createCopyHead({ chain, heads, log }: CopyHeadParams): () => Promise<void> {
  let known: Head | undefined;
  let seen: Line | undefined;
  let broken: Walked['broken'];
  let told = { number: 0, at: 0 };
  const follow = async () => {
    known ??= await lastHeadIn(heads);
    const end = await headOf(chain);
    if (end && isSame(end, seen)) return;
    // Gone by its age, after an outage longer than lines are kept.
    const isGone = known !== undefined && known.until * 1000 <= chain.now();
    const walked = await walk(chain, isGone ? undefined : known);
    for (const head of walked.moved) await putHead(heads, head);
    known = walked.moved.at(-1) ?? known;
    broken = walked.broken;
    seen = broken ? end : walked.last;
  };
  return async () => {
    await follow();
    if (broken && (broken.number !== told.number || chain.now() - told.at >= tellAgainAfter)) {
      log.error('audit.broken', broken);
      told = { number: broken.number, at: chain.now() };
    }
    const today = dayOf(chain.now());
    if (broken || (known && known.day >= today)) return;
    await append(chain, { act: 'day', outcome: 'begun' }, (head) => (head && (saidIn(head)?.day ?? '')) !== today);
  };
}

function isSame(one: Line, other: Line | undefined): boolean {
  return one.number === other?.number && one.hash === other.hash && one.text === other.text;
}

interface Walked {
  /** The last one that was read. */
  readonly last?: Line | undefined;
  /** The furthest of each day, where they are further than what was known. */
  readonly moved: readonly Head[];
  readonly broken?: { readonly number: number; readonly reason: string };
}

async function walk(chain: AppendParams, known: Head | undefined): Promise<Walked> {
  const days = new Map<string, Head>();
  let before: Before | undefined = known;
  let last: Line | undefined;
  let count = 0;
  for await (const line of linesFrom(chain, known?.number ?? 1)) {
    count += 1;
    const isKnown = known !== undefined && count === 1;
    const reason = isKnown ? differenceOf(line, known) : faultOf(line, before ?? beginningOf(line));
    if (reason) return { moved: [...days.values()], broken: { number: line.number, reason } };
    before = last = line;
    if (!isKnown) addTo(days, line, known, chain.days);
    if (count > mostLines) break;
  }
  if (known && count === 0) return { moved: [], broken: { number: known.number, reason: 'missing' } };
  return { moved: [...days.values()], last };
}

/** Where nothing is known, what was before the first line that is there is gone by its age, or it is the very first. */
function beginningOf(line: Line): Before {
  return { number: line.number - 1, hash: line.number === 1 ? beforeTheFirst : (saidIn(line)?.previous ?? '') };
}

function differenceOf(line: Line, { number, hash }: Before): string | undefined {
  const isThat = line.number === number && line.hash === hash && hashOf(line.text) === hash;
  return isThat ? undefined : 'another-than-copied';
}

function addTo(days: Map<string, Head>, line: Line, known: Head | undefined, keptDays: number): void {
  const { day = '', until = 0 } = saidIn(line) ?? {};
  const earlier = days.get(day) ?? (known?.day === day ? known : undefined);
  // Where the setting changes, those who write do so by the old one for some hours more.
  const kept = Math.min(untilOf(day, keptDays), Math.max(until, untilOf(day, fewestDays)), earlier?.until ?? Number.POSITIVE_INFINITY);
  days.set(day, { day, number: line.number, hash: line.hash, until: kept });
}
