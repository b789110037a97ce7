import { type Grant, isException, keyOf } from '../json/policy.ts';

/** How the rights of one role, or on one resource, change. */
export type GrantDifference = {
  readonly kind: 'new' | 'gone' | 'widened' | 'narrowed' | 'other conditions';
  readonly grant: Grant;
  /** What the grant was, for all kinds but the first two. */
  readonly from?: Grant;
};

/** Beyond this many comparisons grants are only told apart, not matched with what they replace. */
const mostComparisons = 3_000_000;

/** Nothing for a right that another grant gives before and after. */
export function grantDifferences(before: readonly Grant[], after: readonly Grant[]): GrantDifference[] {
  const old = new Map(before.map((grant) => [keyOf(grant), grant]));
  const next = new Map(after.map((grant) => [keyOf(grant), grant]));
  const kept = [...old].flatMap(([key, grant]) => (next.has(key) ? [grant] : []));
  const removed = [...old].flatMap(([key, grant]) => (next.has(key) ? [] : [grant]));
  const added = [...next].flatMap(([key, grant]) => (old.has(key) ? [] : [grant]));
  if ((removed.length + added.length) * (kept.length + removed.length + added.length) > mostComparisons) {
    return [...added.map((grant) => ({ kind: 'new', grant }) as const), ...removed.map((grant) => ({ kind: 'gone', grant }) as const)];
  }
  return matched({ kept, removed, added });
}

type Parts = { readonly kept: readonly Grant[]; readonly removed: readonly Grant[]; readonly added: readonly Grant[] };

function matched({ kept, removed, added }: Parts): GrantDifference[] {
  const gained = added.filter((grant, index) => !isIn(kept, grant) && !added.some((by, other) => isWider({ by, grant }, other < index)));
  const lost = removed.filter((grant) => !isIn(kept, grant));
  const differences: GrantDifference[] = [];
  const settled = new Set<Grant>();
  const say = (...said: readonly GrantDifference[]) => {
    differences.push(...said);
    for (const { grant, from } of said) settled.add(grant).add(from ?? grant);
  };
  const left = (grants: readonly Grant[]) => grants.filter((grant) => !settled.has(grant));
  for (const grant of gained) {
    say(...lost.filter((from) => isCovered({ by: grant, grant: from })).map((from) => ({ kind: 'widened', grant, from }) as const));
  }
  for (const from of left(lost)) {
    say(...left(gained).flatMap((grant) => (isCovered({ by: from, grant }) ? [{ kind: 'narrowed', grant, from } as const] : [])));
  }
  const lostByRight = Map.groupBy(left(lost), rightOf);
  for (const grant of left(gained)) {
    const from = lostByRight.get(rightOf(grant))?.shift();
    say(from ? { kind: 'other conditions', grant, from } : { kind: 'new', grant });
  }
  say(...left(lost).map((grant) => ({ kind: 'gone', grant }) as const));
  return differences;
}

function isIn(grants: readonly Grant[], grant: Grant): boolean {
  return grants.some((by) => isCovered({ by, grant }));
}

/** Of two that cover each other the first one stands for both. */
function isWider({ by, grant }: { by: Grant; grant: Grant }, isEarlier: boolean): boolean {
  return by !== grant && isCovered({ by, grant }) && (isEarlier || !isCovered({ by: grant, grant: by }));
}

/** The grant without its conditions. */
function rightOf(grant: Grant): string {
  return keyOf({ ...grant, conditions: [] });
}

/** Whether everything the second grant allows (or denies) is in the first one too. */
function isCovered({ by, grant }: { by: Grant; grant: Grant }): boolean {
  return (
    by.effect === grant.effect &&
    (by.principal === '*' || by.principal === grant.principal) &&
    isMatch(by.action.toLowerCase(), grant.action.toLowerCase()) &&
    isMatch(by.resource, grant.resource) &&
    by.conditions.every((condition) => grant.conditions.includes(condition))
  );
}

/** `*` stands for any text, `?` for one character; the text may itself be a pattern. Greedy, so that no pattern takes long. */
export function isMatch(pattern: string, text: string): boolean {
  if (pattern === text || pattern === '*') return true;
  // Exceptions, and statements too large to be taken apart, are lists: they only equal each other.
  if ([pattern, text].some((one) => isException(one) || one.includes(', '))) return false;
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      resume = index;
    } else if (pattern[at] === text[index] || (pattern[at] === '?' && text[index] !== '*')) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
