import { inOrder } from '../json/in-order.ts';
import type { Plan, ResourceChange } from '../plan/plan.ts';
import { attributeText } from '../plan/references.ts';
import { textsOf } from '../secrets/masked-value.ts';
import { type ArnContext, arnWords } from '../words/arn-words.ts';
import { code } from '../words/markdown.ts';
import { grantDifferences } from './grant-differences.ts';
import { grantRows, grantWords, type PermissionLine } from './grant-words.ts';
import { permissionSubjects, type Subject } from './permission-subjects.ts';
import { createHolders, type HolderOf, type PolicyHolder } from './policy-places.ts';

/** What one role may do from now on, or who may use one resource. */
export type PermissionChange = {
  /** Markdown. */
  readonly name: string;
  readonly state: PolicyHolder['state'];
  readonly lines: readonly PermissionLine[];
};

export function permissionChanges(plan: Plan, context: Context): PermissionChange[] {
  const subjects = Map.groupBy(permissionSubjects(plan, context), ({ name }) => name);
  const attachments = attachmentLines(plan, createHolders(plan, context), context);
  const names = [...new Set([...subjects.keys(), ...attachments.keys()])].sort(inOrder);
  return names.flatMap((name) => {
    const own = subjects.get(name) ?? [];
    const lines = [...own.flatMap((subject) => linesOf(subject, context)), ...(attachments.get(name) ?? [])];
    return lines.length === 0 ? [] : [{ name, state: own[0]?.state ?? 'there', lines }];
  });
}

function linesOf(subject: Subject, context: Context): PermissionLine[] {
  const rows = grantRows(grantDifferences(subject.before, subject.after));
  const named = (text: string) => arnWords(text, { ...context, module: subject.module });
  const lines = rows.map((row) => grantWords(row, { kind: subject.kind, isNew: subject.state === 'new', named, self: subject.name }));
  return [...lines, ...subject.remarks.map((text) => ({ text, isWide: true, reasons: ['not compared'] }))];
}

type Context = Omit<ArnContext, 'module'>;

/** Managed policies that roles, users and groups get or lose, by the name of who does. */
function attachmentLines(plan: Plan, holderOf: HolderOf, context: Context): Map<string, PermissionLine[]> {
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
