import type { DataLoss } from '../loss/data-losses.ts';
import type { PermissionChange } from '../rights/permission-changes.ts';
import { joinedReasons } from '../rights/wide-grants.ts';
import { bulleted, code, counted, words } from '../words/markdown.ts';
import type { StackReview } from './stack-review.ts';
import type { Detail } from './stack-section.ts';

export const allowingLabel = 'allow-data-loss';

/** What a reviewer has to see before anything else, in GitHub's coloured boxes. */
export function alerts(reviews: readonly StackReview[], isLossAllowed: boolean, detail: Detail): string[] {
  const losses = reviews.flatMap(({ stack, losses: own }) => own.map((loss) => ({ ...loss, text: `${words(stack)}: ${loss.text}` })));
  return [
    ...lossAlert(
      losses.filter(({ isMinor }) => !isMinor),
      isLossAllowed,
      detail,
    ),
    ...lookAlert(reviews, losses, detail),
  ];
}

function lossAlert(losses: readonly DataLoss[], isAllowed: boolean, { lines }: Detail): string[] {
  if (losses.length === 0) return [];
  const what = `**Data is lost for good.** ${counted(losses.length, 'thing that holds data', 'things that hold data')} would be destroyed:`;
  const then = isAllowed
    ? `The label ${code(allowingLabel)} is on this pull request, so the check lets it pass.`
    : `The check fails. If this is meant, save what is needed, put the label ${code(allowingLabel)} on this pull request and run the plan again.`;
  return box('CAUTION', [
    what,
    '',
    ...bulleted(
      losses.map(({ text }) => text),
      lines * 4,
    ),
    '',
    then,
  ]);
}

function lookAlert(reviews: readonly StackReview[], losses: readonly DataLoss[], { lines }: Detail): string[] {
  const wide = reviews.flatMap(({ stack, permissions }) =>
    permissions.flatMap((permission) => wideLines(permission).map((line) => `${words(stack)}: ${line}`)),
  );
  const weaker = reviews.flatMap(({ stack, weakenings }) => weakenings.map((text) => `${words(stack)}: ${text}`));
  const minor = losses.filter(({ isMinor }) => isMinor).map(({ text }) => text);
  const all = [...wide, ...weaker, ...minor];
  return all.length === 0 ? [] : box('WARNING', ['**Look at these before you approve.**', '', ...bulleted(all, lines)]);
}

/** What changes is told right by right; of what is new, which is read as a whole below, only that much of it is wide. */
function wideLines({ name, state, lines }: PermissionChange): string[] {
  const wide = lines.filter(({ isWide }) => isWide);
  if (state !== 'new' || wide.length <= 2) return wide.map(({ text }) => `${name} ${text}`);
  return [`${name}, which is new, has ${wide.length} wide rights, told below: ${joinedReasons(wide.flatMap(({ reasons }) => reasons))}`];
}

function box(kind: 'CAUTION' | 'WARNING', lines: readonly string[]): string[] {
  return [`> [!${kind}]`, ...lines.map((line) => (line === '' ? '>' : `> ${line}`)), ''];
}
