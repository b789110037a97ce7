import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { type AwsOperation, answerAws } from './answer-aws.ts';
import { AwsError } from './aws-error.ts';
import type { CallRecord } from './call-record.ts';
import { callerOf } from './caller.ts';
import { type AwsFault, createFaults } from './faults.ts';
import { defaultPlace } from './place.ts';
import { type Bucket, bucketParts, checkNewBucket, readPart, writePart } from './s3/bucket-parts.ts';

export interface S3Params {
  readonly record: CallRecord;
  readonly clock?: Clock;
  /** Whose buckets are made. */
  readonly accountId?: string;
}

export interface S3Emulator extends Listening {
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** A bucket that is there already, of whichever account: their names are one space for all of AWS. */
  put(name: string, bucket: Pick<Bucket, 'owner' | 'region'>): void;
  inject(fault: AwsFault): void;
}

/** S3 as far as buckets are made and set up, in path style. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
export async function createS3({ record, clock = realClock, accountId = defaultPlace.accountId }: S3Params): Promise<S3Emulator> {
  const buckets = new Map<string, Bucket>();
  const faults = createFaults();

  async function operationOf(request: Request): Promise<AwsOperation> {
    const { region } = callerOf(request, 's3');
    const { pathname, searchParams } = new URL(request.url);
    const [, name = '', key = ''] = pathname.split('/');
    const part = bucketParts.find(({ query }) => searchParams.has(query));
    const operation = operationNameOf(request.method, part?.name);
    if (operation === undefined || key !== '') throw new AwsError(501, 'NotImplemented', `${request.method} ${request.url}`);
    const body = await request.text();
    const bucket = () => openBucket(request, { bucket: buckets.get(name), region, accountId });
    const answer = () => {
      if (operation === 'CreateBucket') return make(name, body, region);
      if (part === undefined) return new Response(null, { headers: { 'x-amz-bucket-region': bucket().region } });
      if (request.method === 'GET') return new Response(readPart(bucket(), part), { headers: { 'content-type': 'application/xml' } });
      writePart(bucket(), part, { body, headers: request.headers });
      return new Response('');
    };
    return { name: operation, needs: [{ action: `s3:${actions[operation] ?? operation}`, resource: `arn:aws:s3:::${name}` }], answer };
  }

  function make(name: string, body: string, region: string): Response {
    checkNewBucket(name, body, region);
    const there = buckets.get(name);
    // One's own is made again without a word in us-east-1, and nowhere else.
    if (there && (there.owner !== accountId || region !== 'us-east-1'))
      throw new AwsError(409, there.owner === accountId ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists', 'The name is not available.');
    if (!there) buckets.set(name, { region, owner: accountId, parts: new Map() });
    return new Response('', { headers: { location: `/${name}` } });
  }

  const server = await listen(answerAws({ service: 's3', record, clock, faults, operationOf, refuse: refused }));
  return { ...server, buckets, put: (name, bucket) => void buckets.set(name, { ...bucket, parts: new Map() }), inject: faults.inject };
}

/** Where IAM calls it otherwise: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const actions: Readonly<Record<string, string>> = {
  HeadBucket: 'ListBucket',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
};

function operationNameOf(method: string, part: string | undefined): string | undefined {
  if (part !== undefined) return { GET: `Get${part}`, PUT: `Put${part}` }[method];
  return { PUT: 'CreateBucket', HEAD: 'HeadBucket' }[method];
}

interface Asked {
  readonly bucket: Bucket | undefined;
  readonly region: string;
  readonly accountId: string;
}

/** Of another account none can be looked at; of another region one is told where it is. */
function openBucket(request: Request, { bucket, region, accountId }: Asked): Bucket {
  if (!bucket) throw new AwsError(404, 'NoSuchBucket', 'The specified bucket does not exist');
  const expected = request.headers.get('x-amz-expected-bucket-owner');
  if (bucket.owner !== accountId || (expected !== null && expected !== bucket.owner))
    throw new AwsError(403, 'AccessDenied', 'Access Denied');
  if (bucket.region !== region) throw new AwsError(301, 'PermanentRedirect', bucket.region);
  return bucket;
}

function refused({ status, type, message }: AwsError): Response {
  const headers = new Headers({ 'content-type': 'application/xml' });
  if (status === 301) headers.set('x-amz-bucket-region', message);
  return new Response(`<Error><Code>${type}</Code><Message>${message}</Message></Error>`, { status, headers });
}
