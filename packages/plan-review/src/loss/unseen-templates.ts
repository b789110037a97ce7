import { inOrder } from '../json/in-order.ts';
import { entriesOf, isObject, memberOf, textOf } from '../json/json.ts';
import type { Plan, ResourceChange } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { runtimeType, templateIn, terraformTypeOf } from '../plan/template-in.ts';
import { permissionType } from '../rights/cloud-formation.ts';
import { code, firstOf } from '../words/markdown.ts';
import { resourceWords } from '../words/resource-words.ts';
import { holderOf } from './data-holders.ts';
import { protectionOf } from './protections.ts';

/** What CloudFormation would make, change or delete that no plan shows and no rule here looks at, as one sentence a stack. */
export function unseenTemplates(plan: Plan, references: References): string[] {
  const stacks = plan.changes.filter(
    ({ type, action, mode }) => type === 'aws_cloudformation_stack' && mode === 'managed' && acting.has(action),
  );
  return stacks.flatMap((change) => {
    const told = change.action === 'delete' ? [] : [typesIn(change, 'after', references)];
    const types = [...(change.action === 'create' ? [] : [typesIn(change, 'before', references)]), ...told];
    if (types.some((own) => own === undefined))
      return [`${resourceWords(change)} makes what its template says, which is not in this plan.`];
    const unseen = [...new Set(types.flatMap((own) => own ?? []))].filter((type) => !isLookedAt(type)).sort(inOrder);
    return unseen.length === 0
      ? []
      : [
          `${resourceWords(change)} ${change.action === 'delete' ? 'takes with it' : 'makes'} what this review does not look at: ${firstOf(
            unseen.map((type) => code(type)),
            10,
          )}.`,
        ];
  });
}

const acting = new Set(['create', 'update', 'replace', 'delete', 'unfamiliar']);

function isLookedAt(type: string): boolean {
  const known = terraformTypeOf(type);
  return type === permissionType || type === runtimeType || holderOf(known) !== undefined || protectionOf(known) !== undefined;
}

function typesIn(change: ResourceChange, side: 'before' | 'after', references: References): string[] | undefined {
  const resources = memberOf(templateIn(change, side, references), 'Resources');
  if (!isObject(resources)) return undefined;
  return [...new Set(entriesOf(resources).map(([, resource]) => textOf(memberOf(resource, 'Type')) ?? '(no type)'))];
}
