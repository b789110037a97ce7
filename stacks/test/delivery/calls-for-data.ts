import { type CallsOf, calls, untagged } from './provider-call.ts';

/** Making something encrypted gives its service the key, in the name of whoever makes it. */
const givingKey = (service: string, region: string) => ({ 'kms:ViaService': `${service}.${region}.amazonaws.com` });

const bucketArn = (name: string) => `arn:aws:s3:::${name}`;
const tags = 'TagResource UntagResource';

export const callsForData: Readonly<Record<string, CallsOf>> = {
  aws_dynamodb_table: ({ of, keyArn, region }) => [
    ...calls(of('arn'), 'dynamodb', {
      create: 'CreateTable TagResource UpdateContinuousBackups UpdateTimeToLive',
      read: 'DescribeContinuousBackups DescribeTable DescribeTimeToLive ListTagsOfResource',
      update: `UpdateContinuousBackups UpdateTable UpdateTimeToLive ${tags}`,
      delete: 'DeleteTable',
    }),
    ...calls(
      keyArn,
      'kms',
      { create: 'CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey ReEncryptFrom ReEncryptTo' },
      givingKey('dynamodb', region),
    ),
  ],
  aws_kms_key: ({ of }) => [
    ...calls('*', 'kms', { create: 'CreateKey' }),
    ...calls(of('arn'), 'kms', { create: 'TagResource' }, untagged),
    ...calls(of('arn'), 'kms', {
      create: 'EnableKeyRotation',
      read: 'DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags',
      update: `DisableKeyRotation EnableKeyRotation PutKeyPolicy UpdateKeyDescription ${tags}`,
      delete: 'ScheduleKeyDeletion',
    }),
  ],
  aws_kms_alias: ({ of, arn, keyArn }) => [
    ...[arn('kms', of('name')), keyArn].flatMap((resource) =>
      calls(resource, 'kms', { create: 'CreateAlias', update: 'UpdateAlias', delete: 'DeleteAlias' }),
    ),
    ...calls('*', 'kms', { read: 'ListAliases' }),
  ],
  aws_secretsmanager_secret: ({ of }) =>
    calls(of('arn'), 'secretsmanager', {
      create: 'CreateSecret TagResource',
      read: 'DescribeSecret GetResourcePolicy',
      update: `UpdateSecret ${tags}`,
      delete: 'DeleteSecret',
    }),
  aws_secretsmanager_secret_version: ({ of, keyArn, region }) => [
    ...calls(of('secret_id'), 'secretsmanager', {
      create: 'PutSecretValue',
      read: 'DescribeSecret GetSecretValue',
      update: 'PutSecretValue UpdateSecretVersionStage',
      delete: 'UpdateSecretVersionStage',
    }),
    ...calls(
      keyArn,
      'kms',
      { create: 'Decrypt GenerateDataKey', read: 'Decrypt' },
      {
        ...givingKey('secretsmanager', region),
        'kms:EncryptionContext:SecretARN': of('secret_id'),
      },
    ),
  ],
  aws_sqs_queue: ({ of }) =>
    calls(of('arn'), 'sqs', {
      create: 'CreateQueue TagQueue',
      read: 'GetQueueAttributes ListQueueTags',
      update: 'SetQueueAttributes TagQueue UntagQueue',
      delete: 'DeleteQueue',
    }),
  aws_s3_bucket: ({ of }) =>
    calls(of('arn'), 's3', {
      create: 'CreateBucket PutBucketTagging TagResource',
      read: [
        'GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging GetBucketObjectLockConfiguration',
        'GetBucketPolicy GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration',
        'GetLifecycleConfiguration GetReplicationConfiguration ListBucket ListTagsForResource',
      ].join(' '),
      update: 'PutBucketTagging TagResource UntagResource',
      delete: 'DeleteBucket ListBucketVersions',
    }),
  aws_s3_bucket_versioning: ({ of }) =>
    calls(bucketArn(of('bucket')), 's3', { create: 'PutBucketVersioning', read: 'GetBucketVersioning', delete: 'PutBucketVersioning' }),
  aws_s3_bucket_lifecycle_configuration: ({ of }) => [
    ...calls(bucketArn(of('bucket')), 's3', {
      create: 'PutLifecycleConfiguration',
      read: 'GetLifecycleConfiguration',
      update: 'PutLifecycleConfiguration',
      delete: 'PutLifecycleConfiguration',
    }),
    // The one bucket in which things end is that of the sources, which the script that has an image built puts there.
    ...calls(`${bucketArn(of('bucket'))}/0123456789ab/package.json`, 's3', { create: 'PutObject' }),
  ],
  aws_s3_bucket_public_access_block: ({ of }) =>
    calls(bucketArn(of('bucket')), 's3', {
      create: 'PutBucketPublicAccessBlock',
      read: 'GetBucketPublicAccessBlock',
      delete: 'PutBucketPublicAccessBlock',
    }),
  aws_s3_object: ({ of }) =>
    calls(`${bucketArn(of('bucket'))}/${of('key')}`, 's3', {
      create: 'PutObject PutObjectTagging',
      read: 'GetObject GetObjectTagging',
      update: 'PutObject PutObjectTagging',
      delete: 'DeleteObject DeleteObjectVersion',
    }),
};
