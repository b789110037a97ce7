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

type Context = NonNullable<AccessRequest['context']>;
type Compare = (expected: string, actual: string) => boolean;

const operators: Readonly<Record<string, Compare>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringLike: matchesPattern,
  ArnLike: matchesArn,
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
};

/** What AWS knows of a call unless something stands between: https://docs.aws.amazon.com/agent-toolkit/latest/userguide/security_iam_id-based-policy-examples.html */
const ofEveryCall: Context = { 'aws:ViaAWSMCPService': 'false' };

/**
 * Whether every condition holds. Throws for an operator it does not know and for a key the context says nothing of: a proof that guesses
 * proves nothing.
 */
function meetsConditions(conditions: NonNullable<Statement['Condition']>, given: Context): boolean {
  const context: Context = { ...ofEveryCall, ...given };
  return Object.entries(conditions).every(([operator, keys]) => {
    if (operator === 'Null')
      return Object.entries(keys).every(([key, absent]) => (knownIn(context, key) === undefined) === (absent === 'true'));
    const [, name = '', isOptional] = /^(.+?)(IfExists)?$/.exec(operator) ?? [];
    const compare = operators[name];
    if (!compare) throw new Error(`Nothing here knows the condition operator ${operator}; it knows ${Object.keys(operators).join(', ')}`);
    return Object.entries(keys).every(([key, expected]) => {
      const actual = knownIn(context, key);
      if (actual === undefined) return isOptional !== undefined;
      return [expected].flat().some((value) => compare(value, actual));
    });
  });
}

function knownIn(context: Context, key: string): string | undefined {
  if (!(key in context)) throw new Error(`A condition asks for ${key}, and nothing says what AWS would know of it`);
  return context[key];
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

/** `*` stands for any text, colons and slashes included, and for none; `?` for one character. */
function matchesPattern(pattern: string, text: string): boolean {
  if (pattern.includes('${')) throw new Error(`'${pattern}' holds a variable, which only AWS or Terraform can fill in`);
  const literal = pattern.replaceAll(/[.+^$(){}|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
