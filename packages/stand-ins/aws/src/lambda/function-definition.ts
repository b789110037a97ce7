/** A Lambda function as a deployable's stack would declare it. */
export interface FunctionDefinition {
  readonly name: string;
  /** Absolute path of a module that exports `handler`; of an image, of the program that it starts. */
  readonly entry: string;
  /** It is a container image: its program asks the Runtime API for events itself. */
  readonly isImage?: boolean;
  /** All the function sees, beside what Lambda sets by itself. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** Default 128. */
  readonly memoryMegabytes?: number;
  readonly functionUrl?: boolean;
  /** Any free one when left out. */
  readonly functionUrlPort?: number;
  /** How many instances there may be at once. Default 100. */
  readonly concurrency?: number;
  /** ARN told of an event that is given up: a function of the same emulator is invoked with the record, a queue keeps it. */
  readonly onFailureDestination?: string;
  /** How often an asynchronous event that failed is tried again, one the function could not take not counted. Default 2, as in AWS. */
  readonly maximumRetryAttempts?: number;
  /** From when on an event that waits or failed is given up. Default six hours, as in AWS. */
  readonly maximumEventAgeSeconds?: number;
}

/** A line of a function's or a worker's stdout or stderr. */
export type OnLog = (entry: { readonly component: string; readonly line: string }) => void;

/** What an invocation came to. `functionError` is set when the function failed; the payload is then `{errorType, errorMessage}`. */
export interface Outcome {
  /** JSON. */
  readonly payload: string;
  readonly functionError?: 'Unhandled';
}

export function failure(errorType: string, errorMessage: string): Outcome {
  return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' };
}
