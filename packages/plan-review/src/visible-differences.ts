import { attributeDifferences, type Difference } from './attribute-differences.ts';
import type { Configuration } from './configuration.ts';
import { Unknown } from './masked-value.ts';
import type { ResourceChange } from './plan.ts';
import { isPolicyText } from './policy.ts';
import { valueAt } from './value-at.ts';

/** What differs and means something: neither what a provider computes after every change, nor one fact told twice. */
export function visibleDifferences(change: ResourceChange, { isPresent, expressionOf }: Configuration): Difference[] {
  const differences = attributeDifferences(change.before, change.after);
  const hasOwnTags = differences.some(({ path }) => /^tags(?:\.|$)/.test(path));
  return differences.flatMap((difference) => {
    const attribute = /^[^.[]*/.exec(difference.path)?.[0] ?? '';
    if (attribute === 'tags_all' && (hasOwnTags || difference.after instanceof Unknown)) return [];
    if (!(difference.after instanceof Unknown)) return [difference];
    if (isPresent && expressionOf(change.address, attribute) === undefined) return [];
    const before = valueAt(change.before, attribute);
    return [typeof before === 'string' && isPolicyText(before) ? { ...difference, isPolicy: true } : difference];
  });
}
