import { isAllowed } from './is-allowed.ts';
import type { AccessRequest, Statement } from './statement.ts';

/** Who a key belongs to: a role's session, or a component that is called like its access key. */
export interface Identity {
  readonly arn: string;
  /** Where it is known, signatures are made anew and compared. */
  readonly secretAccessKey?: string;
  /** A session has two: its role's and its own. */
  readonly policies: readonly (readonly Statement[])[];
}

/** Each of its policies has to allow a request: a session's own takes away and never adds. */
export function mayDo({ policies }: Identity, request: AccessRequest): boolean {
  return policies.every((statements) => isAllowed(statements, request));
}
