import type { LogLine } from '../logs/read-log.ts';
import type { Known } from './known.ts';

/** What time may go to, the first where several go on at once. */
const kinds = [
  'the model',
  'tools',
  'pauses before the model was called again',
  'waiting for a person',
  'waiting for an earlier question',
  'between two attempts',
  'an attempt that broke off',
  'the way to a worker',
] as const;
type Kind = (typeof kinds)[number] | 'everything else';

export interface Share {
  readonly kind: Kind;
  readonly milliseconds: number;
}

interface Span {
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
}

/** Where the time from the question to its end went, the largest first; empty while nothing is known of its end. Each moment counts once. */
export function sharesOf({ record, lines }: Known): readonly Share[] {
  const [from, to] = [record?.receivedAt, record?.closedAt];
  if (from === undefined || to === undefined || to <= from) return [];
  const spans = spansOf(lines, from).flatMap((span) => {
    const inside = { ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) };
    return inside.to > inside.from ? [inside] : [];
  });
  const borders = [...new Set([from, to, ...spans.flatMap((span) => [span.from, span.to])])].sort((one, other) => one - other);
  const sums = new Map<Kind, number>();
  for (const [index, border] of borders.slice(0, -1).entries()) {
    const end = borders[index + 1] ?? border;
    const kind = kinds.find((one) => spans.some((span) => span.kind === one && span.from <= border && span.to >= end)) ?? 'everything else';
    sums.set(kind, (sums.get(kind) ?? 0) + end - border);
  }
  return [...sums].map(([kind, milliseconds]) => ({ kind, milliseconds })).sort((one, other) => other.milliseconds - one.milliseconds);
}

function spansOf(lines: readonly LogLine[], began: number): Span[] {
  const at = (event: string) => lines.filter(({ entry }) => entry?.event === event);
  const lasting = (event: string, kind: Kind) =>
    at(event).map((line) => ({ kind, from: line.at - (Number(line.entry?.milliseconds) || 0), to: line.at }));
  const until = (event: string, kind: Kind, ends: string) =>
    at(event).flatMap((line) => {
      const end = at(ends).find((one) => one.at > line.at);
      return end ? [{ kind, from: line.at, to: end.at }] : [];
    });
  const [first, ...again] = at('question.leased');
  return [
    ...lasting('model.called', 'the model'),
    ...lasting('tool.called', 'tools'),
    ...at('model.retried').flatMap((line) => {
      const next = at('model.called').find((one) => one.at > line.at);
      const to = next && next.at - (Number(next.entry?.milliseconds) || 0);
      return to === undefined ? [] : [{ kind: 'pauses before the model was called again' as const, from: line.at, to }];
    }),
    ...until('question.let-go', 'waiting for a person', 'question.leased'),
    ...until('question.waiting', 'waiting for an earlier question', 'question.leased'),
    ...again.flatMap((line) => {
      const before = lines.findLast((one) => one.component === 'worker' && one.at < line.at && !isArrival(one));
      return line.entry?.after === undefined || !before ? [] : [{ kind: 'between two attempts' as const, from: before.at, to: line.at }];
    }),
    ...again.flatMap((line) => {
      const before = at('question.leased').findLast((one) => one.at < line.at);
      return line.entry?.after === undefined || !before
        ? []
        : [{ kind: 'an attempt that broke off' as const, from: before.at, to: line.at }];
    }),
    ...(first ? [{ kind: 'the way to a worker' as const, from: began, to: first.at }] : []),
  ];
}

/** It comes before the new attempt, and is no sign of life of the one before. */
function isArrival({ entry }: LogLine): boolean {
  return entry?.event === 'question.accepted' || entry?.event === 'question.queued';
}
