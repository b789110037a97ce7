import type * as z from 'zod/mini';

export class EnvironmentError extends Error {
  readonly code = 'environment';
}

/** Parses a process's environment; throws one `EnvironmentError` that names every variable at fault. Values are not repeated in it. */
export function readEnv<Schema extends z.ZodMiniType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const parsed = schema.safeParse(environment, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new EnvironmentError(`Environment variables are missing or wrong: ${describeProblems(parsed.error)}`);
}

/** Every problem in one line, by name, for example `SECRET_ID is missing; PORT: Invalid input`. Never holds a value. */
export function describeProblems(error: z.core.$ZodError): string {
  return error.issues.map(describeIssue).join('; ');
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const name = issue.path.map(String).join('.') || 'the whole value';
  if (issue.code === 'invalid_type' && issue.input === undefined) return `${name} is missing`;
  return `${name} is wrong (${issue.code === 'invalid_value' ? `one of ${issue.values.map(String).join(', ')}` : issue.code})`;
}
