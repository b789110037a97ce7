import { isObject } from '../is-object.ts';

/** A stretch of a text, and what stands there instead. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly placeholder: string;
}

/**
 * Where in a text the guardrail put its placeholders: `{EMAIL}` for a kind of personal data, `{Badge}` for a pattern of that name. Undefined
 * where the masked text cannot have come of this one.
 */
export function maskedSpans(text: string, maskedText: string, assessments: readonly unknown[]): readonly Span[] | undefined {
  const values = valuesIn(assessments);
  const spans: Span[] = [];
  let [at, of] = [0, 0];
  while (at < maskedText.length) {
    const value = values.find(({ placeholder, match }) => maskedText.startsWith(placeholder, at) && text.startsWith(match, of));
    if (value) {
      spans.push({ start: of, end: of + value.match.length, placeholder: value.placeholder });
      at += value.placeholder.length;
      of += value.match.length;
    } else if (maskedText.charCodeAt(at) === text.charCodeAt(of)) {
      at += 1;
      of += 1;
    } else return undefined;
  }
  return of === text.length ? spans : undefined;
}

/** The text with these in their places. Where some overlap, as two views of one value do, one placeholder stands for all of it. */
export function masked(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, placeholder } of joined(spans)) {
    result += text.slice(at, start) + placeholder;
    at = end;
  }
  return result + text.slice(at);
}

function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = whole.at(-1);
    if (!last || span.start >= last.end) whole.push(span);
    else if (span.end > last.end) whole[whole.length - 1] = { ...wider(last, span), start: last.start, end: span.end };
  }
  return whole;
}

function wider(one: Span, other: Span): Span {
  return other.end - other.start > one.end - one.start ? other : one;
}

interface Value {
  readonly match: string;
  readonly placeholder: string;
}

/** What was found to be masked, the longest first: "Ann Lee" is more than "Ann". */
function valuesIn(assessments: readonly unknown[]): readonly Value[] {
  const policies = assessments.flatMap((one) =>
    isObject(one) && isObject(one.sensitiveInformationPolicy) ? [one.sensitiveInformationPolicy] : [],
  );
  const entries = policies.flatMap(({ piiEntities, regexes }) =>
    [piiEntities, regexes].flatMap((list) => (Array.isArray(list) ? list : [])),
  );
  const values = entries.flatMap((entry: unknown): Value[] => {
    if (!isObject(entry) || typeof entry.match !== 'string' || entry.match === '') return [];
    const name = entry.type ?? entry.name;
    return typeof name === 'string' ? [{ match: entry.match, placeholder: `{${name}}` }] : [];
  });
  const distinct = new Map(values.map((value) => [`${value.placeholder}\n${value.match}`, value]));
  return [...distinct.values()].sort((one, other) => other.match.length - one.match.length);
}
