interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: unknown;
    readonly after?: unknown;
    readonly after_unknown?: unknown;
  };
}

/** The emulator that stands in for AWS keeps no such thing, so that each plan on it sets it again, whoever synthesised. */
const forgotten: Readonly<Record<string, string>> = { aws_lambda_function: 'logging_config' };

/** What a plan, as `terraform show -json` tells it, would add, change or destroy, in words. */
export function plannedChanges({ resource_changes: resources = [], output_changes: outputs = {} }: Plan): string[] {
  return [
    ...resources.filter((one) => isChange(one.change.actions) && !isForgotten(one)).map(toldOf),
    ...Object.entries(outputs)
      .filter(([, { actions }]) => isChange(actions))
      .map(([name, { actions }]) => `output ${name}: ${actions.join(' and ')}`),
  ];
}

function isChange(actions: readonly string[]): boolean {
  return !actions.every((action) => action === 'no-op' || action === 'read');
}

function isForgotten(resource: ResourceChange): boolean {
  const keys = changedKeys(resource);
  return resource.change.actions.join() === 'update' && keys.length > 0 && keys.every((key) => key === forgotten[resource.type]);
}

function toldOf(resource: ResourceChange): string {
  return `${resource.address}: ${resource.change.actions.join(' and ')} (${changedKeys(resource).join(', ')})`;
}

function changedKeys({ change }: ResourceChange): string[] {
  const [before, after, unknown] = [change.before, change.after, change.after_unknown].map(
    (side) => (side ?? {}) as Readonly<Record<string, unknown>>,
  ) as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
  return [...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)])].filter(
    (key) => unknown[key] === true || JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}
