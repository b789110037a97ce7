import type { ArnContext } from './arn-words.ts';
import { type ChangeEntry, changeEntries } from './change-entries.ts';
import { type DataLoss, dataLosses } from './data-losses.ts';
import { imageWords, isImage } from './image-changes.ts';
import { type PermissionChange, permissionChanges } from './permission-changes.ts';
import type { Plan } from './plan.ts';
import { createReferences } from './references.ts';
import { type Remark, stackRemarks } from './stack-remarks.ts';
import type { Surroundings } from './surroundings.ts';
import { unseenTemplates } from './unseen-templates.ts';
import { weakenings } from './weakenings.ts';

/** Everything the comment says of one stack, in Markdown, not yet cut to size. */
export type StackReview = {
  readonly stack: string;
  readonly images: readonly string[];
  readonly losses: readonly DataLoss[];
  readonly weakenings: readonly string[];
  readonly permissions: readonly PermissionChange[];
  readonly entries: readonly ChangeEntry[];
  readonly remarks: readonly Remark[];
};

export function reviewStack(plan: Plan, surroundings: Surroundings): StackReview {
  const references = createReferences(plan);
  const context: Omit<ArnContext, 'module'> = { surroundings, references };
  const images = plan.changes.filter((change) => isImage(change) && change.action !== 'no-op');
  return {
    stack: plan.stack,
    images: images.map(imageWords),
    losses: dataLosses(plan),
    weakenings: [...weakenings(plan), ...unseenTemplates(plan, references)],
    permissions: permissionChanges(plan, context),
    entries: changeEntries(plan, references.configuration),
    remarks: stackRemarks(plan, references.configuration),
  };
}
