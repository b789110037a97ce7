import { changedKeys, isForgotten, type ResourceChange } from '../emulator/forgotten-change.ts';

interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/** What a plan, as `terraform show -json` tells it, would add, change or destroy, in words; not what only the emulator forgot. */
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

function toldOf(resource: ResourceChange): string {
  return `${resource.address}: ${resource.change.actions.join(' and ')} (${changedKeys(resource).join(', ')})`;
}
