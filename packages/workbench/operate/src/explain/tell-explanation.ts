import { permalinkOf } from '../questions/permalink.ts';
import { endOf, isUnknown } from './end-of.ts';
import type { Finding } from './finding.ts';
import { findingsOf } from './findings.ts';
import type { Known } from './known.ts';
import { cameTo, type Moment, momentsOf, ms } from './moments.ts';
import { rightsOf } from './rights.ts';
import { type Share, sharesOf } from './shares.ts';
import { traceOf } from './trace-of.ts';

/** All of it, as a program reads it. */
export function explanationOf(known: Known) {
  const { record, unseen } = known;
  const { calls = 0, tokens = 0, microDollars = 0, isAtMost = false } = record ?? {};
  return {
    ...(record ? { question: record.question.id, state: record.state, link: permalinkOf(record.question), attempts: record.attempts } : {}),
    end: endOf(known),
    wentTo: sharesOf(known),
    findings: findingsOf(known),
    ...(record ? { spent: { calls, tokens, dollars: microDollars / 1_000_000, isAtMost } } : {}),
    trace: traceOf(known),
    rights: rightsOf(known),
    changes: Object.values(record?.changes ?? {}).map(({ id, tool, state, account, decidedBy }) => ({
      id,
      tool,
      state,
      account,
      decidedBy,
    })),
    moments: momentsOf(known),
    unseen,
  };
}

/** For a person: what came of it, where the time went, what stood in its way, and each step. */
export function tellExplanation(known: Known): string {
  const { question, link, end, wentTo, findings, spent, trace, rights, changes, moments, unseen } = explanationOf(known);
  const total = wentTo.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const shares = told(wentTo).map(
    ({ kind, milliseconds }) => `${kind} ${ms(milliseconds)} (${Math.round((milliseconds / total) * 100)} %)`,
  );
  const lines = [
    `${question ?? (isUnknown(known) ? 'Nothing to explain' : 'That message')}: ${end.cause}.`,
    ...(link === undefined ? [] : [`  ${link}`]),
    ...remedyOf(end),
    ...(total > 0 ? [`It took ${ms(total)}: ${shares.join(', ')}.`] : []),
    ...(spent ? [`It came to ${cameTo(spent)}.`] : []),
    ...(rights.length > 0 ? [`Rights: ${rights.join('; ')}.`] : []),
    ...changes.map(
      ({ tool, state, account, decidedBy }) => `Change by ${tool} as ${account}: ${state}${decidedBy ? `, decided by ${decidedBy}` : ''}.`,
    ),
    ...(trace
      ? [
          `Its trace: ${trace.id}, in ${known.isLocal ? 'the page, under Trace' : 'X-Ray'}${trace.isWhole ? '' : '; some of it was not sent there'}.`,
        ]
      : []),
    ...(findings.length > 0
      ? ['', 'What stood in its way:', ...findings.flatMap((finding) => [`- ${finding.cause}`, ...remedyOf(finding)])]
      : []),
    ...(moments.length > 0 ? ['', 'What happened:', ...moments.map(momentWords)] : []),
    ...(unseen.length > 0 ? ['', 'What could not be seen:', ...unseen.map((words) => `- ${words}`)] : []),
  ];
  return known.isLocal ? lines.join('\n').replace(lookable, '$& --local') : lines.join('\n');
}

/** Commands that look at this machine, too. */
const lookable = /pnpm vera (?:doctor|explain|logs|questions|sessions|tools|cost|affinity)\b/g;
const mostShares = 4;

/** The largest, and what is left of all the others: together they are the whole. */
function told(shares: readonly Share[]): readonly { readonly kind: string; readonly milliseconds: number }[] {
  if (shares.length <= mostShares) return shares;
  const rest = shares.slice(mostShares - 1).reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [...shares.slice(0, mostShares - 1), { kind: 'all else', milliseconds: rest }];
}

function remedyOf({ remedy }: Finding): string[] {
  return remedy === undefined ? [] : [`  → ${remedy}`];
}

function momentWords({ at, component, words, isBad }: Moment): string {
  return `${new Date(at).toISOString().slice(11, 23)} ${component.padEnd(11)} ${isBad ? '! ' : ''}${words}`;
}
