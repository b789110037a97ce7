import { matchesPattern } from './matches-pattern.ts';
import type { AccessRequest, Statement } from './statement.ts';

type Context = NonNullable<AccessRequest['context']>;
type Compare = (expected: string, actual: string) => boolean;

const operators: Readonly<Record<string, Compare>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringLike: matchesPattern,
  ArnLike: matchesArn,
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
};

/**
 * Whether every condition holds. Throws for an operator it does not know and for a key the context says nothing of: a proof that guesses
 * proves nothing.
 */
export function meetsConditions(conditions: NonNullable<Statement['Condition']>, context: Context): boolean {
  return Object.entries(conditions).every(([operator, keys]) => {
    const compare = operators[operator];
    if (!compare) throw new Error(`Nothing here knows the condition operator ${operator}; it knows ${Object.keys(operators).join(', ')}`);
    return Object.entries(keys).every(([key, expected]) => {
      const actual = context[key];
      if (!(key in context)) throw new Error(`A condition asks for ${key}, and nothing says what AWS would know of it`);
      return actual !== undefined && [expected].flat().some((value) => compare(value, actual));
    });
  });
}

/** Part by part: here a `*` ends at the colon. */
function matchesArn(expected: string, actual: string): boolean {
  const parts = partsOf(expected);
  return partsOf(actual).every((part, index) => matchesPattern(parts[index] ?? '', part));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
