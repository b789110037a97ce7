import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createImageRepository } from '@vera/aws-stand-in/ecr/image-repository';
import { describe, expect, it } from 'vitest';
import { recordedBuild, toolNamed } from './recorded-build.ts';

const tagOf = (...options: string[]) => {
  using build = recordedBuild();
  return execFileSync(process.execPath, [join(build.repository, 'stacks/worker/worker-image.ts'), ...options], { encoding: 'utf8' }).trim();
};
const tag = tagOf();
const host = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';
const planned = { IMAGE_REPOSITORY: `${host}/acme/vera-worker`, IMAGE_TAG: tag };
const describeImages = [
  'aws ecr describe-images --region eu-central-1 --registry-id 111122223333 --repository-name acme/vera-worker',
  `--image-ids imageTag=${tag} --query imageDetails[0].[imageDigest,imageManifestMediaType] --output text`,
].join(' ');
const builds = (calls: readonly string[]) => calls.filter((call) => /login|buildx build/.test(call));

it.each(['sh', 'bash', 'dash'].filter(toolNamed))('checks, logs in, builds and pushes, in %s', (shell) => {
  using build = recordedBuild();
  const { status, stdout, stderr, calls } = build.run(planned, { shell });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(calls).toEqual([
    'aws sts get-caller-identity --region eu-central-1 --query Account --output text',
    describeImages,
    'docker version --format {{.Server.Version}}',
    'docker buildx version',
    'aws ecr get-login-password --region eu-central-1',
    `docker login --username AWS --password-stdin ${host}`,
    [
      'docker buildx build --platform linux/arm64 --target worker --provenance=false --sbom=false',
      '--output=type=registry,compression=gzip,force-compression=true',
      `--file ${build.repository}/docker/worker.Dockerfile --tag ${host}/acme/vera-worker:${tag} ${build.repository}`,
    ].join(' '),
    describeImages,
  ]);
  expect(build.stdin()).toBe('a-secret-password');
  expect([stdout, ...calls].join('\n')).not.toContain('a-secret-password');
  expect(stdout.split('\n')).toEqual([
    `build-worker-image: logs in to ${host}.`,
    `build-worker-image: builds acme/vera-worker:${tag} for linux/arm64, target worker, and pushes it.`,
    `build-worker-image: ${host}/acme/vera-worker:${tag} is in ECR: ${host}/acme/vera-worker@sha256:0123`,
    '',
  ]);
});

it('takes the tag of the files when none is given', () => {
  using build = recordedBuild();
  const { calls } = build.run({ IMAGE_REPOSITORY: planned.IMAGE_REPOSITORY });
  expect(builds(calls).at(-1)).toContain(`--tag ${host}/acme/vera-worker:${tag} `);
});

it('explains itself, and does nothing but that', () => {
  using build = recordedBuild();
  expect(build.run({}, { args: ['--help'] })).toMatchObject({ status: 0, stdout: expect.stringContaining('IMAGE_REPOSITORY'), calls: [] });
  expect(build.run(planned, { args: ['now'] })).toMatchObject({
    status: 64,
    stderr: expect.stringContaining('IMAGE_REPOSITORY'),
    calls: [],
  });
});

it('leaves a tag alone that ECR has already, whatever is missing or has changed here', () => {
  using build = recordedBuild();
  build.happens('pushed');
  build.remove('bin/docker');
  build.remove('repository/node_modules');
  build.write('repository/packages/worker/src/main.ts', 'changed');
  const { status, stdout, calls } = build.run(planned);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: `build-worker-image: acme/vera-worker:${tag} is in ECR already, as sha256:0123; nothing to build.\n`,
  });
  expect(calls.at(-1)).toBe(describeImages);
});

it('compares only a working tree with the plan: the copy that synth made for Terraform needs no installation and no Node', () => {
  using build = recordedBuild();
  build.remove('repository/stacks');
  build.remove('repository/node_modules');
  const { status, stderr, calls } = build.run(planned);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(builds(calls).at(-1)).toContain(`--tag ${host}/acme/vera-worker:${tag} ${build.repository}`);
});

type Build = ReturnType<typeof recordedBuild>;
const missing: readonly [string, string, (build: Build) => unknown][] = [
  ['docker is missing', 'docker is missing: https://', (build) => build.remove('bin/docker')],
  ['its daemon is not running', 'The Docker daemon does not answer; start Docker Desktop', (build) => build.happens('no-daemon')],
  ['buildx is missing', 'docker has no buildx: https://', (build) => build.happens('no-buildx')],
  ['the AWS CLI is missing', 'The AWS CLI is missing: https://', (build) => build.remove('bin/aws')],
  [
    'there are no credentials',
    'set AWS_PROFILE or run `aws sso login`. It said: An error occurred (ExpiredToken)',
    (build) => build.happens('no-credentials'),
  ],
  [
    'the account is another',
    'are of account 999900001111, IMAGE_REPOSITORY is in',
    (build) => build.write('state/account', '999900001111\n'),
  ],
  ['nothing is installed', 'are not installed: npx --yes pnpm@', (build) => build.remove('repository/node_modules')],
  [
    'files have changed since the plan',
    `and ${tag} was planned: they changed since`,
    (build) => build.write('repository/packages/ledger/src/table.ts', ''),
  ],
];

it.each(missing)('says what to do where %s, and builds nothing', (_what, words, happen) => {
  using build = recordedBuild();
  happen(build);
  const { status, stderr, calls } = build.run(planned);
  expect(status).toBe(1);
  expect(stderr.split('\n')).toEqual(['build-worker-image: it cannot be built here:', expect.stringContaining(words), '']);
  expect(builds(calls)).toEqual([]);
});

it.each([
  ['another registry', { IMAGE_REPOSITORY: 'ghcr.io/acme/vera-worker' }, 'must read like 111122223333.dkr.ecr.us-east-1.amazonaws.com/'],
  ['no repository', { IMAGE_REPOSITORY: '' }, "IMAGE_REPOSITORY is ''"],
  ['a tag that moves', { IMAGE_TAG: 'latest' }, "IMAGE_TAG is 'latest'; it must be the 12 hex digits"],
  [
    'an unknown target',
    { IMAGE_TARGET: 'all' },
    "has no stage 'all', only: builder, bundle, runtime, azure-mcp, with-local-servers, worker.",
  ],
])('refuses %s', (_what, wrong, words) => {
  using build = recordedBuild();
  const { status, stderr, calls } = build.run({ ...planned, ...wrong });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(words) });
  expect(builds(calls)).toEqual([]);
});

it('says all that is missing in one run', () => {
  using build = recordedBuild();
  build.happens('no-credentials', 'no-daemon', 'no-buildx');
  build.remove('repository/node_modules');
  const { stderr } = build.run({ ...planned, IMAGE_REPOSITORY: 'vera' });
  expect(stderr.split('\n').slice(1, -1)).toEqual([
    expect.stringMatching(/^ {2}- IMAGE_REPOSITORY is 'vera'/),
    expect.stringMatching(/^ {2}- AWS accepts no credentials/),
    expect.stringMatching(/^ {2}- The dependencies/),
    expect.stringMatching(/^ {2}- The Docker daemon/),
    expect.stringMatching(/^ {2}- docker has no buildx/),
  ]);
});

it('asks the builder for the platform only where the build runs something on it', () => {
  using build = recordedBuild();
  const withServers = { ...planned, IMAGE_TARGET: 'with-local-servers', IMAGE_TAG: tagOf('linux/arm64', 'with-local-servers') };
  expect(build.run(withServers)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('cannot run linux/arm64; `docker run --privileged'),
  });
  build.write('state/builder', 'Name: default\nPlatforms: linux/amd64, linux/arm64\n');
  const { status, calls } = build.run(withServers);
  expect(status).toBe(0);
  expect(builds(calls).at(-1)).toContain('--target with-local-servers');
});

it.each([
  ['ECR gives no password', 'no-password', 'ECR gave no password (ecr:GetAuthorizationToken)', 0],
  ['docker may not log in', 'no-login', `${host} did not let docker log in`, 1],
  ['the push fails', 'no-push', `docker buildx could not build or push ${host}/acme/vera-worker:${tag}; its own words are above`, 2],
] as const)('ends with words where %s', (_what, fact, words, calls) => {
  using build = recordedBuild();
  build.happens(fact);
  const result = build.run(planned);
  expect(result).toMatchObject({ status: 1, stderr: expect.stringContaining(words) });
  expect(builds(result.calls.filter((call) => call.startsWith('docker ')))).toHaveLength(calls);
});

it('is content when another run pushed the same tag first', () => {
  using build = recordedBuild();
  build.happens('no-push', 'other-run-pushes');
  expect(build.run(planned)).toMatchObject({ status: 0, stdout: expect.stringContaining('was pushed by someone else meanwhile') });
});

it('tells when a file changed while it was built, and how to take the image back', () => {
  using build = recordedBuild();
  build.happens('editor-saves');
  const { status, stderr } = build.run(planned);
  expect(status).toBe(1);
  expect(stderr).toContain(`files changed during the build, so acme/vera-worker:${tag} may hold either`);
  expect(stderr).toContain(
    `aws ecr batch-delete-image --region eu-central-1 --repository-name acme/vera-worker --image-ids imageTag=${tag}`,
  );
});

it.each([
  [
    'RepositoryNotFoundException',
    "account 111122223333 has no repository 'acme/vera-worker' in eu-central-1: deploy the storage stack first",
  ],
  ['AccessDeniedException', '(ecr:DescribeImages). It said: An error occurred (AccessDeniedException)'],
])('does not take %s for an image that is not there', (refusal, words) => {
  using build = recordedBuild();
  build.write('state/refusal', refusal);
  const { status, stderr, calls } = build.run(planned);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(words) });
  expect(builds(calls)).toEqual([]);
});

describe('an image that is looked at before it is pushed', () => {
  const made = { ...planned, LOADED_IMAGE: 'make' };
  const pushing = { ...planned, LOADED_IMAGE: 'push' };
  const toEcr = (calls: readonly string[]) => calls.filter((call) => /^docker (login|push|pull)|type=registry/.test(call));

  it('is made here first, and nothing goes to ECR', () => {
    using build = recordedBuild();
    const { status, stderr, calls } = build.run(made);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(calls.at(-1)).toContain(`--provenance=false --sbom=false --load --file`);
    expect(calls.at(-1)).toContain(` --tag vera-worker:${tag} `);
    expect(toEcr(calls)).toEqual([]);
  });

  it('is that very one when it is pushed: nothing is built again', () => {
    using build = recordedBuild();
    const { status, stderr, calls } = build.run(pushing);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(calls.filter((call) => /^docker (tag|push|login|buildx build)/.test(call))).toEqual([
      `docker tag vera-worker:${tag} ${host}/acme/vera-worker:${tag}`,
      `docker login --username AWS --password-stdin ${host}`,
      `docker push ${host}/acme/vera-worker:${tag}`,
    ]);
  });

  it('is what ECR has, where a deployment pushed it already', () => {
    using build = recordedBuild();
    build.happens('pushed');
    expect(build.run(made).calls.slice(-2)).toEqual([
      `docker pull ${host}/acme/vera-worker@sha256:0123`,
      `docker tag ${host}/acme/vera-worker@sha256:0123 vera-worker:${tag}`,
    ]);
    expect(toEcr(build.run(pushing).calls.slice(-2))).toEqual([]);
  });

  it('is not another one that somebody pushed meanwhile', () => {
    using build = recordedBuild();
    build.happens('no-push', 'other-run-pushes');
    expect(build.run(pushing)).toMatchObject({ status: 1, stderr: expect.stringContaining('docker could not push') });
    expect(build.run({ ...planned, LOADED_IMAGE: 'yes' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('it is make, push'),
    });
  });
});

describe('D24 what Lambda is given', () => {
  const oci = (kind: string) => `application/vnd.oci.image.${kind}.v1+json`;

  /** What buildx pushes for a command line: with anything attested it is an index, also for one platform (docker/buildx#1533). */
  function pushedBy(call: string) {
    const repository = createImageRepository(() => 0);
    const platforms = /--platform (\S+)/.exec(call)?.[1]?.split(',') ?? [];
    const attests = !call.includes(' --provenance=false') || /--sbom(?:=true| |$)|--attest/.test(call);
    const name = /--tag \S+:(\w+)/.exec(call)?.[1] ?? '';
    const contents = [...platforms, ...(attests ? ['unknown/unknown'] : [])];
    const manifests = contents.map((platform) => ({ mediaType: oci('manifest'), config: { digest: platform, platform } }));
    const [only] = manifests;
    if (only && manifests.length === 1) repository.push(only, name);
    else repository.push({ mediaType: oci('index'), manifests: manifests.map((one) => ({ digest: repository.push(one) })) }, name);
    return repository;
  }

  it('D24 is one manifest for linux/arm64, with provenance, parts and signature beside it, and none of them is it', () => {
    using build = recordedBuild();
    const call = builds(build.run(planned).calls).at(-1)!;
    const repository = pushedBy(call);
    const { digest } = repository.forLambda(tag);
    const companions = ['slsa', 'cyclonedx', 'signature'].map((artifactType) =>
      repository.push({ mediaType: oci('manifest'), artifactType, subject: { digest } }),
    );
    expect(repository.forLambda(tag)).toMatchObject({ digest, manifest: { config: { platform: 'linux/arm64' } } });
    for (const companion of companions) expect(() => repository.forLambda(companion)).toThrow('media type for the source image');
    for (const wrong of [call.replace(' --provenance=false', ''), call.replace('linux/arm64', 'linux/arm64,linux/amd64')])
      expect(() => pushedBy(wrong).forLambda(tag)).toThrow('media type for the source image');
  });

  it.each(['oci.image.index.v1', 'docker.distribution.manifest.list.v2'])('D24 is no %s, whoever pushed it: the script says so', (type) => {
    using build = recordedBuild();
    build.write('state/media-type', `application/vnd.${type}+json\n`);
    const words = `acme/vera-worker:${tag} is an index over several manifests, and Lambda takes one manifest only.`;
    expect(build.run(planned)).toMatchObject({ status: 1, stderr: expect.stringContaining(words) });
    build.happens('pushed');
    expect(build.run(planned)).toMatchObject({ status: 1, stderr: expect.stringContaining(words) });
  });
});
