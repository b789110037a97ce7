import type { Action, Plan, ResourceChange } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { valueAt } from '../secrets/masked-value.ts';
import { reasonWords } from '../words/difference-words.ts';
import { counted } from '../words/markdown.ts';
import { addressWords, movedWords, resourceWords } from '../words/resource-words.ts';
import { type DataLoss, heldBy, holderOf } from './data-holders.ts';
import { templateLosses } from './template-losses.ts';

/** What holds data and would be destroyed, or destroyed and made anew, which comes to the same. */
export function dataLosses(plan: Plan, references: References): DataLoss[] {
  return plan.changes.flatMap((change) => {
    if (change.type === 'aws_cloudformation_stack') return templateLosses(change, references);
    const holder = holderOf(change.type);
    const end = Object.hasOwn(ends, change.action) ? ends[change.action] : undefined;
    if (!holder || change.mode === 'data' || end === undefined) return [];
    // Terraform forgets it, AWS keeps it: the entry of the change says so.
    if (valueAt(change.before, 'skip_destroy') === true) return [];
    const subject = resourceWords(change);
    const which = change.isDeposed ? ' (a copy left over from an earlier deployment)' : addressWords(change);
    const what = `${end} ${heldBy(holder, String(valueAt(change.before, 'name')))}`;
    const why = [reasonWords(change), movedWords(change)].filter((part) => part !== '').join('; ');
    const mercy = mercyOf(change);
    const text = `${subject}${which} ${what}${why === '' ? '' : `: ${why}`}.${mercy}`;
    return [{ isMinor: holder.isMinor === true, isSoftened: mercy !== '', text }];
  });
}

const ends: Readonly<Partial<Record<Action, string>>> = {
  replace: 'is **replaced**, which deletes',
  delete: 'is **destroyed**, which deletes',
  // Until somebody says otherwise.
  unfamiliar: '**may be lost**: something is done to it that this review does not know, which may delete',
};

/** What AWS does to soften it, as far as the resource says. */
function mercyOf({ type, before }: ResourceChange): string {
  const at = (attribute: string) => valueAt(before, attribute);
  const protection =
    at('deletion_protection_enabled') === true || at('deletion_protection') === true || at('deletion_protection') === 'ACTIVE';
  if (protection) return ' Deletion protection is on, so AWS will refuse and the deployment will stop half-way.';
  const days = at(type.startsWith('aws_kms_') ? 'deletion_window_in_days' : 'recovery_window_in_days');
  if (typeof days === 'number' && days > 0) return ` It can be brought back for ${counted(days, 'day')}.`;
  // docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
  if (type === 'aws_dynamodb_table' && valueAt(before, 'point_in_time_recovery', 0, 'enabled') === true)
    return ' A backup that AWS makes at that moment keeps them for 35 days.';
  if (at('skip_final_snapshot') === false) return ' A last snapshot of it is kept.';
  if (type === 'aws_s3_bucket' && at('force_destroy') !== true) return ' AWS refuses while objects are in it.';
  if (type === 'aws_ecr_repository' && at('force_delete') !== true) return ' AWS refuses while images are in it.';
  return '';
}
