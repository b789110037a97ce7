import { memberOf, textOf } from './json.ts';
import { Hidden, Unknown } from './masked-value.ts';
import type { ResourceChange } from './plan.ts';
import type { References } from './references.ts';
import { valueAt } from './value-at.ts';

/** An attribute as text, before or after; where only an apply can tell it, the code's template with what is known filled in. */
export function attributeText(
  change: ResourceChange,
  attribute: string,
  side: 'before' | 'after',
  references: References,
): string | undefined {
  const value = valueAt(change[side], attribute);
  if (value instanceof Hidden) return '(sensitive)';
  if (!(value instanceof Unknown))
    return value === undefined || value === null || value === '' || typeof value === 'object' ? undefined : String(value);
  const expression = references.configuration.expressionOf(change.address, attribute);
  const template = textOf(memberOf(expression, 'constant_value'));
  if (template !== undefined) return references.filled(template, change.module);
  const reference = textOf(memberOf(expression, 'references', 0));
  return reference === undefined ? undefined : references.filled(`\${${reference}}`, change.module);
}
