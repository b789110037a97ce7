import type { AccessRequest } from './iam/statement.ts';

/** One permission that IAM would have checked for a component; the proof of the IAM policies is made of these. A call may need several. */
export interface AwsCall extends AccessRequest {
  /** The access key id of the caller: the component's name. */
  readonly component: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** What the emulator answered. */
  readonly status: number;
}

export interface CallRecord {
  readonly calls: readonly AwsCall[];
  add(call: AwsCall): void;
  reset(): void;
}

/** The calls of one system, in order. Shared by all AWS emulators of that system. */
export function createCallRecord(): CallRecord {
  const calls: AwsCall[] = [];
  return {
    calls,
    add: (call) => void calls.push(call),
    reset: () => void calls.splice(0),
  };
}
