import type { Json } from '../json/json.ts';
import { attributeDifferences, type Difference, isArray, isEmpty, isRecord } from '../plan/attribute-differences.ts';
import type { References } from '../plan/references.ts';
import { Hidden, Unknown, type Value } from '../secrets/masked-value.ts';
import { code, firstOf } from '../words/markdown.ts';
import { attributeRules, type Rule } from './attribute-rules.ts';
import { isSet, type Seen } from './seen.ts';

/** What gets weaker by one attribute; each as one sentence. */
export function ruleLooks(seen: Seen, references: References): string[] {
  if (seen.action === 'no-op' || seen.action === 'delete' || seen.action === 'forget') return [];
  return differencesOf(seen, references).flatMap((difference) => {
    const rule = rulesFor(seen, difference.path).find(
      (one) => (seen.action !== 'create' || one.opens) && gets(one, difference) && !isNamed(one, difference, seen, references),
    );
    const perhaps = difference.after instanceof Unknown ? 'perhaps ' : '';
    return rule === undefined ? [] : [`${perhaps}${sentenceOf(rule, difference, seen)}`];
  });
}

/** Whether a rule has spoken of a difference, or it is one for the better. */
export function isJudged(seen: Seen, { path, before, after }: Difference): boolean {
  return rulesFor(seen, path).some((rule) => gets(rule, { before, after }) || gets(rule, { before: after, after: before }));
}

type Sides = Pick<Difference, 'before' | 'after'>;

function gets({ isWeaker, weakest }: Rule, { before, after }: Sides): boolean {
  if (before instanceof Hidden || before instanceof Unknown || after instanceof Hidden) return false;
  return isWeaker(plainOf(before), after instanceof Unknown ? weakest : plainOf(after));
}

/** What only the apply tells is not gone where the code names a resource of this plan. */
function isNamed({ weakest }: Rule, { path, after }: Difference, { change }: Seen, references: References): boolean {
  if (weakest !== null || !(after instanceof Unknown)) return false;
  const expression = references.configuration.expressionOf(change.address, /^[^.[]*/.exec(path)?.[0] ?? '');
  return textsIn(expression).some((text) => references.resourceOf(text, change.module) !== undefined);
}

function textsIn(json: Json | undefined): string[] {
  if (typeof json === 'string') return [/^\$\{([^{}]+)\}$/.exec(json)?.[1] ?? json];
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap((one: Json) => textsIn(one)) : [];
}

/**
 * What differs, attribute by attribute: a block that only the apply tells by what was in it. Without what the code does not set and only the apply
 * tells, which the provider computes.
 */
export function differencesOf(seen: Seen, references: References): Difference[] {
  return attributeDifferences(seen.before, seen.after).flatMap((difference) => {
    if (!(difference.after instanceof Unknown)) return [difference];
    if (!isSet(seen, difference.path, references)) return [];
    const isBlock = isRecord(difference.before) || (isArray(difference.before) && difference.before.some(isRecord));
    const inside = isBlock ? attributeDifferences(difference.before, null, difference.path) : [difference];
    return inside.map((one) => ({ ...one, after: difference.after }));
  });
}

/** A plan says the same attribute of the same type again and again: judged once, and each rule's pattern made once. */
const rulesOf = new Map<string, readonly Rule[]>();
const mostRemembered = 10_000;
const placed = attributeRules.map((rule) => ({ rule, place: new RegExp(`(?:^|[.])(?:${rule.at.source})$`) }));

function rulesFor({ type }: Seen, path: string): readonly Rule[] {
  const attribute = path.replaceAll(/\[\d+\]/g, '');
  const key = `${type} ${attribute}`;
  const before = rulesOf.get(key);
  if (before !== undefined) return before;
  const isTag = /^tags(?:_all)?(?:$|\.)/.test(attribute);
  const found = isTag ? [] : placed.flatMap(({ rule, place }) => (isOf(rule, type) && place.test(attribute) ? [rule] : []));
  if (rulesOf.size >= mostRemembered) rulesOf.clear();
  rulesOf.set(key, found);
  return found;
}

function isOf({ of }: Rule, type: string): boolean {
  return of === undefined || of.test(type);
}

/** Some providers write a yes as a text. */
function plainOf(value: Value): Value {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}

function sentenceOf({ says }: Rule, { path, before, after }: Difference, { action }: Seen): string {
  const shown = (action === 'create' ? [after] : [before, after]).map(shownOf).join(' → ');
  return `${says} (${code(path)}: ${shown})`;
}

function shownOf(value: Value): string {
  if (value instanceof Unknown) return 'known after apply';
  if (isEmpty(value)) return 'nothing';
  if (isArray(value))
    return firstOf(
      value.map((item) => code(typeof item === 'string' ? item : '…')),
      3,
    );
  return isRecord(value) ? 'a block' : code(String(value));
}
