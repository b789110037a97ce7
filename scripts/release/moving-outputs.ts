/** What one stack reads of others: their outputs, by stack. */
export type Reads = ReadonlyMap<string, ReadonlySet<string>>;

/** Of a synthesised stack, as it is written. */
export function readsOf(stack: string): Reads {
  const all = [...stack.matchAll(/data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)/g)];
  const pairs = all.map(([, upstream = '', output = '']) => [upstream, output] as const);
  return new Map(
    [...Map.groupBy(pairs, ([upstream]) => upstream)].map(([upstream, own]) => [upstream, new Set(own.map(([, name]) => name))]),
  );
}

/** Outputs that an apply of this plan makes, changes or removes: who reads one of them is planned against what is there today. */
export function movingOutputsOf(plan: PlanJson): Set<string> {
  const moving = Object.entries(plan.output_changes ?? {}).filter(([, { actions }]) => actions.some((action) => action !== 'no-op'));
  return new Set(moving.map(([name]) => name));
}

export interface PlanJson {
  readonly applyable?: boolean;
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/** The stack that has to be applied before one with these reads can be planned; undefined where none has to. */
export function upstreamOf(reads: Reads, moving: ReadonlyMap<string, ReadonlySet<string> | 'unplanned'>): string | undefined {
  for (const [upstream, outputs] of reads) {
    const changes = moving.get(upstream);
    if (changes === 'unplanned' || [...outputs].some((name) => changes?.has(name))) return upstream;
  }
  return undefined;
}
