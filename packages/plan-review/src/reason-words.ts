import { attributeDifferences } from './attribute-differences.ts';
import { differenceWords } from './difference-words.ts';
import { code } from './markdown.ts';
import type { ResourceChange } from './plan.ts';
import { valueAt } from './value-at.ts';

/** Why Terraform replaces or destroys; nothing where it does not say, or says only that the code has it no more. */
export function reasonWords(change: ResourceChange): string {
  const forced = forcedBy(change);
  if (change.action === 'replace' && forced.length > 0) return `forced by ${forced.join('; ')}`;
  return (Object.hasOwn(reasons, change.reason ?? '') && reasons[change.reason ?? '']) || '';
}

const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: 'an earlier deployment left it half made (tainted)',
  replace_by_request: 'asked for with `-replace`',
  replace_by_triggers: 'forced by `replace_triggered_by`',
  replace_because_cannot_update: 'the change cannot be made in place',
  delete_because_no_module: 'its module is no longer in the code',
  delete_because_no_move_target: 'it was moved to a place that is not in the code',
  delete_because_wrong_repetition: 'the code now makes it with another `count` or `for_each`',
  delete_because_count_index: 'the code now makes fewer of them',
  delete_because_each_key: 'its key is no longer in `for_each`',
};

function forcedBy(change: ResourceChange): string[] {
  const texts = change.replacePaths.flatMap((path) => {
    const name = path.filter((step) => typeof step === 'string').join('.');
    const [before, after] = [valueAt(change.before, ...path) ?? null, valueAt(change.after, ...path) ?? null];
    const differences = attributeDifferences(before, after, name);
    return differences.length === 0 ? [code(name)] : differences.map((difference) => differenceWords(difference));
  });
  return [...new Set(texts)].sort();
}
