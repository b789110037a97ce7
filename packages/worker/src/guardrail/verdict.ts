import { isObject } from '../is-object.ts';
import type { Policy } from './policy.ts';

/** What a guardrail says of a text. What it cannot be understood to say is a block. */
export type Verdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'masked'; readonly policies: readonly Policy[] }
  | { readonly kind: 'blocked'; readonly policies: readonly Policy[] };

/**
 * Read from assessments in the API's form. `intervened`: what it says of itself, which for a mask is the same as for a block. Our own reading,
 * for the library takes only what is blocked *and* said to be detected for a block.
 */
export function verdictOf(assessments: readonly unknown[], intervened: boolean): Verdict {
  const findings = assessments.flatMap((assessment) => findingsIn(assessment, intervened));
  const blocked = findings.filter(({ action }) => action !== 'ANONYMIZED');
  if (blocked.length > 0) return { kind: 'blocked', policies: blocked.map(({ policy }) => policy) };
  if (findings.length > 0) return { kind: 'masked', policies: findings.map(({ policy }) => policy) };
  return intervened ? { kind: 'blocked', policies: [] } : { kind: 'clean' };
}

interface Finding {
  readonly policy: Policy;
  readonly action: string;
}

/** What an assessment tells beside policies, and a policy that only ever reports. */
const noPolicies = new Set(['invocationMetrics', 'appliedGuardrailDetails', 'automatedReasoningPolicy']);

function findingsIn(assessment: unknown, intervened: boolean): Finding[] {
  if (!isObject(assessment)) return [];
  return Object.entries(assessment).flatMap(([name, value]) => {
    if (noPolicies.has(name) || value === undefined || value === null) return [];
    const isKnown = knownPolicies.has(name);
    const entries = entriesIn(value, isKnown && intervened);
    const found = entries.filter(({ action, detected }) => action !== 'NONE' && detected !== false);
    if (isKnown) return found.map((entry) => ({ policy: policyOf(name, entry), action: String(entry.action) }));
    // A policy that came after this was written: whatever it did was no clean bill.
    const isSilent = found.length === 0 && (entries.length > 0 || !intervened);
    return isSilent ? [] : [{ policy: { kind: 'unknown' }, action: 'BLOCKED' }];
  });
}

/** Everything that says what was found or done about it; `all`: also what is named and no more, for then it is unclear. */
function entriesIn(value: unknown, all: boolean): Entry[] {
  if (Array.isArray(value)) return value.flatMap((inner) => entriesIn(inner, all));
  if (!isObject(value)) return [];
  const inner = Object.values(value).filter((one) => typeof one === 'object' && one !== null);
  const isNamed = all && inner.length === 0 && Object.keys(value).length > 0;
  return 'action' in value || 'detected' in value || isNamed ? [value] : inner.flatMap((one) => entriesIn(one, all));
}

type Entry = Readonly<Record<string, unknown>>;

const knownPolicies = new Set(['topicPolicy', 'contentPolicy', 'wordPolicy', 'sensitiveInformationPolicy', 'contextualGroundingPolicy']);

/** `match` is left where it is: it holds the value that was found. */
function policyOf(name: string, { type, name: named, regex }: Entry): Policy {
  switch (name) {
    case 'topicPolicy':
      return { kind: 'topic', name: String(named ?? '') };
    case 'contentPolicy':
      return { kind: 'content', type: String(type ?? '') };
    case 'wordPolicy':
      return { kind: 'words' };
    case 'sensitiveInformationPolicy':
      return type === undefined || regex !== undefined
        ? { kind: 'pattern', name: String(named ?? '') }
        : { kind: 'personal', type: String(type) };
    case 'contextualGroundingPolicy':
      return { kind: 'grounding' };
    default:
      return { kind: 'unknown' };
  }
}

export interface Traced {
  /** Whether what went in was stopped or what came out. */
  readonly on: 'question' | 'answer';
  readonly verdict: Verdict;
  /** Text units that were judged, by each policy that is paid for. */
  readonly units: number;
}

/** The verdict on a call of the model, from the trace that came with it: one on what went in, and any number on what came out. */
export function tracedVerdict(trace: unknown, intervened: boolean): Traced {
  const guardrail = isObject(trace) && isObject(trace.guardrail) ? trace.guardrail : {};
  const input = Object.values(isObject(guardrail.inputAssessment) ? guardrail.inputAssessment : {}).flat();
  const output = Object.values(isObject(guardrail.outputAssessments) ? guardrail.outputAssessments : {}).flat();
  const asked = verdictOf(input, false);
  const all = [...input, ...output];
  const units = all.reduce<number>((sum, assessment) => sum + unitsIn(assessment), 0);
  if (asked.kind === 'blocked') return { on: 'question', verdict: asked, units };
  return { on: all.length > 0 ? 'answer' : 'question', verdict: verdictOf(all, intervened), units };
}

function unitsIn(assessment: unknown): number {
  const metrics = isObject(assessment) && isObject(assessment.invocationMetrics) ? assessment.invocationMetrics : {};
  return unitsOf(metrics.usage);
}

/** What a usage in the API's form adds up to; free units cost nothing. */
export function unitsOf(usage: unknown): number {
  const entries = isObject(usage) ? Object.entries(usage) : [];
  return entries.reduce((sum, [name, units]) => (/(?<!Free)Units$/.test(name) ? sum + (Number(units) || 0) : sum), 0);
}
