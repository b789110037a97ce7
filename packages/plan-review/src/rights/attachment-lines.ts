import type { Plan, ResourceChange } from '../plan/plan.ts';
import { attributeText } from '../plan/references.ts';
import { textsOf, Unknown, valueAt } from '../secrets/masked-value.ts';
import { type ArnContext, arnWords } from '../words/arn-words.ts';
import { code } from '../words/markdown.ts';
import type { PermissionLine } from './grant-words.ts';
import { type HolderOf, named } from './policy-places.ts';

type Side = 'before' | 'after';

/** Managed policies, and groups, that roles, users and groups get or lose, by the name of who does. */
export function attachmentLines(plan: Plan, holderOf: HolderOf, context: Omit<ArnContext, 'module'>): Map<string, PermissionLine[]> {
  const lines = new Map<string, PermissionLine[]>();
  for (const change of plan.changes) {
    if (change.mode === 'data' || change.isDeposed || change.action === 'no-op') continue;
    const own = { ...context, module: change.module };
    const [before, after] = (['before', 'after'] as const).map((side) => attachmentsOf(change, side, holderOf, own));
    const isIn = (all: readonly Attachment[] | undefined, { who, what }: Attachment) =>
      all?.some((one) => one.who === who && one.what === what) === true;
    const got = after?.filter((one) => !isIn(before, one)).map((one) => ({ who: one.who, line: lineOf(one, true) })) ?? [];
    const lost = before?.filter((one) => !isIn(after, one)).map((one) => ({ who: one.who, line: lineOf(one, false) })) ?? [];
    for (const { who, line } of [...got, ...lost]) lines.set(who, [...(lines.get(who) ?? []), line]);
  }
  return lines;
}

/** Who, and which policy or group; `isWide` where that is more than a reviewer should let pass unseen. */
type Attachment = { readonly who: string; readonly what: string; readonly isWide: boolean; readonly isGroup: boolean };

function attachmentsOf(change: ResourceChange, side: Side, holderOf: HolderOf, context: ArnContext): Attachment[] {
  const isThere = side === 'before' ? change.action !== 'create' : change.action !== 'delete' && change.action !== 'forget';
  if (!isThere) return [];
  const { type } = change;
  const arns = (attribute: string) => namesAt(change, side, attribute, context).map((arn) => policyOf(arn, context));
  const groups = (attribute: string) =>
    namesAt(change, side, attribute, context).map((name) => ({ what: `group ${code(name)}`, isWide: true, isGroup: true }));
  const each = (who: string, all: readonly Omit<Attachment, 'who'>[]) => all.map((one) => ({ who, ...one }));
  const [, single, isExclusive] = /^aws_iam_(role|user|group)_policy_attachment(s_exclusive)?$/.exec(type) ?? [];
  if (single !== undefined) {
    const attribute = isExclusive === undefined ? single : `${single}_name`;
    return each(holderOf(change, [attribute, `aws_iam_${single}`]).name, arns(isExclusive === undefined ? 'policy_arn' : 'policy_arns'));
  }
  switch (type) {
    case 'aws_iam_policy_attachment':
      return ['role', 'user', 'group'].flatMap((kind) =>
        namesAt(change, side, `${kind}s`, context).flatMap((name) => each(named(`aws_iam_${kind}`, code(name)), arns('policy_arn'))),
      );
    case 'aws_iam_user_group_membership':
      return each(holderOf(change, ['user', 'aws_iam_user']).name, groups('groups'));
    case 'aws_iam_group_membership':
      return namesAt(change, side, 'users', context).flatMap((name) => each(named('aws_iam_user', code(name)), groups('group')));
    case 'aws_ssoadmin_managed_policy_attachment':
      return each(holderOf(change, ['permission_set_arn', 'aws_ssoadmin_permission_set']).name, arns('managed_policy_arn'));
    case 'aws_iam_role': {
      const { isPresent, expressionOf } = context.references.configuration;
      const isSet = !isPresent || expressionOf(change.address, 'managed_policy_arns') !== undefined;
      return isSet ? each(holderOf(change, undefined).name, arns('managed_policy_arns')) : [];
    }
    default:
      return [];
  }
}

const untold = '(known after apply)';

/** One text or a list of them; what only the apply tells is one of its own. */
function namesAt(change: ResourceChange, side: Side, attribute: string, { references }: ArnContext): string[] {
  const value = valueAt(change[side], attribute);
  if (Array.isArray(value)) return [...textsOf(value), ...(value.some((one) => one instanceof Unknown) ? [untold] : [])];
  const text = attributeText(change, attribute, side, references);
  if (text !== undefined) return [text];
  return value instanceof Unknown ? [untold] : [];
}

function policyOf(arn: string, context: ArnContext): Omit<Attachment, 'who'> {
  const name = /^arn:[\w-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  const what = name === undefined ? arnWords(arn, context) : `AWS's managed policy ${code(name)}`;
  return { what, isWide: name !== undefined && /Admin|PowerUser|FullAccess|ReadWrite/.test(name), isGroup: false };
}

function lineOf({ what, isWide, isGroup }: Attachment, gets: boolean): PermissionLine {
  const reasons = !(gets && isWide) ? [] : [isGroup ? 'all that its members may do' : 'all that it allows, on any resource'];
  const [gains, gives] = isGroup ? ['joins', 'leaves'] : ['gets', 'loses'];
  return {
    text: `${gets ? gains : gives} ${what}${reasons.length === 0 ? '' : ` (**${reasons.join()}**)`}`,
    isWide: reasons.length > 0,
    reasons,
  };
}
