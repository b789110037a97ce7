/** What a role may do, one entry a kind of resource; the key becomes the statement's Sid. */
export type Grants = Readonly<Record<string, Grant>>;

export interface Grant {
  /** Allowed unless told. */
  readonly effect?: 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** Why a wildcard is needed, or who else makes the call when our own code does not. Ends up beside the policy in the synthesised stack. */
  readonly because?: string;
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Where one of a deployable's permissions applies. */
export type Target = Omit<Grant, 'actions'>;

/** A deployable's permissions on real resources. A kind of resource left out is a type error; an empty list grants nothing for it. */
export function grantsOf<Permissions extends Readonly<Record<string, readonly string[]>>>(
  permissions: Permissions,
  targets: Readonly<Record<keyof Permissions, Target | readonly Target[]>>,
): Grants {
  return Object.fromEntries(
    Object.entries<Target | readonly Target[]>(targets).flatMap(([kind, target]) =>
      [target].flat().map((one, index) => [index === 0 ? kind : `${kind}${index + 1}`, { actions: permissions[kind] ?? [], ...one }]),
    ),
  );
}

/** The policy document as JSON. Throws when a wildcard comes without a reason. */
export function policyOf(grants: Grants): string {
  const Statement = Object.entries(grants).map(([kind, { effect = 'Allow', actions, resources, conditions, because }]) => {
    if (resources.length === 0) throw new Error(`The grant '${kind}' names no resource.`);
    const wild = [...actions, ...resources].filter((text) => text.includes('*'));
    if (wild.length > 0 && !because)
      throw new Error(`The grant '${kind}' has ${wild.join(', ')} without a \`because\`: say why nothing narrower serves.`);
    return {
      Sid: sidOf(kind),
      Effect: effect,
      Action: actions,
      Resource: resources,
      ...(conditions ? { Condition: conditions } : {}),
    };
  });
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** The reasons by statement id. */
export function reasonsOf(grants: Grants): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(grants).flatMap(([kind, { because }]) => (because ? [[sidOf(kind), because]] : [])));
}

function sidOf(kind: string): string {
  return `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
}
