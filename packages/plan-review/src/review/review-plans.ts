import type { Plan } from '../plan/plan.ts';
import type { UnplannedStack } from '../plan/read-plans.ts';
import { type Home, surroundingsOf } from '../words/arn-words.ts';
import { code, counted, enumerated, words } from '../words/markdown.ts';
import { alerts, failureAlert, type Occasion } from './alerts.ts';
import type { EntryKind } from './change-entries.ts';
import { asComment, fitting, type Place } from './fitting.ts';
import { driftTitle } from './stack-remarks.ts';
import { isUneventful, reviewStack, type StackReview, verdictOf } from './stack-review.ts';
import { stackSection } from './stack-section.ts';
import { staleLines } from './stale-lines.ts';

/** A workflow finds its own comment by this first line, which GitHub does not show. */
export const marker = '<!-- vera-plan-review -->';

export type Review = { readonly comment: string; readonly verdict: string; readonly losesData: boolean; readonly hasDrifted: boolean };
export type ReviewOptions = {
  readonly isLossAllowed: boolean;
  /** Stacks of which there should be a plan, in the order to tell them. */
  readonly expected: readonly string[];
  /** Stacks of which Terraform made no plan, or none that can be read. */
  readonly unplanned?: readonly UnplannedStack[];
  /** Those that are deployed and that the settings name no longer: nothing plans them. */
  readonly left?: readonly string[];
  readonly place?: Place;
  readonly occasion?: Occasion;
};

export function reviewPlans(plans: readonly Plan[], options: ReviewOptions): Review {
  const { isLossAllowed, expected, unplanned = [], left = [], place = asComment, occasion = 'pull-request' } = options;
  const surroundings = surroundingsOf(plans);
  const reviews = inOrderOf(expected, plans).map((plan) => reviewStack(plan, surroundings));
  const failed = inOrderOf(expected, unplanned);
  const missing = expected.filter((stack) => ![...plans, ...failed].some((told) => told.stack === stack));
  const losesData = reviews.some(({ losses }) => losses.some(({ isMinor }) => !isMinor));
  const isPartly = missing.length + failed.length > 0;
  const verdict = `${verdictOf(reviews)}${isPartly ? ', as far as it could be planned' : ''}${losesData ? '. Data is lost' : ''}`;
  const eventful = reviews.filter((review) => !isUneventful(review));
  const comment = fitting(place, (detail) => [
    marker,
    `## Terraform plan: ${verdict}`,
    '',
    ...failureAlert(failed, detail),
    ...alerts(reviews, { isLossAllowed, occasion }, detail),
    ...[...missingLines(missing), ...left.map(leftLine), ...staleLines(plans)].flatMap((line) => [line, '']),
    ...eventful.flatMap((review) => stackSection(review, detail)),
    ...uneventfulLines(reviews.filter(isUneventful)),
    ...(eventful.length === 0 ? [] : homeLines(surroundings.home)),
  ]);
  const hasDrifted = reviews.some(({ remarks }) => remarks.some(({ title }) => title === driftTitle));
  return { comment, verdict, losesData, hasDrifted };
}

function inOrderOf<Told extends { readonly stack: string }>(expected: readonly string[], told: readonly Told[]): Told[] {
  const place = ({ stack }: Told) => (expected.includes(stack) ? expected.indexOf(stack) : expected.length);
  return told.toSorted((one, other) => place(one) - place(other));
}

function missingLines(missing: readonly string[]): string[] {
  if (missing.length === 0) return [];
  const what = `**Not planned:** ${enumerated(missing.map(words))}.`;
  return [`${what} A stack cannot be planned before those it reads from are deployed; on a first deployment that is most of them.`];
}

function leftLine(stack: string): string {
  return `**${words(stack)}** is deployed, and the settings name it no longer: it stays as it is, and is paid for, until somebody destroys it. \`docs/deploy.md\` says how, under *And back*.`;
}

function uneventfulLines(reviews: readonly StackReview[]): string[] {
  if (reviews.length === 0) return [];
  const countOf = (wanted: EntryKind) => reviews.flatMap(({ entries }) => entries).filter(({ kind }) => kind === wanted).length;
  const [quiet, again] = [countOf('quiet'), countOf('again')];
  const buts = [
    ...(quiet === 0 ? [] : [`${counted(quiet, 'resource')} would be written again with the same meaning`]),
    ...(again === 0 ? [] : [`${counted(again, 'script')} would run again, to the same effect`]),
  ];
  const but = buts.length === 0 ? '' : ` (${enumerated(buts)})`;
  return [`No changes: ${enumerated(reviews.map(({ stack }) => words(stack)))}${but}.`, ''];
}

function homeLines(home: Home | undefined): string[] {
  return home ? [`<sub>Names without an account belong to account ${code(home.account)} and region ${code(home.region)}.</sub>`] : [];
}
