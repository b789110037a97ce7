import { describe, expect, it } from 'vitest';
import { recordedBuild, toolNamed } from './recorded-build.ts';

const tag = '0123456789ab';
const host = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';
const planned = { IMAGE_REPOSITORY: `${host}/acme/vera-worker`, IMAGE_TAG: tag };
const describeImages = [
  'aws ecr describe-images --region eu-central-1 --registry-id 111122223333 --repository-name acme/vera-worker',
  `--image-ids imageTag=${tag} --query imageDetails[0].[imageDigest,imageManifestMediaType] --output text`,
].join(' ');
type Build = ReturnType<typeof recordedBuild>;

describe('a build in the account', () => {
  const sum = 'c'.repeat(64);
  const inAccount = { ...planned, BUILD_PROJECT: 'use1-dev-vera-image', SOURCES_BUCKET: 'sources', SOURCES_SHA256: sum };
  /** As synth leaves it for Terraform. */
  const copied = (build: Build) => {
    build.remove('repository/stacks');
    build.remove('repository/node_modules');
    build.remove('bin/docker');
    build.write('repository/sources.sha256', '');
    return build;
  };

  it.each(['sh', 'bash', 'dash'].filter(toolNamed))(
    'puts the sources there, starts it and waits, without docker and without Node, in %s',
    (shell) => {
      using build = recordedBuild();
      const { status, stderr, stdout, calls } = copied(build).run(inAccount, { shell });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(calls.slice(2)).toEqual([
        `aws s3 cp --recursive --only-show-errors --region eu-central-1 ${build.repository} s3://sources/${tag}/`,
        [
          `aws codebuild start-build --region eu-central-1 --project-name use1-dev-vera-image --source-location-override sources/${tag}/`,
          `--environment-variables-override name=IMAGE_TAG,value=${tag} name=IMAGE_TARGET,value=worker name=SOURCES_SHA256,value=${sum}`,
          '--query build.id --output text',
        ].join(' '),
        ...['', 'sleep 10', ''].map(
          (call) =>
            call ||
            'aws codebuild batch-get-builds --region eu-central-1 --ids vera-image:1 --query builds[0].[buildStatus,logs.deepLink] --output text',
        ),
        describeImages,
      ]);
      expect(stdout).toContain(`${tag} is in ECR: ${host}/acme/vera-worker@sha256:0123`);
    },
  );

  it.each<[string, (build: Build) => unknown, string]>([
    [
      'it fails',
      (build) => build.write('state/built', 'FAILED\n'),
      `could not build acme/vera-worker:${tag} (FAILED); its own words: https://logs.example/1`,
    ],
    ['the sources cannot be put there', (build) => build.happens('no-bucket'), `could not be put into s3://sources/${tag}/`],
    [
      'it may not be started',
      (build) => build.happens('no-project'),
      'CodeBuild does not begin (codebuild:StartBuild on use1-dev-vera-image)',
    ],
    ['it is called in a working tree', (build) => build.remove('repository/sources.sha256'), 'CodeBuild is sent what synth planned'],
  ])('says so where %s', (_, happen, words) => {
    using build = recordedBuild();
    happen(copied(build));
    expect(build.run(inAccount)).toMatchObject({ status: 1, stderr: expect.stringContaining(words) });
  });

  it('is not waited for where AWS is only stood in for', () => {
    using build = recordedBuild();
    const { status, stdout, calls } = copied(build).run({ ...inAccount, PLATFORM_CHECK: 'off' });
    expect({ status, last: calls.at(-1) }).toEqual({ status: 0, last: expect.stringContaining('codebuild start-build') });
    expect(stdout).toContain('nobody looked at it');
  });

  it('is not begun where the tag is there', () => {
    using build = recordedBuild();
    copied(build).happens('pushed');
    expect(build.run(inAccount).calls.filter((call) => /s3|codebuild/.test(call))).toEqual([]);
  });
});
