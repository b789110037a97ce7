import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

export interface BucketParts {
  readonly s3: S3Client;
  readonly Bucket: string;
  /** The account: a bucket of that name may be somebody else's by now. */
  readonly ExpectedBucketOwner: string;
  readonly region: string;
}

/** What a bucket for Terraform's state needs. What is there is left as it is; what is set beside it, too. */
export interface BucketStep {
  readonly tells: string;
  readonly isThere: (parts: BucketParts) => Promise<boolean>;
  readonly make: (parts: BucketParts) => Promise<unknown>;
}

export const bucketSteps: readonly BucketStep[] = [
  {
    tells: 'a bucket of that name',
    isThere: ({ s3, ...bucket }) => unless('NotFound', () => s3.send(new HeadBucketCommand(of(bucket)))),
    make: ({ s3, Bucket, region }) => s3.send(new CreateBucketCommand({ Bucket, ...placeIn(region) })),
  },
  {
    tells: 'nobody outside of the account may read it, whatever a policy says',
    async isThere({ s3, ...bucket }) {
      const read = () => s3.send(new GetPublicAccessBlockCommand(of(bucket)));
      const block = (await orNone('NoSuchPublicAccessBlockConfiguration', read))?.PublicAccessBlockConfiguration;
      return Object.keys(allBlocked).every((name) => block?.[name as keyof typeof allBlocked] === true);
    },
    make: ({ s3, ...bucket }) => s3.send(new PutPublicAccessBlockCommand({ ...of(bucket), PublicAccessBlockConfiguration: allBlocked })),
  },
  {
    tells: 'versions: an earlier state can be brought back',
    isThere: async ({ s3, ...bucket }) => (await s3.send(new GetBucketVersioningCommand(of(bucket)))).Status === 'Enabled',
    make: ({ s3, ...bucket }) => s3.send(new PutBucketVersioningCommand({ ...of(bucket), VersioningConfiguration: { Status: 'Enabled' } })),
  },
  {
    tells: 'encryption of all that lies in it',
    async isThere({ s3, ...bucket }) {
      const read = () => s3.send(new GetBucketEncryptionCommand(of(bucket)));
      const found = await orNone('ServerSideEncryptionConfigurationNotFoundError', read);
      return (found?.ServerSideEncryptionConfiguration?.Rules ?? []).some((rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm);
    },
    make: ({ s3, ...bucket }) =>
      s3.send(
        new PutBucketEncryptionCommand({
          ...of(bucket),
          ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        }),
      ),
  },
  {
    tells: 'encrypted connections only',
    isThere: async (parts) => (await statementsOf(parts)).some(({ Sid }) => Sid === tlsOnly),
    async make(parts) {
      const Statement = [...(await statementsOf(parts)), denyPlain(parts.Bucket)];
      return parts.s3.send(new PutBucketPolicyCommand({ ...of(parts), Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }));
    },
  },
  {
    tells: 'saved plans of releases (plans/), which hold secrets, go after 7 days; states stay',
    isThere: async (parts) => ((await lifecycleOf(parts))?.Rules ?? []).some(({ ID }) => ID === plansGo.ID),
    async make(parts) {
      const found = await lifecycleOf(parts);
      const size = found?.TransitionDefaultMinimumObjectSize;
      return parts.s3.send(
        new PutBucketLifecycleConfigurationCommand({
          ...of(parts),
          LifecycleConfiguration: { Rules: [...(found?.Rules ?? []), plansGo] },
          ...(size === undefined ? {} : { TransitionDefaultMinimumObjectSize: size }),
        }),
      );
    },
  },
];

function of({ Bucket, ExpectedBucketOwner }: Pick<BucketParts, 'Bucket' | 'ExpectedBucketOwner'>) {
  return { Bucket, ExpectedBucketOwner };
}

/** S3 refuses the name of its first region as a place. */
function placeIn(region: string) {
  return region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
}

async function orNone<Result>(name: string, read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  }
}

async function unless(name: string, read: () => Promise<unknown>): Promise<boolean> {
  return (await orNone(name, read)) !== undefined;
}

const allBlocked = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };

const tlsOnly = 'VeraEncryptedConnectionsOnly';

function denyPlain(bucket: string) {
  const Resource = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  return {
    Sid: tlsOnly,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

async function statementsOf({ s3, ...bucket }: BucketParts): Promise<readonly { readonly Sid?: string }[]> {
  const found = await orNone('NoSuchBucketPolicy', () => s3.send(new GetBucketPolicyCommand(of(bucket))));
  return (JSON.parse(found?.Policy ?? '{"Statement":[]}') as { readonly Statement: readonly { readonly Sid?: string }[] }).Statement;
}

/** In a bucket with versions what expires is only hidden, until its version goes as well. */
const plansGo = {
  ID: 'vera-plans',
  Status: 'Enabled' as const,
  Filter: { Prefix: 'plans/' },
  Expiration: { Days: 7 },
  NoncurrentVersionExpiration: { NoncurrentDays: 1 },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
};

function lifecycleOf({ s3, ...bucket }: BucketParts) {
  return orNone('NoSuchLifecycleConfiguration', () => s3.send(new GetBucketLifecycleConfigurationCommand(of(bucket))));
}
