import type { DataLoss } from '../loss/data-holders.ts';
import { dataLosses } from '../loss/data-losses.ts';
import { unseenTemplates } from '../loss/unseen-templates.ts';
import { weakenings } from '../loss/weakenings.ts';
import type { Plan } from '../plan/plan.ts';
import { createReferences } from '../plan/references.ts';
import { type NeededChange, neededChanges } from '../rights/needed-changes.ts';
import { type PermissionChange, permissionChanges } from '../rights/permission-changes.ts';
import type { ArnContext, Surroundings } from '../words/arn-words.ts';
import { code, count, counted, enumerated } from '../words/markdown.ts';
import { type ChangeEntry, changeEntries, type EntryKind, imageWords, isImage } from './change-entries.ts';
import { runtimeLines } from './runtime-lines.ts';
import { invocationWords, type Remark, stackRemarks } from './stack-remarks.ts';

/** Everything the comment says of one stack, in Markdown, not yet cut to size. */
export type StackReview = {
  readonly stack: string;
  readonly images: readonly string[];
  readonly runtime: readonly string[];
  readonly losses: readonly DataLoss[];
  readonly weakenings: readonly string[];
  readonly permissions: readonly PermissionChange[];
  readonly needed: readonly NeededChange[];
  readonly entries: readonly ChangeEntry[];
  readonly remarks: readonly Remark[];
  /** How many actions of providers run, and how many changes are put off. */
  readonly actions: number;
  readonly deferred: number;
};

export function reviewStack(plan: Plan, surroundings: Surroundings): StackReview {
  // What is put off changes later what it changes, and is looked at now.
  const whole = { ...plan, changes: [...plan.changes, ...plan.deferred.map(({ change }) => change)] };
  const references = createReferences(whole);
  const context: Omit<ArnContext, 'module'> = { surroundings, references };
  const images = plan.changes.filter((change) => isImage(change) && change.action !== 'no-op');
  return {
    stack: plan.stack,
    images: images.map(imageWords),
    runtime: runtimeLines(whole, references),
    losses: dataLosses(whole, references),
    weakenings: [
      ...weakenings(whole, references, surroundings.home),
      ...unseenTemplates(whole, references),
      ...plan.invocations.map((invocation) => `runs an action, and no plan shows what it does: ${invocationWords(invocation)}`),
      ...plan.strangers.map((name) => `the plan has a part ${code(name)}, which this review does not know`),
    ],
    actions: plan.invocations.length,
    deferred: plan.deferred.length,
    permissions: permissionChanges(whole, context),
    needed: neededChanges(whole, context),
    entries: changeEntries(plan, references),
    remarks: stackRemarks(plan, references.configuration),
  };
}

/** The whole of one plan or of all in a line: "2 to add, 1 to change". */
export function verdictOf(reviews: readonly StackReview[]): string {
  const entries = reviews.flatMap((review) => review.entries);
  const parts = kinds.flatMap(([kind, words]) => {
    const number = entries.filter((entry) => entry.kind === kind).length;
    return number === 0 ? [] : [words(number)];
  });
  const sumOf = (of: 'actions' | 'deferred') => reviews.reduce((sum, review) => sum + review[of], 0);
  if (sumOf('actions') > 0) parts.push(`${counted(sumOf('actions'), 'action')} to run`);
  if (sumOf('deferred') > 0) parts.push(`${count(sumOf('deferred'))} put off to a later plan`);
  if (parts.length > 0) return enumerated(parts);
  const titles = [...new Set(reviews.flatMap(({ remarks }) => remarks.map(({ title }) => title)))];
  return titles.length === 0 ? 'nothing changes' : 'no resource changes';
}

const kinds: readonly (readonly [EntryKind, (number: number) => string])[] = [
  ['create', (number) => `${count(number)} to add`],
  ['update', (number) => `${count(number)} to change`],
  ['replace', (number) => `${count(number)} to replace`],
  ['destroy', (number) => `${count(number)} to destroy`],
  ['forget', (number) => `${count(number)} to forget`],
  ['image', (number) => `${counted(number, 'image')} to build`],
  ['image of elsewhere', (number) => `${counted(number, 'image')} from elsewhere`],
  ['unfamiliar', (number) => `${count(number)} that this review does not understand`],
];

export function isUneventful({ entries, remarks, permissions, images }: StackReview): boolean {
  return entries.every(({ kind }) => isUneventfulKind(kind)) && remarks.length === 0 && permissions.length === 0 && images.length === 0;
}

export function isUneventfulKind(kind: EntryKind): boolean {
  return kind === 'quiet' || kind === 'again';
}
