/** A synthesised stack, as Terraform reads it. */
export interface StackText {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly terraform: {
    readonly backend?: unknown;
    readonly required_providers?: Readonly<Record<string, { readonly source?: string; readonly version?: string }>>;
  };
}

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** How one stack of cdktf's compares with the same of cdktn's. */
export interface ComparedStack {
  readonly addresses: number;
  readonly outputs: number;
  /** `aws 6.25.0 → hashicorp/aws 6.66.0` */
  readonly providers: readonly string[];
  /** Providers that Terraform would take for others, since their address is another one: from, to. */
  readonly moved: readonly (readonly [string, string])[];
  /** Whatever else is not the same, by where it is; nothing may be. */
  readonly faults: readonly string[];
}

export function comparedStack(old: StackText, renamed: StackText): ComparedStack {
  const sets = [
    ...missing('resource', addressesIn(old), addressesIn(renamed)),
    ...missing('output', Object.keys(old.output ?? {}), Object.keys(renamed.output ?? {})),
    ...missing('provider', Object.keys(providersOf(old)), Object.keys(providersOf(renamed))),
  ];
  const pairs = Object.entries(providersOf(old)).flatMap(([name, from]) => {
    const to = providersOf(renamed)[name];
    return to ? [{ name, from, to }] : [];
  });
  return {
    addresses: addressesIn(old).length,
    outputs: Object.keys(old.output ?? {}).length,
    providers: pairs
      .map(({ name, from, to }) => [`${from.source ?? name} ${from.version}`, `${to.source ?? name} ${to.version}`])
      .flatMap(([from, to]) => (from === to ? [] : [`${from} → ${to}`])),
    moved: pairs
      .map(({ name, from, to }) => [addressOfProvider(from.source ?? name), addressOfProvider(to.source ?? name)] as const)
      .filter(([from, to]) => from !== to),
    faults: sets.length > 0 ? sets : differences(withoutVersions(old), withoutVersions(renamed), ''),
  };
}

/** The command that tells a stack's state that its provider is called otherwise now: without it Terraform would look for both. */
export function stateCommandOf(stack: string, [from, to]: readonly [string, string]): string {
  return `terraform -chdir=cdktf.out/stacks/${stack} state replace-provider -auto-approve ${from} ${to}`;
}

/** `aws_sqs_queue.failures`, and `data.…` of what is only read. */
function addressesIn({ resource, data }: StackText): string[] {
  const of = (blocks: Blocks = {}, prefix = '') =>
    Object.entries(blocks).flatMap(([type, named]) => Object.keys(named).map((id) => `${prefix}${type}.${id}`));
  return [...of(resource), ...of(data, 'data.')];
}

function providersOf({ terraform }: StackText) {
  return terraform.required_providers ?? {};
}

/** `aws` and `hashicorp/aws` are short for it. */
function addressOfProvider(source: string): string {
  const parts = source.split('/');
  return [...['registry.terraform.io', 'hashicorp'].slice(0, 3 - parts.length), ...parts].join('/');
}

function missing(what: string, old: readonly string[], renamed: readonly string[]): string[] {
  const gone = old.filter((one) => !renamed.includes(one)).map((one) => `${what} ${one} is gone`);
  const come = renamed.filter((one) => !old.includes(one)).map((one) => `${what} ${one} has come`);
  return [...gone, ...come];
}

/** Without what may differ: the versions of providers, how their source is written, and the version of the one that wrote it. */
function withoutVersions(stack: StackText): unknown {
  const { '//': told, ...rest } = stack as StackText & { readonly '//'?: { readonly metadata?: object } };
  const { required_providers: _, ...terraform } = rest.terraform;
  return { ...rest, terraform, '//': { ...told, metadata: { ...told?.metadata, version: undefined } } };
}

function differences(old: unknown, renamed: unknown, path: string): string[] {
  if (!isTree(old) || !isTree(renamed) || Array.isArray(old) !== Array.isArray(renamed))
    return JSON.stringify(old) === JSON.stringify(renamed) ? [] : [`${path}: ${shortened(old)} → ${shortened(renamed)}`];
  const keys = new Set([...Object.keys(old), ...Object.keys(renamed)]);
  return [...keys].flatMap((key) => differences(old[key], renamed[key], path ? `${path}.${key}` : key));
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
