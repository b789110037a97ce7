import type { Plan } from '../plan/plan.ts';
import { type Home, surroundingsOf } from '../words/arn-words.ts';
import { code, counted, enumerated, words } from '../words/markdown.ts';
import { alerts } from './alerts.ts';
import { isUneventful, reviewStack, type StackReview, verdictOf } from './stack-review.ts';
import { type Detail, stackSection } from './stack-section.ts';
import { staleLines } from './stale-lines.ts';

/** A workflow finds its own comment by this first line, which GitHub does not show. */
export const marker = '<!-- vera-plan-review -->';
/** GitHub takes 65,536 characters, and the workflow adds a line about the run. */
const longestComment = 65_000;

export type Review = { readonly comment: string; readonly verdict: string; readonly losesData: boolean };
export type ReviewOptions = {
  readonly isLossAllowed: boolean;
  /** Stacks of which there should be a plan, in the order to tell them. */
  readonly expected: readonly string[];
};

export function reviewPlans(plans: readonly Plan[], { isLossAllowed, expected }: ReviewOptions): Review {
  const surroundings = surroundingsOf(plans);
  const place = ({ stack }: Plan) => (expected.includes(stack) ? expected.indexOf(stack) : expected.length);
  const reviews = plans.toSorted((one, other) => place(one) - place(other)).map((plan) => reviewStack(plan, surroundings));
  const missing = expected.filter((stack) => !plans.some((plan) => plan.stack === stack));
  const losesData = reviews.some(({ losses }) => losses.some(({ isMinor }) => !isMinor));
  const verdict = `${verdictOf(reviews)}${missing.length === 0 ? '' : ', as far as it could be planned'}${losesData ? '. Data is lost' : ''}`;
  const eventful = reviews.filter((review) => !isUneventful(review));
  const comment = fitting((detail) => [
    marker,
    `## Terraform plan: ${verdict}`,
    '',
    ...alerts(reviews, isLossAllowed, detail),
    ...[...missingLines(missing), ...staleLines(plans)].flatMap((line) => [line, '']),
    ...eventful.flatMap((review) => stackSection(review, detail)),
    ...uneventfulLines(reviews.filter(isUneventful)),
    ...(eventful.length === 0 ? [] : homeLines(surroundings.home)),
  ]);
  return { comment, verdict, losesData };
}

/** From all there is to less and less of each list. */
const details: readonly Detail[] = [
  { lines: 150, names: 40, opened: 12 },
  { lines: 80, names: 20, opened: 12 },
  { lines: 50, names: 10, opened: 12 },
  { lines: 30, names: 6, opened: 12 },
  { lines: 18, names: 4, opened: 6 },
  { lines: 10, names: 3, opened: 5 },
  { lines: 5, names: 2, opened: 4 },
  { lines: 2, names: 1, opened: 2 },
];
const cutOff = '\n\n**The comment ends here: GitHub takes no longer one. The log of the plan shows all of it.**\n';

function fitting(render: (detail: Detail) => readonly string[]): string {
  for (const detail of details) {
    const text = `${render(detail).join('\n').trimEnd()}\n`;
    if (text.length <= longestComment) return text;
    if (detail === details.at(-1)) return shortened(text);
  }
  return '';
}

/** At the end of a line, and never inside a folded part. */
function shortened(text: string): string {
  const cut = text.slice(0, text.lastIndexOf('\n', longestComment - cutOff.length - 20));
  const isInside = cut.lastIndexOf('<details>') > cut.lastIndexOf('</details>');
  return `${cut}${isInside ? '\n\n</details>' : ''}${cutOff}`;
}

function missingLines(missing: readonly string[]): string[] {
  if (missing.length === 0) return [];
  const what = `**Not planned:** ${enumerated(missing.map(words))}.`;
  return [`${what} A stack cannot be planned before those it reads from are deployed; on a first deployment that is most of them.`];
}

function uneventfulLines(reviews: readonly StackReview[]): string[] {
  if (reviews.length === 0) return [];
  const quiet = reviews.flatMap(({ entries }) => entries).length;
  const but = quiet === 0 ? '' : ` (${counted(quiet, 'resource')} would be written again with the same meaning)`;
  return [`No changes: ${enumerated(reviews.map(({ stack }) => words(stack)))}${but}.`, ''];
}

function homeLines(home: Home | undefined): string[] {
  return home ? [`<sub>Names without an account belong to account ${code(home.account)} and region ${code(home.region)}.</sub>`] : [];
}
