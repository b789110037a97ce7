/** A guardrail as small as it can be and still do what the real one does: patterns stand in for what its models know. */
export interface Guardrail {
  readonly id: string;
  /** The published one. */
  readonly version: string;
  readonly topics?: readonly { readonly name: string; readonly about: RegExp }[];
  /** PROMPT_ATTACK is looked for in what comes in only. */
  readonly content?: readonly { readonly type: string; readonly marker: RegExp }[];
  readonly words?: readonly string[];
  readonly profanity?: readonly string[];
  readonly personal?: readonly { readonly type: string; readonly form: RegExp; readonly action: SensitiveAction }[];
  readonly patterns?: readonly { readonly name: string; readonly regex: RegExp; readonly action: SensitiveAction }[];
  /** Said instead of an answer. */
  readonly blockedInput: string;
  readonly blockedOutput: string;
}

type SensitiveAction = 'BLOCKED' | 'ANONYMIZED';
