import type { DataLoss } from '../loss/data-holders.ts';
import type { UnplannedStack } from '../plan/read-plans.ts';
import type { NeededChange } from '../rights/needed-changes.ts';
import type { PermissionChange } from '../rights/permission-changes.ts';
import { joinedReasons } from '../rights/wide-grants.ts';
import { bulleted, code, count, counted, enumerated, words } from '../words/markdown.ts';
import type { StackReview } from './stack-review.ts';
import type { Detail } from './stack-section.ts';

export const allowingLabel = 'allow-data-loss';

/** Where the loss of data is allowed, or is not: on a pull request, or in the run that would apply it. */
export const occasions = ['pull-request', 'deployment', 'drift'] as const;
export type Occasion = (typeof occasions)[number];

/** What a reviewer has to see before anything else, in GitHub's coloured boxes. */
export function alerts(reviews: readonly StackReview[], permit: { isLossAllowed: boolean; occasion: Occasion }, detail: Detail): string[] {
  const losses = reviews.flatMap(({ stack, losses: own }) => own.map((loss) => ({ ...loss, text: `${words(stack)}: ${loss.text}` })));
  return [
    ...lossAlert(
      losses.filter(({ isMinor }) => !isMinor),
      lossVerdict(permit),
      detail,
    ),
    ...lookAlert(reviews, losses, detail),
  ];
}

/** What the comment knows nothing of, for Terraform made no plan of it. */
export function failureAlert(failed: readonly UnplannedStack[], detail: Detail): string[] {
  if (failed.length === 0) return [];
  const names = enumerated(failed.map(({ stack }) => words(stack)));
  return box('CAUTION', [
    `**Terraform could not plan ${names}.** What would change there is not in this comment.`,
    ...failed.flatMap(({ stack, lines }) => [
      '',
      `${words(stack)}:`,
      '',
      ...bulleted(
        lines.map((line) => code(line, 300)),
        { ...detail, lines: Math.min(detail.lines, 40) },
      ),
    ]),
  ]);
}

function lossVerdict({ isLossAllowed, occasion }: { isLossAllowed: boolean; occasion: Occasion }): string {
  const label = code(allowingLabel);
  if (occasion === 'drift') return 'Nothing is applied here.';
  if (occasion === 'deployment')
    return isLossAllowed
      ? `This run was started with ${label}, so an approval applies it.`
      : `Nothing can be approved. If this is meant, save what is needed, and start the workflow by hand with ${label}.`;
  return isLossAllowed
    ? `The label ${label} is on this pull request, so the check lets it pass.`
    : `The check fails. If this is meant, save what is needed, put the label ${label} on this pull request and run the plan again.`;
}

function lossAlert(losses: readonly DataLoss[], verdict: string, detail: Detail): string[] {
  if (losses.length === 0) return [];
  const what = `**Data is lost.** ${counted(losses.length, 'thing that holds data', 'things that hold data')} would be destroyed:`;
  return box('CAUTION', [
    what,
    '',
    // What nothing brings back comes first; of the others each line says what AWS does.
    ...bulleted(
      losses.toSorted((one, other) => Number(one.isSoftened) - Number(other.isSoftened)).map(({ text }) => text),
      { ...detail, lines: detail.lines * 4 },
    ),
    '',
    verdict,
  ]);
}

function lookAlert(reviews: readonly StackReview[], losses: readonly DataLoss[], detail: Detail): string[] {
  const wide = reviews.flatMap(({ stack, permissions }) =>
    permissions.flatMap((permission) => wideLines(permission).map((line) => `${words(stack)}: ${line}`)),
  );
  const needed = reviews.flatMap(({ stack, needed: own }) => own.flatMap(neededLines).map((line) => `${words(stack)}: ${line}`));
  const weaker = reviews.flatMap(({ stack, weakenings }) => weakenings.map((text) => `${words(stack)}: ${text}`));
  const minor = losses.filter(({ isMinor }) => isMinor).map(({ text }) => text);
  const all = [...needed, ...wide, ...weaker, ...minor];
  return all.length === 0 ? [] : box('WARNING', ['**Look at these before you approve.**', '', ...bulleted(all, detail)]);
}

/** What changes is told right by right; of what is new, which is read as a whole below, only that much of it is wide. */
function wideLines({ name, state, lines }: PermissionChange): string[] {
  const wide = lines.filter(({ isWide }) => isWide);
  if (state !== 'new' || wide.length <= 2) return wide.map(({ text }) => `${name} ${text}`);
  return [
    `${name}, which is new, has ${count(wide.length)} wide rights, told below: ${joinedReasons(wide.flatMap(({ reasons }) => reasons))}`,
  ];
}

/** Nothing here changes such a role: whoever keeps it does, or what is applied fails where it is called. */
function neededLines({ name, isNew, lines }: NeededChange): string[] {
  const first = lines.filter(({ isFirst }) => isFirst);
  if (first.length === 0) return [];
  const whose = `before this is applied, whoever keeps ${name} has to change it, which nothing here does`;
  if (isNew && first.length > 2) return [`${whose}: ${count(first.length)} things that it has to allow or trust are told below`];
  return first.map(({ text }) => `${whose}: it ${text}`);
}

function box(kind: 'CAUTION' | 'WARNING', lines: readonly string[]): string[] {
  return [`> [!${kind}]`, ...lines.map((line) => (line === '' ? '>' : `> ${line}`)), ''];
}
