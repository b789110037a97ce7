/** Whether a text goes in to the model, or comes from it. */
export type Direction = 'INPUT' | 'OUTPUT';

/** The guardrail's answer on one text of a length that it takes. Rejects with `GuardrailError`. */
export type ApplyGuardrail = (text: string, direction: Direction, signal: AbortSignal) => Promise<Applied>;

export interface Applied {
  readonly intervened: boolean;
  /** What stands instead, where it intervened. */
  readonly output?: string | undefined;
  /** In the API's form. */
  readonly assessments: readonly unknown[];
  /** Text units, by each policy that is paid for. */
  readonly units: number;
}

/**
 * Whether a text was too long for the guardrail. The service says it with the status and the name of a call too many, by words alone:
 * `Input text size (26 text units) exceeds the maximum allowed (25 text units) for the content filter policy`.
 */
export function isTooLong({ message }: Error): boolean {
  return /\btext units?\b/i.test(message) && /exceed|maximum|too (?:large|long|many)/i.test(message);
}

/** `too-large`: of half of it the answer may be another; `throttled`: later it may be. */
export class GuardrailError extends Error {
  readonly code: 'too-large' | 'throttled' | 'failed';

  constructor(code: GuardrailError['code'], options?: ErrorOptions) {
    super(`ApplyGuardrail: ${code}`, options);
    this.code = code;
  }
}
