import { inOrder } from '../json/in-order.ts';
import { parsedOf } from '../json/json.ts';
import { grantsOf } from '../json/policy.ts';
import type { Plan, ResourceChange } from '../plan/plan.ts';
import { type Value, valueAt } from '../secrets/masked-value.ts';
import { type ArnContext, arnWords } from '../words/arn-words.ts';
import { grantDifferences } from './grant-differences.ts';
import { grantRows, neededWords } from './grant-words.ts';

/** What has to change about a role that this plan leaves alone, so that what it plans works. */
export type NeededChange = {
  /** Markdown. */
  readonly name: string;
  /** Nothing was known of it: it has to allow all of this. */
  readonly isNew: boolean;
  /** `isFirst`: before this is applied. */
  readonly lines: readonly { readonly text: string; readonly isFirst: boolean }[];
};

/** Of each role whose owner is somebody else: the code keeps what it has to allow in a `terraform_data` with role, trust and policy. */
export function neededChanges(plan: Plan, context: Omit<ArnContext, 'module'>): NeededChange[] {
  const found = plan.changes.filter((change) => isNeed(change) && change.action !== 'no-op').map((change) => neededOf(change, context));
  return found.filter(({ lines }) => lines.length > 0).toSorted((one, other) => inOrder(one.name, other.name));
}

export function isNeed({ type, mode, before, after }: ResourceChange): boolean {
  const names = [before, after].some((side) => typeof valueAt(side, 'input', 'role') === 'string' && valueAt(side, 'input', 'policy'));
  return type === 'terraform_data' && mode === 'managed' && names;
}

function neededOf(change: ResourceChange, given: Omit<ArnContext, 'module'>): NeededChange {
  const context = { ...given, module: change.module };
  const [was, is] = [change.before, change.after].map((side) => valueAt(side, 'input', 'role'));
  const isNew = is !== undefined && is !== was;
  const named = (text: string) => arnWords(text, context);
  const name = named(String(is ?? was));
  const lines = (['identity', 'trust'] as const).flatMap((kind) => {
    const [before, after] = [isNew ? null : change.before, change.after].map((side) => documentOf(side, kind));
    if (before === undefined || after === undefined)
      return [{ text: `has another ${kind === 'trust' ? 'trust' : 'policy'} to have, which cannot be read here`, isFirst: true }];
    return grantRows(grantDifferences(before, after)).map((row) => neededWords(row, { kind, isNew, named, self: name }));
  });
  return { name, isNew, lines };
}

/** Undefined where it cannot be read. */
function documentOf(side: Value, kind: 'identity' | 'trust') {
  const text = valueAt(side, 'input', kind === 'trust' ? 'trust' : 'policy');
  if (text === undefined || text === null) return [];
  return typeof text === 'string' ? grantsOf(parsedOf(text)) : undefined;
}
