/** What Terraform is given of one resource. */
export type ResourceJson = Readonly<Record<string, unknown>>;

/** What Terraform is given of one stack, as far as permissions are concerned: `resource.<type>.<id>`. */
export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceJson>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly provider: Readonly<Record<string, readonly ResourceJson[]>>;
}

export type StacksJson = ReadonlyMap<string, StackJson>;

/** Every resource of a type, with the stack it is in. */
export function resourcesOfType(stacks: StacksJson, type: string): { stack: string; id: string; resource: ResourceJson }[] {
  return [...stacks].flatMap(([stack, json]) =>
    Object.entries(json.resource?.[type] ?? {}).map(([id, resource]) => ({ stack, id, resource })),
  );
}

/** Where the construct is that made the resource: `worker/access/role`. */
export function pathOf(resource: ResourceJson): string {
  return (resource['//'] as { readonly metadata: { readonly path: string } }).metadata.path;
}
