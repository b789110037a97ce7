/** A permission that Terraform's provider needs while it creates, reads, updates or deletes a resource. */
export interface ProviderCall {
  readonly phase: Phase;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

export type Phase = 'create' | 'read' | 'update' | 'delete';

/** The resource that calls are about. */
export interface Subject {
  /** An argument of it, or what AWS makes of them. */
  of(attribute: string): string;
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
  'aws:RequestTag/vera:bot': '',
  'kms:ViaService': '',
  'kms:EncryptionContext:SecretARN': '',
  'iam:PassedToService': '',
};

/** Of something that is just being made: it has no tag yet, and the request brings it. */
export const untagged = { 'aws:ResourceTag/vera:bot': '', 'aws:RequestTag/vera:bot': 'vera' };

/** `calls(arn, 'sqs', { read: 'GetQueueAttributes ListQueueTags' })`. */
export function calls(
  resource: string,
  service: string,
  names: Partial<Record<Phase, string>>,
  context: Readonly<Record<string, string>> = {},
): ProviderCall[] {
  return (Object.entries(names) as [Phase, string][]).flatMap(([phase, actions]) =>
    actions.split(' ').map((action) => ({ phase, action: `${service}:${action}`, resource, context: { ...usual, ...context } })),
  );
}
