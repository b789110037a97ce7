import { createHash } from 'node:crypto';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object/index.js';
import { Construct } from 'constructs';
import { keepPrivate } from '../constructs/keep-private.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import type { ApiTarget } from './api-targets.ts';
import { openApiDocumentOf } from './open-api-document.ts';

interface SchemasProps {
  readonly settings: Settings;
  readonly targets: readonly ApiTarget[];
}

/** The OpenAPI documents, in a private bucket that keeps their history. */
export class Schemas extends Construct {
  readonly bucketArn: string;
  readonly uriOf: (name: ApiTarget['name']) => string;

  constructor(scope: Construct, id: string, { settings, targets }: SchemasProps) {
    super(scope, id);
    const { bucket, versions } = this.createBucket(settings);
    const uris = new Map(
      targets.map(({ name, server }) => {
        // The hash in its name moves the target when the document moves.
        const json = openApiDocumentOf(name, { server });
        const key = `${name}-${createHash('sha256').update(json).digest('hex').slice(0, 12)}.json`;
        const object = new S3Object(this, name, {
          bucket: bucket.bucket,
          key,
          content: json,
          contentType: 'application/json',
          dependsOn: [versions],
        });
        return [name, `s3://${object.bucket}/${object.key}`];
      }),
    );
    this.bucketArn = bucket.arn;
    this.uriOf = (name) => uris.get(name) ?? '';
  }

  private createBucket(settings: Settings) {
    const bucket = new S3Bucket(this, 'bucket', {
      bucket: nameOf(settings, `${settings.account}-schemas`),
      forceDestroy: true,
    });
    const versions = new S3BucketVersioningA(this, 'versions', { bucket: bucket.bucket, versioningConfiguration: { status: 'Enabled' } });
    keepPrivate(this, bucket);
    return { bucket, versions };
  }
}
