import type { ContextEntry } from '@aws-sdk/client-iam';
import type { PolicyDocument, PolicyStatement } from './role-documents.ts';

/** What IAM is asked at once: whether all of these are allowed, or denied, on this one, with what AWS would know of such a call. */
export interface Need {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resource: string;
  /** AWS makes up a part of its name, so that a narrower policy may name the very one. */
  readonly isPattern: boolean;
  readonly context: readonly ContextEntry[];
}

/** IAM takes no wildcard in an action: that everything is denied is asked of one that is allowed otherwise. */
export function needsOf({ Statement }: PolicyDocument): readonly Need[] {
  const allowed = Statement.find(({ Effect }) => Effect === 'Allow');
  return Statement.flatMap((statement) => {
    const isAll = [statement.Action].flat().includes('*');
    const { Action, Resource = [] } = isAll && allowed ? allowed : statement;
    const actions = isAll ? [Action].flat().slice(0, 1) : [Action].flat();
    const resources = isAll ? [Resource].flat().slice(0, 1) : [Resource].flat();
    const known = isAll ? { ...allowed?.Condition, ...statement.Condition } : statement.Condition;
    return contextsOf(known).flatMap((context) =>
      resources.map((resource) => ({
        ...{ effect: statement.Effect, actions, resource, context },
        isPattern: resource !== '*' && /[*?]/.test(resource),
      })),
    );
  });
}

/** One for each value of which one has to hold. What is told of a key last counts. */
function contextsOf(conditions: PolicyStatement['Condition'] = {}): ContextEntry[][] {
  const told = Object.entries(conditions).flatMap(([operator, named]) =>
    Object.entries(named).map(([key, values]) => {
      const type = operator.startsWith('Bool') ? ('boolean' as const) : ('string' as const);
      return [key, { key, values: [values].flat(), type }] as const;
    }),
  );
  const keys = [...new Map(told).values()];
  const most = Math.max(1, ...keys.map(({ values }) => values.length));
  return Array.from({ length: most }, (_, index) =>
    keys.map(({ key, values, type }) => ({
      ContextKeyName: key,
      ContextKeyValues: [values[Math.min(index, values.length - 1)] ?? ''],
      ContextKeyType: type,
    })),
  );
}
