import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { CodebuildProject } from '@cdktf/provider-aws/lib/codebuild-project/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Grants } from '../constructs/grant.ts';
import { keepPrivate } from '../constructs/keep-private.ts';
import { keptLogs, writingTo } from '../constructs/node-lambda.ts';
import { ServiceRole } from '../constructs/service-role.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { pushingImages } from './pushing-images.ts';

interface ImageBuilderProps {
  readonly settings: Settings;
  readonly repositoryUrl: string;
  readonly repositoryArn: string;
  readonly logKey: string | undefined;
}

/** In whose image there is docker with buildx (27.5 with 0.20: aws/aws-codebuild-docker-images#784). */
const machine = 'aws/codebuild/amazonlinux-aarch64-standard:3.0';

/** Builds what was planned, or nothing: the list of the sources is named by its hash, and the list names all there may be. */
const buildspec = {
  version: '0.2',
  phases: {
    build: {
      commands: [
        'echo "$SOURCES_SHA256  sources.sha256" | sha256sum --check --strict',
        'sha256sum --check --strict --quiet sources.sha256',
        'test "$(find . -type f | wc -l)" -eq "$(($(wc -l < sources.sha256) + 1))"',
        'sh scripts/build-worker-image',
      ],
    },
  },
};

/** A project of CodeBuild that builds the worker's image on arm64, for who deploys without Docker; and the bucket that its sources go into. */
export class ImageBuilder extends Construct {
  /** For the script that builds. */
  readonly environment: Readonly<Record<string, string>>;
  readonly dependsOn: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ImageBuilderProps) {
    super(scope, id);
    const { settings, repositoryUrl, logKey } = props;
    const name = nameOf(settings, 'image');
    const bucket = this.createBucket(settings);
    const logs = new CloudwatchLogGroup(this, 'logs', keptLogs(settings, `/aws/codebuild/${name}`, logKey));
    const role = new ServiceRole(this, 'access', {
      settings,
      role: 'image',
      service: 'codebuild.amazonaws.com',
      trustConditions: {
        StringEquals: {
          'aws:SourceAccount': settings.account,
          'aws:SourceArn': `arn:aws:codebuild:${settings.region}:${settings.account}:project/${name}`,
        },
      },
      grants: grantsOf({ ...props, bucketArn: bucket.arn, logGroupArn: logs.arn }),
    });
    const project = new CodebuildProject(this, 'project', {
      name,
      description: 'Builds the worker’s image',
      serviceRole: role.arn,
      buildTimeout: 30,
      queuedTimeout: 30,
      artifacts: { type: 'NO_ARTIFACTS' },
      // Each build names its own.
      source: { type: 'S3', location: `${bucket.bucket}/none/`, buildspec: JSON.stringify(buildspec) },
      environment: {
        type: 'ARM_CONTAINER',
        computeType: 'BUILD_GENERAL1_SMALL',
        image: machine,
        // Docker runs in it.
        privilegedMode: true,
        environmentVariable: [{ name: 'IMAGE_REPOSITORY', value: repositoryUrl }],
      },
      logsConfig: { cloudwatchLogs: { groupName: logs.name } },
      dependsOn: [...role.policies],
    });
    this.environment = { BUILD_PROJECT: project.name, SOURCES_BUCKET: bucket.bucket };
    this.dependsOn = [project];
  }

  private createBucket(settings: Settings): S3Bucket {
    const bucket = new S3Bucket(this, 'sources', { bucket: nameOf(settings, `${settings.account}-sources`), forceDestroy: true });
    keepPrivate(this, bucket);
    new S3BucketLifecycleConfiguration(this, 'sources-end', {
      bucket: bucket.bucket,
      rule: [{ id: 'built', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: 7 }] }],
    });
    return bucket;
  }
}

interface BuilderTargets extends Pick<ImageBuilderProps, 'repositoryArn'> {
  readonly bucketArn: string;
  readonly logGroupArn: string;
}

/** As CodeBuild's user guide has it for a source in S3, and what the build itself calls. */
function grantsOf({ repositoryArn, bucketArn, logGroupArn }: BuilderTargets): Grants {
  return {
    sources: {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [`${bucketArn}/*`],
      because: 'CodeBuild fetches the sources, which lie under the image’s tag',
    },
    sourcesBucket: { actions: ['s3:GetBucketLocation', 's3:ListBucket'], resources: [bucketArn], because: 'CodeBuild fetches a folder' },
    push: {
      actions: pushingImages,
      resources: [repositoryArn],
      because: 'the build pushes the image, and looks whether it is there',
    },
    token: {
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      because: 'the build logs in to ECR, which knows no resource for this action',
    },
    logs: { ...writingTo(logGroupArn), because: 'CodeBuild writes what the build prints, into a stream a build' },
  };
}
