import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { Guardrail } from './guardrail.ts';

export type Source = 'INPUT' | 'OUTPUT';

/** What a guardrail says of one text. */
export interface Assessed {
  readonly isBlocked: boolean;
  /** Whether anything was found that is blocked or masked. */
  readonly intervened: boolean;
  /** Of what is masked, in order and apart. */
  readonly masks: readonly Mask[];
  /** In the API's form. */
  readonly assessment: Readonly<Record<string, unknown>>;
}

export interface Mask {
  readonly start: number;
  readonly end: number;
  /** `{EMAIL}`, or the name of a pattern in braces. */
  readonly placeholder: string;
}

export interface AssessOptions {
  readonly source: Source;
  /** Also lists what was looked for and not found, as `enabled_full` and `FULL` do for all but words and patterns. */
  readonly isFull?: boolean;
}

/** Judges a text by all policies of the guardrail. */
export function assess(guardrail: Guardrail, text: string, { source, isFull = false }: AssessOptions): Assessed {
  const { topics = [], content = [], words = [], profanity = [], personal = [], patterns = [] } = guardrail;
  const verdict = (detected: boolean, action: string) => ({ action: detected ? action : 'NONE', detected });
  const shown = <Entry extends { detected: boolean }>(entries: readonly Entry[]) => entries.filter(({ detected }) => detected || isFull);
  const found = {
    topics: shown(topics.map(({ name, about }) => ({ name, type: 'DENY', ...verdict(about.test(text), 'BLOCKED') }))),
    filters: shown(content.map((filter) => filterOf(filter, text, source))),
    customWords: wordsIn(text, words).map((match) => ({ match, ...verdict(true, 'BLOCKED') })),
    managedWordLists: wordsIn(text, profanity).map((match) => ({ match, type: 'PROFANITY', ...verdict(true, 'BLOCKED') })),
    piiEntities: personal.flatMap(({ type, form, action }) =>
      matchesOf(form, text).map(([match]) => ({ match, type, ...verdict(true, action) })),
    ),
    regexes: patterns.flatMap(({ name, regex, action }) =>
      matchesOf(regex, text).map(([match]) => ({ name, match, regex: regex.source, ...verdict(true, action) })),
    ),
  };
  const actions = Object.values(found).flatMap((entries) => entries.map(({ action }) => action));
  return {
    isBlocked: actions.includes('BLOCKED'),
    intervened: actions.some((action) => action !== 'NONE'),
    masks: masksIn(guardrail, text),
    assessment: assessmentOf(found, { guardrail, length: text.length }),
  };
}

export function reasonOf({ isBlocked, intervened }: Assessed): string {
  if (isBlocked) return 'Guardrail blocked.';
  return intervened ? 'Guardrail masked.' : 'No action.';
}

/** The text with every mask in its place, from `start` to `end`. */
export function masked(text: string, masks: readonly Mask[], start = 0, end = text.length): string {
  let at = start;
  let result = '';
  for (const mask of masks) {
    if (mask.start < at || mask.end > end) continue;
    result += text.slice(at, mask.start) + mask.placeholder;
    at = mask.end;
  }
  return result + text.slice(at, end);
}

/** All of a text, masked. */
export function maskedBy(guardrail: Guardrail, text: string): string {
  return masked(text, masksIn(guardrail, text));
}

/** A text unit is a thousand characters, begun ones counted. https://aws.amazon.com/bedrock/pricing/ */
function textUnitsOf(length: number): number {
  return Math.ceil(length / 1_000);
}

/** Text units a call may have, in most regions and for most policies; the account's own quota may be higher. */
const mostTextUnits = 25;

/**
 * Too much text is told with the very status and name of a call too many; only the words differ, as quoted in
 * https://github.com/BerriAI/litellm/pull/34960.
 */
export function refuseTooLong(length: number): void {
  const units = textUnitsOf(length);
  if (units <= mostTextUnits) return;
  const words = `Input text size (${units} text units) exceeds the maximum allowed (${mostTextUnits} text units) for the content filter policy (Classic tier).`;
  throw new AwsError(429, 'ThrottlingException', words);
}

/** What was spent: every policy there is counts by itself. */
export function usageOf({ topics, content, words, profanity, personal, patterns }: Guardrail, length: number) {
  const units = textUnitsOf(length);
  return {
    topicPolicyUnits: topics ? units : 0,
    contentPolicyUnits: content ? units : 0,
    wordPolicyUnits: words || profanity ? units : 0,
    sensitiveInformationPolicyUnits: personal ? units : 0,
    sensitiveInformationPolicyFreeUnits: patterns ? units : 0,
    contextualGroundingPolicyUnits: 0,
    contentPolicyImageUnits: 0,
  };
}

function filterOf({ type, marker }: { readonly type: string; readonly marker: RegExp }, text: string, source: Source) {
  const detected = marker.test(text) && (source === 'INPUT' || type !== 'PROMPT_ATTACK');
  const confidence = detected ? 'HIGH' : 'NONE';
  return { type, confidence, filterStrength: 'MEDIUM', action: detected ? 'BLOCKED' : 'NONE', detected };
}

function wordsIn(text: string, words: readonly string[]): string[] {
  const own = text.toLowerCase();
  return words.filter((word) => own.includes(word.toLowerCase()));
}

function matchesOf(form: RegExp, text: string): RegExpMatchArray[] {
  return [...text.matchAll(new RegExp(form, 'g'))];
}

function masksIn({ personal = [], patterns = [] }: Guardrail, text: string): Mask[] {
  const forms = [
    ...personal.map(({ form, type, action }) => ({ form, name: type, action })),
    ...patterns.map(({ regex, name, action }) => ({ form: regex, name, action })),
  ];
  const all = forms
    .filter(({ action }) => action === 'ANONYMIZED')
    .flatMap(({ form, name }) =>
      matchesOf(form, text).map((match) => ({
        start: match.index ?? 0,
        end: (match.index ?? 0) + match[0].length,
        placeholder: `{${name}}`,
      })),
    )
    .sort((one, other) => one.start - other.start);
  return all.filter(({ start }, index) => index === 0 || start >= (all[index - 1]?.end ?? 0));
}

type Found = Readonly<Record<'topics' | 'filters' | 'customWords' | 'managedWordLists' | 'piiEntities' | 'regexes', readonly object[]>>;

/** A policy in which nothing was found is not there at all. */
function assessmentOf(found: Found, { guardrail, length }: { readonly guardrail: Guardrail; readonly length: number }) {
  const { topics, filters, customWords, managedWordLists, piiEntities, regexes } = found;
  const coverage = { textCharacters: { guarded: length, total: length } };
  return {
    ...(topics.length > 0 ? { topicPolicy: { topics } } : {}),
    ...(filters.length > 0 ? { contentPolicy: { filters } } : {}),
    ...(customWords.length + managedWordLists.length > 0 ? { wordPolicy: { customWords, managedWordLists } } : {}),
    ...(piiEntities.length + regexes.length > 0 ? { sensitiveInformationPolicy: { piiEntities, regexes } } : {}),
    invocationMetrics: { guardrailProcessingLatency: 120, usage: usageOf(guardrail, length), guardrailCoverage: coverage },
  };
}
