export interface ResourceChange {
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

/** Whether a change is there only because the emulator forgot something: on AWS it would be none. */
export function isForgotten(resource: ResourceChange): boolean {
  const keys = changedKeys(resource);
  return resource.change.actions.join() === 'update' && keys.length > 0 && keys.every((key) => key === forgotten[resource.type]);
}

/** The change as it would be on AWS, which forgets nothing. */
export function asOnAws<Change extends ResourceChange>(resource: Change): Change {
  const key = forgotten[resource.type];
  if (key === undefined || resource.change.actions.join() !== 'update') return resource;
  const [before, after] = [valuesOf(resource.change.before), valuesOf(resource.change.after)];
  const actions = isForgotten(resource) ? ['no-op'] : resource.change.actions;
  return { ...resource, change: { ...resource.change, actions, before: { ...before, [key]: after[key] } } };
}

/** The attributes that differ before and after, or that nobody knows yet. */
export function changedKeys({ change }: ResourceChange): string[] {
  const [before, after, unknown] = [valuesOf(change.before), valuesOf(change.after), valuesOf(change.after_unknown)];
  return [...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)])].filter(
    (key) => unknown[key] === true || JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}

function valuesOf(side: unknown): Readonly<Record<string, unknown>> {
  return (side ?? {}) as Readonly<Record<string, unknown>>;
}
