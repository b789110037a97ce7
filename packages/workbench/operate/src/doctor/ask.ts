import { nameOf } from '../check/finding.ts';

/** A call that gave no answer, with the right that it takes. */
export class AskError extends Error {
  readonly code = 'not-asked';
  /** As IAM knows it: `lambda:GetFunctionConfiguration`. */
  readonly right: string;
  /** The vendor's name of why. */
  readonly reason: string;

  constructor(right: string, { cause }: { readonly cause: unknown }) {
    super(`${right}: ${nameOf(cause)}`, { cause });
    this.right = right;
    this.reason = nameOf(cause);
  }
}

/** Asks AWS, so that whoever may not learns which right is missing. */
export async function ask<Answer>(right: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (cause) {
    throw new AskError(right, { cause });
  }
}

const absent = new Set([
  'ResourceNotFoundException',
  'NotFoundException',
  'QueueDoesNotExist',
  'NoSuchResourceException',
  'NoSuchEntityException',
  'NoSuchEntity',
]);

/** The same; undefined where there is no such thing. */
export async function askIfThere<Answer>(right: string, call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask(right, call);
  } catch (error) {
    if (error instanceof AskError && absent.has(error.reason)) return undefined;
    throw error;
  }
}
