import { UsageError } from '../usage-error.ts';
import type { BucketParts } from './bucket-steps.ts';

interface Answered {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** What S3 said no to, and what helps; a HEAD has nothing but its status. */
export function wordsOfS3(error: unknown, { Bucket, region }: Pick<BucketParts, 'Bucket' | 'region'>): UsageError {
  const { name = 'unknown', $metadata, $response } = error as Answered;
  const where = $response?.headers?.['x-amz-bucket-region'];
  if (where !== undefined && where !== region)
    return new UsageError(`The bucket ${Bucket} is in ${where}, not in ${region}. Remedy: state.region in the settings`);
  if (name === 'BucketAlreadyExists' || $metadata?.httpStatusCode === 403)
    return new UsageError(
      `The bucket ${Bucket} belongs to another account, or you may not look at it (${name}). Remedy: another name in state.bucket, or more rights`,
    );
  return new UsageError(`S3 says ${name} for ${Bucket}. Nothing else was changed; run this again once that is mended.`);
}
