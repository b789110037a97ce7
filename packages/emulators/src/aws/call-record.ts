/** One AWS action that a component really called; the proof of the IAM policies is made of these. */
export interface AwsCall {
  /** The access key id of the caller: the component's name. */
  readonly component: string;
  /** The IAM action, such as `dynamodb:PutItem`. */
  readonly action: string;
  /** The resource's ARN. */
  readonly resource: string;
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
