/** What cdktf writes beside the stacks. */
export interface SynthesisManifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

/** Stacks so that each comes after those it depends on. */
export function deployOrderOf(stacks: SynthesisManifest['stacks']): string[] {
  const order: string[] = [];
  const visit = (name: string): void => {
    if (order.includes(name)) return;
    for (const dependency of stacks[name]?.dependencies ?? []) visit(dependency);
    order.push(name);
  };
  for (const name of Object.keys(stacks)) visit(name);
  return order;
}
