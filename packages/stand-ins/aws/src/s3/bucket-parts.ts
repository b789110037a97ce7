import { AwsError } from '../aws-error.ts';

export interface Bucket {
  readonly owner: string;
  readonly region: string;
  /** What was put, word for word, by the part's name. */
  readonly parts: Map<string, string>;
}

/** What of a bucket is set by a call of its own. */
export interface BucketPart {
  /** In the API: `Get…`, `Put…`. */
  readonly name: string;
  /** In the query. */
  readonly query: string;
  /** What stands where nothing was put; an error where that is one. */
  readonly otherwise: string | AwsError;
  /** What has to stand in it. */
  readonly root: RegExp;
}

const missing = (type: string) => new AwsError(404, type, 'There is none');
const plainEncryption =
  '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>' +
  '</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>';

/** Every bucket is encrypted since 2023, and blocks public access since April 2023 where nothing else was said. */
export const bucketParts: readonly BucketPart[] = [
  {
    name: 'PublicAccessBlock',
    query: 'publicAccessBlock',
    root: /<PublicAccessBlockConfiguration/,
    otherwise: missing('NoSuchPublicAccessBlockConfiguration'),
  },
  { name: 'BucketVersioning', query: 'versioning', root: /<Status>(?:Enabled|Suspended)</, otherwise: '<VersioningConfiguration/>' },
  { name: 'BucketEncryption', query: 'encryption', root: /<SSEAlgorithm>(?:AES256|aws:kms(?::dsse)?)</, otherwise: plainEncryption },
  { name: 'BucketPolicy', query: 'policy', root: /^\{.*"Statement":/s, otherwise: missing('NoSuchBucketPolicy') },
  {
    name: 'BucketLifecycleConfiguration',
    query: 'lifecycle',
    root: /<Rule>.*<Status>(?:Enabled|Disabled)</s,
    otherwise: missing('NoSuchLifecycleConfiguration'),
  },
];

export function readPart({ parts }: Bucket, { name, otherwise }: BucketPart): string {
  const text = parts.get(name) ?? otherwise;
  if (typeof text === 'string') return text;
  throw text;
}

/** Refused as by S3: without a checksum, with a body of another shape, and a public policy where that is blocked. */
export function writePart(
  { parts }: Bucket,
  part: BucketPart,
  { body, headers }: { readonly body: string; readonly headers: Headers },
): void {
  const hasChecksum = [...headers.keys()].some((name) => name === 'content-md5' || /^x-amz-checksum-/.test(name));
  if (!hasChecksum) throw new AwsError(400, 'InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  if (!part.root.test(body)) throw new AwsError(400, part.name === 'BucketPolicy' ? 'MalformedPolicy' : 'MalformedXML', 'Not well-formed');
  const isPublic = part.name === 'BucketPolicy' && /"Effect":"Allow","Principal":(?:"\*"|\{"AWS":"\*"\})/.test(body);
  if (isPublic && parts.get('PublicAccessBlock')?.includes('<BlockPublicPolicy>true'))
    throw new AwsError(403, 'AccessDenied', 'public policies are blocked by the BlockPublicPolicy setting');
  parts.set(part.name, body);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export function checkNewBucket(name: string, body: string, region: string): void {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw new AwsError(400, 'InvalidBucketName', 'The specified bucket is not valid.');
  const [, asked = 'us-east-1'] = /<LocationConstraint>([^<]*)</.exec(body) ?? [];
  if (asked !== region || body.includes('<LocationConstraint>us-east-1<'))
    throw new AwsError(400, 'IllegalLocationConstraintException', `The ${asked} location constraint is incompatible for ${region}`);
}
