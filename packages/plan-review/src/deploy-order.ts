/** What cdktf writes beside the stacks. */
export interface SynthesisManifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

/** Stacks so that each comes after those it depends on. Throws when some depend on each other. */
export function deployOrderOf(stacks: SynthesisManifest['stacks']): string[] {
  const order: string[] = [];
  const visit = (name: string, above: readonly string[]): void => {
    if (order.includes(name)) return;
    if (above.includes(name)) throw new Error(`The stacks depend on each other in a circle: ${[...above, name].join(' → ')}`);
    for (const dependency of stacks[name]?.dependencies ?? []) visit(dependency, [...above, name]);
    order.push(name);
  };
  for (const name of Object.keys(stacks)) visit(name, []);
  return order;
}
