import { matchesPattern } from './matches-pattern.ts';
import { meetsConditions } from './meets-conditions.ts';
import type { AccessRequest, Statement } from './statement.ts';

/** Whether IAM would let the holder of these statements do it: something allows it and nothing denies it. */
export function isAllowed(statements: readonly Statement[], request: AccessRequest): boolean {
  const effects = statements.filter((statement) => applies(statement, request)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies({ Action, Resource, Condition = {} }: Statement, { action, resource, context = {} }: AccessRequest): boolean {
  return (
    // IAM compares actions without regard to case, ARNs to the letter.
    Action.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase())) &&
    Resource.some((pattern) => matchesPattern(pattern, resource)) &&
    meetsConditions(Condition, context)
  );
}
