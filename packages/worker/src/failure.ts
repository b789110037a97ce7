/** Why a question could not be answered. What the person reads is made of this in `failure-words.ts`, and of nothing else. */
export type FailureCode =
  | 'throttled'
  | 'too-large'
  | 'timed-out'
  | 'not-permitted'
  | 'unavailable'
  | 'blocked'
  | 'empty'
  | 'too-many-steps'
  | 'cut'
  | 'broken-off'
  | 'unexpected';

/** A failure with its category; vendors' errors are translated to it where they are caught and kept as `cause`. */
export class AnswerFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export function failureCodeOf(error: unknown): FailureCode {
  return error instanceof AnswerFailure ? error.code : 'unexpected';
}
