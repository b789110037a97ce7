import { type ArnContext, arnWords } from './arn-words.ts';
import { attributeText } from './attribute-text.ts';
import { code } from './markdown.ts';
import type { Plan, ResourceChange } from './plan.ts';
import { nameOf, nounOf, resourceWords } from './resource-words.ts';
import { textsOf } from './texts-of.ts';

/** Whose rights a policy describes; `new` and `gone` if this plan makes or destroys it. */
export type PolicyHolder = { readonly name: string; readonly state: 'new' | 'gone' | 'there' };
export type HolderOf = (change: ResourceChange, of: readonly [attribute: string, type: string] | undefined) => PolicyHolder;

export function createHolders(plan: Plan, context: Omit<ArnContext, 'module'>): HolderOf {
  const byText = new Map<string, ResourceChange>();
  for (const change of plan.changes) {
    if (change.isDeposed) continue;
    const names = [
      nameOf(change) ?? change.address,
      ...identifying.flatMap((path) => [...textsOf(change.before, [path]), ...textsOf(change.after, [path])]),
    ];
    for (const name of names) byText.set(`${change.type}\n${name}`, change);
  }
  return (change, of) => {
    if (!of) return holderIn(change);
    const [attribute, type] = of;
    const side = change.action === 'delete' || change.action === 'forget' ? 'before' : 'after';
    const text = attributeText(change, attribute, side, context.references);
    if (text === undefined) return { name: resourceWords(change), state: 'there' };
    const expression = /^\$\{([^{}]+)\}$/.exec(text)?.[1];
    const holder = expression === undefined ? byText.get(`${type}\n${text}`) : context.references.resourceOf(expression, change.module);
    if (holder) return holderIn(holder);
    const name = text.startsWith('arn:') ? arnWords(text, { ...context, module: change.module }) : named(type, code(text));
    return { name, state: 'there' };
  };
}

const identifying = ['arn', 'id', 'url'];

function holderIn(change: ResourceChange): PolicyHolder {
  const states = { create: 'new', delete: 'gone', forget: 'gone' } as const;
  const state = change.action === 'create' || change.action === 'delete' || change.action === 'forget' ? states[change.action] : 'there';
  return { name: named(change.type, code(nameOf(change) ?? change.address)), state };
}

/** Most of a comment speaks of roles: those go by their names alone. */
function named(type: string, name: string): string {
  return type === 'aws_iam_role' ? name : `${nounOf(type)} ${name}`;
}
