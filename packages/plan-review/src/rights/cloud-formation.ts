import { inOrder } from '../json/in-order.ts';
import { entriesOf, isObject, type Json, memberOf, textOf } from '../json/json.ts';
import type { Grant } from '../json/policy.ts';
import type { Plan, ResourceChange } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { runtimeType, templateIn } from '../plan/template-in.ts';
import { code, firstOf } from '../words/markdown.ts';
import { resourceWords } from '../words/resource-words.ts';

const permissionType = 'AWS::Lambda::Permission';
/** What a review looks at: permissions here, the runtime in `review/runtime-lines.ts` and `loss`. */
const lookedAt = new Set([permissionType, runtimeType]);

/** Who may call functions by the permissions of a CloudFormation template; undefined for JSON that is none. */
export function templateGrants(template: Json | undefined): Grant[] | undefined {
  const resources = memberOf(template, 'Resources');
  if (!isObject(resources)) return undefined;
  return entriesOf(resources).flatMap(([, resource]) =>
    memberOf(resource, 'Type') === permissionType ? [grantOf(memberOf(resource, 'Properties'))] : [],
  );
}

function grantOf(properties: Json | undefined): Grant {
  const text = (name: string) => {
    const value = memberOf(properties, name);
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '(unknown)');
  };
  const conditions = Object.entries(conditionOf).flatMap(([name, condition]) =>
    memberOf(properties, name) === undefined ? [] : [`${condition} = ${text(name)}`],
  );
  return {
    effect: 'Allow',
    principal: text('Principal'),
    action: text('Action'),
    resource: text('FunctionName'),
    conditions: conditions.sort(),
  };
}

const conditionOf = {
  EventSourceToken: 'StringEquals lambda:EventSourceToken',
  FunctionUrlAuthType: 'StringEquals lambda:FunctionUrlAuthType',
  InvokedViaFunctionUrl: 'Bool lambda:InvokedViaFunctionUrl',
  PrincipalOrgID: 'StringEquals aws:PrincipalOrgID',
  SourceAccount: 'StringEquals aws:SourceAccount',
  SourceArn: 'ArnLike aws:SourceArn',
};

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
    const unseen = [...new Set(types.flatMap((own) => own ?? []))].filter((type) => !lookedAt.has(type)).sort(inOrder);
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

const acting = new Set(['create', 'update', 'replace', 'delete']);

function typesIn(change: ResourceChange, side: 'before' | 'after', references: References): string[] | undefined {
  const resources = memberOf(templateIn(change, side, references), 'Resources');
  if (!isObject(resources)) return undefined;
  return [...new Set(entriesOf(resources).map(([, resource]) => textOf(memberOf(resource, 'Type')) ?? '(no type)'))];
}
