import { inOrder } from '../json/in-order.ts';
import { attributeDifferences, type Difference, visibleDifferences } from '../plan/attribute-differences.ts';
import type { Invocation } from '../plan/invocations.ts';
import type { Plan } from '../plan/plan.ts';
import type { Configuration } from '../plan/references.ts';
import { Hidden } from '../secrets/masked-value.ts';
import { differenceWords, valueWords } from '../words/difference-words.ts';
import { code, counted, firstOf } from '../words/markdown.ts';
import { addressWords, resourceWords } from '../words/resource-words.ts';
import { describe } from './change-entries.ts';

/** What is said of a stack besides its changes: a title, and a line for each case. */
export type Remark = { readonly title: string; readonly lines: readonly string[]; readonly isUrgent: boolean };

export const driftTitle = 'Changed by somebody outside Terraform';

export function stackRemarks(plan: Plan, configuration: Configuration): Remark[] {
  const remarks: Remark[] = [
    {
      title: 'Terraform could not finish this plan: what follows is not all of it',
      lines: [...(plan.isErrored ? ['Terraform stopped at an error'] : []), ...(plan.isPartial ? ['more is left for a later plan'] : [])],
      isUrgent: true,
    },
    {
      title: 'This plan tells of what this review does not know: read the plan itself',
      lines: plan.strangers.map((name) => code(name)),
      isUrgent: true,
    },
    { title: 'Actions that the apply runs', lines: plan.invocations.map(invocationWords), isUrgent: true },
    { title: 'Failed checks', lines: checkLines(plan), isUrgent: true },
    { title: 'Put off to a later plan', lines: deferredLines(plan, configuration), isUrgent: true },
    { title: 'Outputs', lines: outputLines(plan), isUrgent: false },
    { title: 'Moved in the code, untouched in AWS', lines: movedLines(plan), isUrgent: false },
    { title: 'Taken over from AWS (imported)', lines: importedLines(plan), isUrgent: false },
    { title: driftTitle, lines: driftLines(plan, configuration), isUrgent: false },
  ];
  return remarks.filter(({ lines }) => lines.length > 0);
}

/** No plan shows what an action does: only that it runs, when, and with what. */
export function invocationWords({ address, event, by, deferred, values }: Invocation): string {
  const when = event === undefined ? 'asked for by hand' : `${code(event)}${by === undefined ? '' : ` of ${code(by)}`}`;
  const given = attributeDifferences(null, values).map(
    (difference) => `${code(difference.path)}: ${valueWords(difference.after, difference.path)}`,
  );
  const later = deferred === undefined ? '' : `, put off to a later plan (${code(deferred)})`;
  return `${code(address)}, ${when}${later}${given.length === 0 ? '' : `: ${firstOf(given, 12)}`}`;
}

function checkLines({ checks }: Plan): string[] {
  return checks.map(({ address, status, messages }) => {
    const why =
      messages.length === 0
        ? ''
        : `: ${messages
            .slice(0, 5)
            .map((message) => code(message, 300))
            .join('; ')}`;
    return `${code(address)} ${status === 'fail' ? 'fails' : 'could not be evaluated'}${why}`;
  });
}

function deferredLines({ deferred }: Plan, configuration: Configuration): string[] {
  return deferred.map(({ change, reason }) => {
    const { about } = describe(change, configuration);
    return `${resourceWords(change)}${addressWords(change)}: ${code(reason)}${about === '' ? '' : `; ${about}`}`;
  });
}

/** CDKTF marks everything that one stack tells another as sensitive, so those are only counted, and not when they are new. */
function outputLines({ outputs }: Plan): string[] {
  const changed = outputs.filter(({ action }) => action !== 'no-op');
  const isHidden = ({ before, after }: (typeof outputs)[number]) => before instanceof Hidden || after instanceof Hidden;
  const open = changed.filter((output) => !isHidden(output));
  const fresh = open
    .filter(({ action }) => action === 'create')
    .map(({ name, after }) => `${code(name)} (new): ${valueWords(after, name)}`);
  const shown = open
    .filter(({ action }) => action !== 'create')
    .flatMap(({ name, before, after }) => attributeDifferences(before, after, name));
  const hidden = changed.filter((output) => isHidden(output) && output.action !== 'create');
  const lines = [...fresh, ...shown.map((difference) => differenceWords(difference))].sort(inOrder);
  return hidden.length === 0 ? lines : [...lines, `${counted(hidden.length, 'sensitive output')} that other stacks may read`];
}

function movedLines({ changes }: Plan): string[] {
  // What is moved and changed besides is told as changed.
  return changes.flatMap(({ previousAddress, address, action }) =>
    previousAddress === undefined || previousAddress === address || action !== 'no-op'
      ? []
      : [`${code(previousAddress)} → ${code(address)}`],
  );
}

function importedLines({ changes }: Plan): string[] {
  return changes.filter(({ isImported }) => isImported).map((change) => `${resourceWords(change)}${addressWords(change)}`);
}

/** Only what the code sets, and what stays: the rest the provider fills in. */
function driftLines({ drift, changes }: Plan, configuration: Configuration): string[] {
  const leaving = new Set(changes.filter(({ action }) => action === 'delete').map(({ address }) => address));
  return drift.flatMap((change) => {
    if (leaving.has(change.address)) return [];
    if (change.action === 'delete') return [`${resourceWords(change)}${addressWords(change)} was deleted`];
    const differences = visibleDifferences(change, configuration).filter(
      (difference) =>
        !isReadBack(difference) &&
        (!configuration.isPresent || configuration.expressionOf(change.address, /^[^.[]*/.exec(difference.path)?.[0] ?? '') !== undefined),
    );
    if (differences.length === 0) return [];
    return [
      `${resourceWords(change)}${addressWords(change)}: ${differences
        .slice(0, 8)
        .map((difference) => differenceWords(difference))
        .join('; ')}`,
    ];
  });
}

/**
 * What a block leaves out, an older provider reads back as 0 or false, when it looks again for the first time: nobody changed it. An alarm over
 * several metrics has such a `period` (aws-samples/aws2tf#152).
 */
function isReadBack({ path, before, after }: Difference): boolean {
  return /[.[]/.test(path) && before === null && (after === 0 || after === false);
}
