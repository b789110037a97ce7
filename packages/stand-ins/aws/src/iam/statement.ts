/** A statement of a role's policy, its lists always lists. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  /** Operator, then key, then the values of which one must hold. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What someone wants to do, with the condition keys AWS would know about it. */
export interface AccessRequest {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  /** Undefined: AWS knows that there is no such thing about this request, so that no condition on it is met. */
  readonly context?: Readonly<Record<string, string | undefined>>;
}
