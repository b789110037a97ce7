/** A permission that Terraform's provider needs while it creates, reads, updates or deletes a resource. */
export interface ProviderCall {
  readonly phase: Phase;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** Undefined: AWS knows that there is no such thing. */
type Context = Readonly<Record<string, string | undefined>>;

export type Phase = 'create' | 'read' | 'update' | 'delete';

/** The resource that calls are about. */
export interface Subject {
  /** An argument of it, or what AWS makes of them. */
  of(attribute: string): string;
  has(argument: string): boolean;
  /** In the account and region of the stacks. */
  arn(service: string, resource: string): string;
  readonly account: string;
  readonly region: string;
  /** Of the key that tables and secrets are encrypted with. */
  readonly keyArn: string;
}

export type CallsOf = (subject: Subject) => readonly ProviderCall[];

/** What AWS knows of a request unless told otherwise: it is about something with our tag, and no service makes it in our name. */
const usual = {
  'aws:ResourceTag/vera:bot': 'vera',
  'aws:ResourceTag/vera:environment': 'production',
  'aws:RequestTag/vera:bot': undefined,
  'aws:RequestTag/vera:environment': undefined,
  'kms:ViaService': '',
  'kms:EncryptionContext:SecretARN': '',
  'iam:PassedToService': '',
  'iam:PermissionsBoundary': undefined,
};

/** Of something that is just being made: it has no tag yet, and the request brings it. */
export const untagged = {
  'aws:ResourceTag/vera:bot': undefined,
  'aws:ResourceTag/vera:environment': undefined,
  'aws:RequestTag/vera:bot': 'vera',
  'aws:RequestTag/vera:environment': 'production',
};

/** Of one of the roles under the ceiling, by its name; those of the workflows are somewhere else. */
export function roleArnOf({ account }: Pick<Subject, 'account'>, name: string): string {
  const [, place = ''] = /^((?:[^-]+-){2}[^-]+)-/.exec(name) ?? [];
  return `arn:aws:iam::${account}:role/${isOfWorkflow(name) ? '' : `${place}/`}${name}`;
}

/** A person makes and changes them. */
export function isOfWorkflow(role: string): boolean {
  return /-(?:plan|propose|deploy|publish)$/.test(role);
}

/** `calls(arn, 'sqs', { read: 'GetQueueAttributes ListQueueTags' })`. */
export function calls(resource: string, service: string, names: Partial<Record<Phase, string>>, context: Context = {}): ProviderCall[] {
  return (Object.entries(names) as [Phase, string][]).flatMap(([phase, actions]) =>
    actions.split(' ').map((action) => ({ phase, action: `${service}:${action}`, resource, context: { ...usual, ...context } })),
  );
}
