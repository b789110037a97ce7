import type { TraceSpan } from '../../trace.ts';

/** A span where it stands, with what is below it. */
export interface Branch {
  readonly id: string;
  readonly label: string;
  readonly tone: string;
  /** Parts of the whole width. */
  readonly left: number;
  readonly width: number;
  /** Milliseconds since the first span began. */
  readonly after: number;
  readonly took: number;
  readonly isError: boolean;
  /** What it says of itself, by name. */
  readonly told: readonly (readonly [name: string, value: string])[];
  /** Ids of the attempts before and behind it. */
  readonly before: readonly string[];
  readonly next: readonly string[];
  readonly below: readonly Branch[];
}

/** Time in which nothing happened, drawn shorter than it was. */
export interface Cut {
  /** Part of the whole width at its middle. */
  readonly left: number;
  readonly milliseconds: number;
}

export interface Waterfall {
  readonly branches: readonly Branch[];
  readonly cuts: readonly Cut[];
  readonly milliseconds: number;
}

/** The spans of a trace as bars on one scale, each below what it is part of, in the order in which they began. */
export function toWaterfall(spans: readonly TraceSpan[]): Waterfall {
  const ordered = spans.toSorted((one, other) => one.at - other.at || other.until - one.until);
  const ids = new Set(ordered.map(({ id }) => id));
  const start = ordered[0]?.at ?? 0;
  const { placeOf, cuts, end } = scaleOf(ordered);
  const below = Map.groupBy(ordered, ({ parent }) => (parent !== undefined && ids.has(parent) ? parent : ''));
  const branchesOf = (parent: string): Branch[] => (below.get(parent) ?? []).map(toBranch);
  const toBranch = (span: TraceSpan): Branch => ({
    ...{ id: span.id, label: labelOf(span), tone: toneOf(span), isError: span.isError, before: span.links },
    left: placeOf(span.at),
    width: placeOf(span.until) - placeOf(span.at),
    after: span.at - start,
    took: span.until - span.at,
    told: Object.entries(span.attributes).map(([name, value]) => [name, printed(value)]),
    next: ordered.filter(({ links }) => links.includes(span.id)).map(({ id }) => id),
    below: branchesOf(span.id),
  });
  return { branches: branchesOf(''), cuts, milliseconds: end - start };
}

interface Scale {
  placeOf(at: number): number;
  readonly cuts: readonly Cut[];
  readonly end: number;
}

/** Longer than this part of the time in which something happened, a rest is cut to `cutWidth` of it: a person may take a quarter of an hour. */
const longestRest = 0.3;
const cutWidth = 0.08;

function scaleOf(ordered: readonly TraceSpan[]): Scale {
  const rests: { readonly from: number; readonly to: number }[] = [];
  let end = ordered[0]?.at ?? 0;
  for (const { at, until } of ordered) {
    if (at > end) rests.push({ from: end, to: at });
    end = Math.max(end, until);
  }
  const start = ordered[0]?.at ?? 0;
  const busy = end - start - rests.reduce((sum, { from, to }) => sum + to - from, 0);
  const long = rests.filter(({ from, to }) => to - from > busy * longestRest);
  const shortened = (at: number) =>
    long.reduce((place, { from, to }) => {
      const inside = Math.min(Math.max(at - from, 0), to - from);
      return place - inside + (inside / (to - from)) * busy * cutWidth;
    }, at - start);
  const whole = Math.max(shortened(end), 1);
  const placeOf = (at: number) => shortened(at) / whole;
  const cuts = long.map(({ from, to }) => ({ left: placeOf((from + to) / 2), milliseconds: to - from }));
  return { placeOf, cuts, end };
}

/** By its name in every other view of the trace; an attempt with its number and how it ended. */
function labelOf({ name, attributes }: TraceSpan): string {
  const of = (key: string) => (attributes[key] === undefined ? [] : [String(attributes[key])]);
  const component = name.includes(' ') ? [] : of('vera.component');
  const number = of('vera.attempt');
  return [...component, [name, ...number].join(' '), ...of('vera.outcome')].join(' · ');
}

/** As the steps of the road are coloured. */
function toneOf({ name }: TraceSpan): string {
  const [kind = ''] = name.split(' ', 1);
  return Object.hasOwn(tones, kind) ? (tones[kind] ?? '') : '';
}

const tones: Readonly<Record<string, string>> = {
  receive: 'receiver',
  record: 'ledger',
  click: 'receiver',
  invoke: 'invoker',
  resend: 'invoker',
  attempt: 'session',
  invoke_agent: 'session',
  chat: 'model',
  execute_tool: 'tools',
  retrieval: 'tools',
  'tools/call': 'tools',
  'tools/list': 'tools',
  slack: 'reply',
};

function printed(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
