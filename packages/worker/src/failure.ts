/** Why a question could not be answered. What the person reads is made of this, and of nothing else. */
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

/** Whether the same question may well be answered the next time; also after a stop, which is no failure. */
export function mayRetry(code: FailureCode | undefined): boolean {
  return code !== 'not-permitted' && code !== 'blocked' && code !== 'too-large';
}

/** What the person reads when a question could not be answered: what happened, what to do, and the id to ask about. */
export function failureWords(code: FailureCode, questionId: string): string {
  return `${whatHappened(code)}\n\n_Question ${questionId}_`;
}

function whatHappened(code: FailureCode): string {
  switch (code) {
    case 'throttled':
      return 'The language model has more requests than it can take at the moment. Please ask again in a few minutes.';
    case 'too-large':
      return 'This is more text than I can read at once. Please ask in a new thread, or with fewer or smaller files.';
    case 'timed-out':
      return 'I did not finish in time. Please ask again, if possible about a smaller part of it.';
    case 'not-permitted':
      return 'I am not permitted to use the language model here. Please tell the team that runs me; asking again will not help until they change it.';
    case 'unavailable':
      return 'A service I depend on is not available at the moment. Please ask again in a few minutes.';
    case 'blocked':
      return 'The content rules of this workspace stopped this answer. Please word the question differently, or leave out the sensitive part.';
    case 'empty':
      return 'The language model gave no answer. Please ask again, perhaps in other words.';
    case 'too-many-steps':
      return 'I stopped because this took more steps than I may take for one question. Please ask for a smaller part of it.';
    case 'cut':
      return 'The answer reached its greatest length and ends here. Write “go on” for the rest.';
    case 'broken-off':
      return 'The language model broke off in the middle of its answer. Please ask again.';
    case 'unexpected':
      return 'Something went wrong that I did not expect. Please ask again; if it happens twice, tell the team that runs me.';
  }
}
