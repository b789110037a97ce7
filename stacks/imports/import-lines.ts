import { createReferences } from '../permissions/references.ts';
import type { StacksJson } from '../permissions/stacks-json.ts';
import type { Settings } from '../settings/settings.ts';
import { importIds } from './import-ids.ts';

/** One resource as Terraform calls it, and as AWS does. */
export interface ImportLine {
  readonly stack: string;
  readonly address: string;
  readonly id: string;
}

/** Of all that the stacks contain, as far as it can be found again. */
export function importLinesOf(stacks: StacksJson, settings: Settings): ImportLine[] {
  const references = createReferences(stacks);
  return [...stacks].flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, made]) => {
      const idOf = importIds[type];
      if (!idOf) return [];
      return Object.entries(made).map(([name, one]) => ({
        stack,
        address: `${type}.${name}`,
        id: idOf({
          settings,
          region: references.regionOf(stack, one),
          of: (argument) => references.attributeOf(stack, type, name, argument),
        }),
      }));
    }),
  );
}
