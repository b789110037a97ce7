import type { GrantDifference } from './grant-differences.ts';
import type { Grant } from './policy.ts';

/** What was before and after; the same twice for what only came or only went. */
export type Pair = { readonly from: string; readonly to: string };

/** Differences that one sentence can tell: every action with every resource. */
export type GrantRow = {
  readonly kind: GrantDifference['kind'];
  readonly effect: Grant['effect'];
  readonly principal: Pair;
  readonly conditions: { readonly from: readonly string[]; readonly to: readonly string[] };
  readonly actions: readonly Pair[];
  readonly resources: readonly Pair[];
  readonly grants: readonly Grant[];
};

export function grantRows(differences: readonly GrantDifference[]): GrantRow[] {
  return merged(merged(differences.map(rowOf), 'actions', 'resources'), 'resources', 'actions');
}

function rowOf({ kind, grant, from = grant }: GrantDifference): GrantRow {
  const pair = (part: 'principal' | 'action' | 'resource') => ({ from: from[part], to: grant[part] });
  return {
    kind,
    effect: grant.effect,
    principal: pair('principal'),
    conditions: { from: from.conditions, to: grant.conditions },
    actions: [pair('action')],
    resources: [pair('resource')],
    grants: [grant],
  };
}

/** Rows that differ in nothing but `part` become one. */
function merged(rows: readonly GrantRow[], part: 'actions' | 'resources', other: 'actions' | 'resources'): GrantRow[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.kind, row.effect, row.principal, row.conditions, row[other]]));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const all = [first, ...others];
    const pairs = new Map(all.flatMap((row) => row[part]).map((pair) => [JSON.stringify(pair), pair]));
    const sorted = [...pairs].sort(([one], [another]) => (one < another ? -1 : 1)).map(([, pair]) => pair);
    return [{ ...first, [part]: sorted, grants: all.flatMap(({ grants }) => grants) }];
  });
}
