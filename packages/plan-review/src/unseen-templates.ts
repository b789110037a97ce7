import { attributeText } from './attribute-text.ts';
import { entriesOf, isObject, type Json, memberOf, parsedOf, textOf } from './json.ts';
import { code, firstOf } from './markdown.ts';
import type { Plan, ResourceChange } from './plan.ts';
import type { References } from './references.ts';
import { resourceWords } from './resource-words.ts';
import { permissionType } from './template-grants.ts';

/** What CloudFormation would make that no plan shows and no rule here looks at, as one sentence a stack. */
export function unseenTemplates(plan: Plan, references: References): string[] {
  const stacks = plan.changes.filter(
    ({ type, action, mode }) => type === 'aws_cloudformation_stack' && mode === 'managed' && acting.has(action),
  );
  return stacks.flatMap((change) => {
    const types = typesIn(change, references);
    if (types === undefined) return [`${resourceWords(change)} makes what its template says, which is not in this plan.`];
    const unseen = types.filter((type) => type !== permissionType).sort();
    return unseen.length === 0
      ? []
      : [
          `${resourceWords(change)} makes what this review does not look at: ${firstOf(
            unseen.map((type) => code(type)),
            10,
          )}.`,
        ];
  });
}

const acting = new Set(['create', 'update', 'replace']);

function typesIn(change: ResourceChange, references: References): string[] | undefined {
  const template: Json | undefined = parsedOf(attributeText(change, 'template_body', 'after', references) ?? '');
  const resources = memberOf(template, 'Resources');
  if (!isObject(resources)) return undefined;
  return [...new Set(entriesOf(resources).map(([, resource]) => textOf(memberOf(resource, 'Type')) ?? '(no type)'))];
}
