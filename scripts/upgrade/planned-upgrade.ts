import { holderOf } from '@vera/plan-review/data-holders';

interface Planned {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly mode?: string;
    readonly previous_address?: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

export interface PlannedUpgrade {
  readonly inPlace: number;
  readonly made: readonly string[];
  /** Destroyed, or destroyed and made anew. */
  readonly gone: readonly string[];
  /** Those of them that hold what no code brings back. */
  readonly lost: readonly string[];
}

/** What becomes of a stack's resources, by its plan as `terraform show -json` tells it. */
export function plannedUpgrade({ resource_changes: all = [] }: Planned): PlannedUpgrade {
  const changes = all.filter(({ mode }) => mode !== 'data');
  const does = (action: string) => changes.filter(({ change }) => change.actions.includes(action));
  const gone = does('delete');
  return {
    inPlace: does('update').length,
    made: does('create').flatMap((one) => (gone.includes(one) ? [] : [one.address])),
    gone: gone.map(({ address }) => address),
    lost: gone.filter(({ type }) => holderOf(type) !== undefined).map(({ address }) => address),
  };
}
