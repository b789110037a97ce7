import { listed } from '../listed.ts';
import { plainName } from '../plain-name.ts';

/** A policy of the guardrail that found something: what it is called, never what it found. */
export type Policy =
  | { readonly kind: 'topic'; readonly name: string }
  | { readonly kind: 'content'; readonly type: string }
  | { readonly kind: 'words' }
  | { readonly kind: 'personal'; readonly type: string }
  | { readonly kind: 'pattern'; readonly name: string }
  | { readonly kind: 'grounding' }
  | { readonly kind: 'unknown' };

/** Kinds of values that were masked, as they stand in a list: each once. */
export function maskedKinds(policies: readonly Policy[]): readonly string[] {
  return [...new Set(policies.map(maskedWords))];
}

function maskedWords(policy: Policy): string {
  if (policy.kind === 'personal') return dataWords(policy.type);
  return policy.kind === 'pattern' && policy.name !== '' ? plainName(policy.name) : 'a protected value';
}

/** One sentence part for several: each once. */
export function policiesWords(policies: readonly Policy[]): string {
  return listed([...new Set((policies.length === 0 ? [{ kind: 'unknown' as const }] : policies).map(policyWords))]);
}

/** What a person reads of it, to stand in a sentence: “the topic “Salaries””. */
function policyWords(policy: Policy): string {
  switch (policy.kind) {
    case 'topic':
      return `the topic “${plainName(policy.name)}”`;
    case 'content':
      return contentWords[policy.type] ?? 'harmful content';
    case 'words':
      return 'words that are not to be used';
    case 'personal':
      return `personal data (${dataWords(policy.type)})`;
    case 'pattern':
      return policy.name === '' ? 'values of a form that is protected' : `values of the form “${plainName(policy.name)}”`;
    case 'grounding':
      return 'statements without a source';
    case 'unknown':
      return 'a rule that I cannot name';
  }
}

const contentWords: Readonly<Record<string, string>> = {
  HATE: 'hateful content',
  INSULTS: 'insults',
  SEXUAL: 'sexual content',
  VIOLENCE: 'violence',
  MISCONDUCT: 'criminal activities',
  PROMPT_ATTACK: 'an attempt to change my instructions',
};

/** `US_SOCIAL_SECURITY_NUMBER` → `US social security number`. */
function dataWords(type: string): string {
  if (type === 'EMAIL') return 'e-mail address';
  const words = plainName(type.toLowerCase().replaceAll('_', ' '));
  return words.replace(/\b(?:us|uk|ca|aws|ip|mac|pin|cvv|url)\b/g, (name) => name.toUpperCase());
}
