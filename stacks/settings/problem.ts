import type * as z from 'zod';

/** What is wrong with settings, and where. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What a schema found, in words that name the way there. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], above: readonly (string | number)[] = []): Problem[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...(issue.path as (string | number)[])];
    if (issue.code === 'invalid_type' && issue.input === undefined) return [{ path, message: 'this is missing' }];
    return issue.code === 'invalid_union' && issue.errors.length > 0
      ? problemsOfUnion(issue.errors, path)
      : [{ path, message: issue.message }];
  });
}

/** Of several shapes the one that was nearly met; where none of them fits at all, what each would be. */
function problemsOfUnion(options: readonly (readonly z.core.$ZodIssue[])[], path: readonly (string | number)[]): Problem[] {
  if (options.every((issues) => issues.length === 1 && issues[0]?.path.length === 0))
    return [{ path, message: [...new Set(options.map(([issue]) => issue?.message))].join('; or: ') }];
  const [nearest = []] = [...options].sort((a, b) => a.length - b.length);
  return problemsOf(nearest, path);
}
