import { type DataHolder, dataHolders } from './data-holders.ts';
import { code } from './markdown.ts';
import type { Plan, ResourceChange } from './plan.ts';
import { reasonWords } from './reason-words.ts';
import { addressWords, resourceWords } from './resource-words.ts';
import { valueAt } from './value-at.ts';

export type DataLoss = { readonly isMinor: boolean; readonly text: string };

/** What holds data and would be destroyed, or destroyed and made anew, which comes to the same. */
export function dataLosses(plan: Plan): DataLoss[] {
  return [...plan.changes, ...plan.deferred.map(({ change }) => change)].flatMap((change) => {
    const holder = holderOf(change.type);
    const isReplaced = change.action === 'replace';
    if (!holder || change.mode === 'data' || !(isReplaced || change.action === 'delete')) return [];
    const subject = resourceWords(change);
    const which = change.isDeposed ? ' (a copy left over from an earlier deployment)' : addressWords(change);
    const what = `is **${isReplaced ? 'replaced' : 'destroyed'}**, which deletes ${holder.holds}`;
    const why = reasonWords(change);
    const text = `${subject}${which} ${what}${why === '' ? '' : `: ${why}`}.${mercyOf(change)}`;
    return [{ isMinor: holder.isMinor === true, text }];
  });
}

function holderOf(type: string): DataHolder | undefined {
  return Object.hasOwn(dataHolders, type) ? dataHolders[type] : undefined;
}

/** What AWS does to soften it, as far as the resource says. */
function mercyOf({ type, before }: ResourceChange): string {
  const at = (attribute: string) => valueAt(before, attribute);
  const protection =
    at('deletion_protection_enabled') === true || at('deletion_protection') === true || at('deletion_protection') === 'ACTIVE';
  if (protection) return ' Deletion protection is on, so AWS will refuse and the deployment will stop half-way.';
  if (at('skip_destroy') === true) return ' `skip_destroy` is set, so AWS keeps it.';
  const days = at(type === 'aws_kms_key' ? 'deletion_window_in_days' : 'recovery_window_in_days');
  if (typeof days === 'number' && days > 0) return ` It can be brought back for ${code(String(days))} days.`;
  if (type === 'aws_s3_bucket' && at('force_destroy') !== true) return ' AWS refuses while objects are in it.';
  if (type === 'aws_ecr_repository' && at('force_delete') !== true) return ' AWS refuses while images are in it.';
  return '';
}
