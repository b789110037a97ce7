import type * as z from 'zod/mini';
import { describeProblems } from './describe-problems.ts';

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
