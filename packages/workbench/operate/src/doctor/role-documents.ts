/** Trust and policy of a role, as IAM takes them. */
export interface RoleDocuments {
  readonly trust: PolicyDocument;
  readonly policy: PolicyDocument;
}

export interface PolicyDocument {
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** IAM gives a document encoded as in a URL (RFC 3986): https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
export function toldBy(document: string | undefined): PolicyDocument {
  const { Statement } = JSON.parse(decodeURIComponent(document ?? '%7B%22Statement%22%3A%5B%5D%7D')) as { Statement: unknown };
  return { Statement: [Statement].flat() as readonly PolicyStatement[] };
}

/** Whom a trust policy lets take the role on; under which conditions is not judged. */
export function principalsOf({ Statement }: PolicyDocument): readonly string[] {
  const trusting = Statement.filter(({ Effect, Action }) => Effect === 'Allow' && [Action].flat().some((one) => isAssuming(one)));
  return trusting.flatMap(({ Principal = {} }) => (Principal === '*' ? ['*'] : Object.values(Principal).flat()));
}

function isAssuming(action: string): boolean {
  return ['sts:assumerole', 'sts:*', '*'].includes(action.toLowerCase());
}
