import { type ArnContext, arnWords } from './arn-words.ts';
import { attributeText } from './attribute-text.ts';
import type { PermissionLine } from './grant-words.ts';
import { code } from './markdown.ts';
import type { Plan, ResourceChange } from './plan.ts';
import type { HolderOf } from './policy-holders.ts';
import { textsOf } from './texts-of.ts';

type Context = Omit<ArnContext, 'module'>;

/** Managed policies that roles, users and groups get or lose, by the name of who does. */
export function attachmentLines(plan: Plan, holderOf: HolderOf, context: Context): Map<string, PermissionLine[]> {
  const lines = new Map<string, PermissionLine[]>();
  for (const change of plan.changes) {
    if (change.mode === 'data' || change.isDeposed || change.action === 'no-op') continue;
    const [, attribute] = /^aws_iam_(role|user|group)_policy_attachment$/.exec(change.type) ?? [];
    const isOfRole = change.type === 'aws_iam_role' && context.references.configuration.expressionOf(change.address, managed) !== undefined;
    if (attribute === undefined && !isOfRole) continue;
    const { name } = holderOf(change, attribute === undefined ? undefined : [attribute, `aws_iam_${attribute}`]);
    const [before, after] = (['before', 'after'] as const).map((side) => attachedOn(change, side, { ...context, module: change.module }));
    const lost = before?.filter((policy) => !after?.includes(policy)) ?? [];
    const got = after?.filter((policy) => !before?.includes(policy)) ?? [];
    lines.set(name, [
      ...(lines.get(name) ?? []),
      ...got.map((policy) => lineOf(policy, true)),
      ...lost.map((policy) => lineOf(policy, false)),
    ]);
  }
  return lines;
}

const managed = 'managed_policy_arns';

/** Each policy in words. */
function attachedOn(change: ResourceChange, side: 'before' | 'after', context: ArnContext): string[] {
  const isThere = side === 'before' ? change.action !== 'create' : change.action !== 'delete' && change.action !== 'forget';
  if (!isThere) return [];
  if (change.type === 'aws_iam_role') return textsOf(change[side], [managed]).map((arn) => policyWords(arn, context));
  const arn = attributeText(change, 'policy_arn', side, context.references);
  return arn === undefined ? [] : [policyWords(arn, context)];
}

function policyWords(arn: string, context: ArnContext): string {
  const name = /^arn:aws:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  return name === undefined ? arnWords(arn, context) : `AWS's managed policy ${code(name)}`;
}

function lineOf(policy: string, gets: boolean): PermissionLine {
  const isWide = gets && /`(?:AdministratorAccess|PowerUserAccess|\w*FullAccess)`$/.test(policy);
  const reasons = isWide ? ['all that it allows, on any resource'] : [];
  return { text: `${gets ? 'gets' : 'loses'} ${policy}${isWide ? ` (**${reasons.join()}**)` : ''}`, isWide, reasons };
}
