import type { Grant } from '../json/policy.ts';
import { attributeDifferences } from '../plan/attribute-differences.ts';
import type { Plan, ResourceChange } from '../plan/plan.ts';
import { valueAt } from '../secrets/masked-value.ts';
import type { ArnContext } from '../words/arn-words.ts';
import { code } from '../words/markdown.ts';
import { policyAfter, policyBefore, type ReadPolicy } from './policy-attribute.ts';
import { createHolders, inAttributes, type PolicyHolder, type PolicyPlace, policyPlacesOf } from './policy-places.ts';
import { statementGrants } from './statements.ts';

/** Somebody who may do things, something that others may use, or a role that others may take on: all that the plan says of it. */
export type Subject = PolicyHolder & {
  readonly kind: PolicyPlace['kind'];
  /** Where its expressions are read. */
  readonly module: string;
  readonly before: Grant[];
  readonly after: Grant[];
  /** Changed policies that cannot be compared, each in words. */
  readonly remarks: string[];
};

type Context = Omit<ArnContext, 'module'>;

export function permissionSubjects(plan: Plan, context: Context): Subject[] {
  const subjects = new Map<string, Subject>();
  const holderOf = createHolders(plan, context);
  for (const change of plan.changes.filter(({ mode, isDeposed }) => mode === 'managed' && !isDeposed)) {
    for (const { kind, attribute, of } of policyPlacesOf(change, context.references)) {
      const sides = sidesOf(change, attribute, context);
      if (!sides.before && !sides.after) continue;
      const holder = holderOf(change, of);
      const key = `${holder.name}\n${kind}`;
      const subject = subjects.get(key) ?? { ...holder, kind, module: change.module, before: [], after: [], remarks: [] };
      subjects.set(key, subject);
      const isChanged =
        attributeDifferences(valueAt(change.before, attribute) ?? null, valueAt(change.after, attribute) ?? null).length > 0;
      add(subject, sides, isChanged ? code(change.address) : undefined);
    }
  }
  return [...subjects].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, subject]) => subject);
}

type Sides = { readonly before: ReadPolicy | undefined; readonly after: ReadPolicy | undefined };

function sidesOf(change: ResourceChange, attribute: string, { references }: Context): Sides {
  const wasThere = change.action !== 'create';
  const staysThere = change.action !== 'delete' && change.action !== 'forget';
  const called = (side: 'before' | 'after') => ({ kind: 'grants', grants: statementGrants(change, side, references) }) as const;
  if (attribute === inAttributes)
    return { before: wasThere ? called('before') : undefined, after: staysThere ? called('after') : undefined };
  return {
    before: wasThere ? policyBefore(change, attribute) : undefined,
    after: staysThere ? policyAfter(change, attribute, references) : undefined,
  };
}

/** A policy of which one side cannot be read is not compared at all: half of it would look like a loss or a gain. */
function add(subject: Subject, { before, after }: Sides, changedAt: string | undefined): void {
  const remark = remarkOn(after) ?? remarkOn(before);
  if (remark !== undefined) {
    if (changedAt !== undefined) subject.remarks.push(`${remark} (${changedAt})`);
    return;
  }
  if (before?.kind === 'grants') subject.before.push(...before.grants);
  if (after?.kind === 'grants') subject.after.push(...after.grants);
}

function remarkOn(policy: ReadPolicy | undefined): string | undefined {
  switch (policy?.kind) {
    case 'hidden':
      return 'has a policy that Terraform marks as sensitive: not compared';
    case 'unreadable':
      return 'has a policy that is no JSON policy document: not compared';
    case 'unknown': {
      const names = policy.refersTo.slice(0, 5).map((name) => code(name));
      return `has a policy that is known only after apply${names.length === 0 ? '' : `, made from ${names.join(', ')}`}: not compared`;
    }
    default:
      return undefined;
  }
}
