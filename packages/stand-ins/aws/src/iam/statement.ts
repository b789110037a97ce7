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

/** The statements of a policy as JSON. */
export function statementsOf(policy: string): Statement[] {
  const { Statement: statements } = JSON.parse(policy) as {
    Statement: (Omit<Statement, 'Action' | 'Resource'> & { Action: unknown; Resource: unknown })[];
  };
  return statements.map(({ Action, Resource, ...rest }) => ({
    ...rest,
    Action: [Action].flat().map(checkedAction),
    Resource: [Resource].flat() as string[],
  }));
}

/** IAM takes no wildcard in the service: `*` alone, or `service:` and a pattern. */
function checkedAction(action: unknown): string {
  if (typeof action === 'string' && /^(?:\*|[a-z0-9-]+:[\w*?]+)$/.test(action)) return action;
  throw new Error(`The policy failed legacy parsing: ${action}`);
}
