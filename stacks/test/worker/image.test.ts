import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deployedRolesOf } from '../../permissions/deployment-of.ts';
import type { SettingsInput } from '../../settings/settings-schema.ts';
import { imageTargetOf } from '../../worker/image-target.ts';
import { workerImageOf } from '../../worker/worker-image.ts';
import { codebuild, lambda } from '../example-settings.ts';
import { leastSettings, resourcesOf, runtimeIn, synthesise } from '../synthesised.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Image {
  readonly triggers: Readonly<Record<string, string>>;
  readonly provisioner: readonly {
    readonly 'local-exec': { readonly command: string; readonly environment: Readonly<Record<string, string>> };
  }[];
}

interface Project {
  readonly source: { readonly buildspec: string };
}

it('carries what was planned in its own folder: the files the tag was made of, and the script that builds them', () => {
  const { stacks, files } = synthesise(leastSettings);
  const [image] = resourcesOf(stacks, 'null_resource') as unknown as Image[];
  const { command, environment } = image!.provisioner[0]!['local-exec'];
  const [, sources] = /^sh (assets\/\S+)\/scripts\/build-worker-image$/.exec(command) ?? [];
  const home = `stacks/worker/${sources}/`;
  const carried = [...files].filter(([path]) => path.startsWith(home)).map(([path, bytes]) => [path.slice(home.length), bytes] as const);
  using copy = temporaryFolder(Object.fromEntries(carried));
  const { tag, files: seen, inputs } = workerImageOf(copy.path);
  expect(environment).toMatchObject({ IMAGE_TAG: tag, IMAGE_TARGET: 'worker' });
  expect(image!.triggers).toEqual({ tag, ...inputs });
  expect(carried.map(([path]) => path).sort()).toEqual([...seen, 'scripts/build-worker-image'].sort());
});

describe('built in the account', () => {
  const { stacks, files } = synthesise(codebuild);
  const resources = stacks.get('worker')!.resource;
  const [image] = Object.values(resources.null_resource ?? {}) as unknown as Image[];
  const { command, environment } = image!.provisioner[0]!['local-exec'];
  const home = `stacks/worker/${/^sh (assets\/\S+)\/scripts\//.exec(command)?.[1]}/`;
  const carried = Object.fromEntries(
    [...files].flatMap(([path, bytes]) => (path.startsWith(home) ? [[path.slice(home.length), bytes]] : [])),
  );
  const [project] = Object.values(resources.aws_codebuild_project ?? {}) as unknown as Project[];
  const { commands } = (JSON.parse(project!.source.buildspec) as { phases: { build: { commands: string[] } } }).phases.build;
  /** What CodeBuild runs before the build itself, in the folder that it fetched; the exit code. */
  const checks = (more: Readonly<Record<string, string>>, sum = environment.SOURCES_SHA256) => {
    using copy = temporaryFolder({ ...carried, ...more });
    const script = ['set -e', ...commands.slice(0, -1)].join('\n');
    return spawnSync('sh', ['-c', script], { cwd: copy.path, env: { PATH: '/usr/local/bin:/usr/bin:/bin', SOURCES_SHA256: sum } }).status;
  };

  it('has the very files that give the tag, and nothing is built of others', () => {
    expect(commands.at(-1)).toBe('sh scripts/build-worker-image');
    const { tag, files: seen } = workerImageOf(new URL('../../../', import.meta.url).pathname);
    expect(environment).toMatchObject({ IMAGE_TAG: tag, SOURCES_BUCKET: expect.any(String), BUILD_PROJECT: expect.any(String) });
    expect(Object.keys(carried).sort()).toEqual([...seen, 'scripts/build-worker-image', 'sources.sha256'].sort());
    expect(checks({})).toBe(0);
    expect(checks({ 'packages/worker/src/main.ts': 'another' })).not.toBe(0);
    expect(checks({ 'packages/worker/src/added.ts': '' })).not.toBe(0);
    expect(checks({ 'sources.sha256': String(carried['sources.sha256']).replace(/^.*\n/, '') })).not.toBe(0);
    expect(checks({}, '0'.repeat(64))).not.toBe(0);
  });

  it('runs on arm64 with docker, as a role for this project alone that pushes into the worker’s repository', () => {
    expect(project).toMatchObject({
      environment: { type: 'ARM_CONTAINER', privileged_mode: true, image: expect.stringContaining('aarch64') },
      artifacts: { type: 'NO_ARTIFACTS' },
    });
    const [role] = deployedRolesOf(stacks).filter(({ name }) => name === 'use1-dev-vera-image');
    expect(role?.trust).toMatchObject([
      {
        Principal: { Service: 'codebuild.amazonaws.com' },
        Condition: {
          StringEquals: {
            'aws:SourceAccount': '111122223333',
            'aws:SourceArn': 'arn:aws:codebuild:us-east-1:111122223333:project/use1-dev-vera-image',
          },
        },
      },
    ]);
    const pushing = role?.statements.filter(({ Action }) => Action.includes('ecr:PutImage'));
    expect(pushing?.flatMap(({ Resource }) => Resource)).toEqual(['arn:aws:ecr:us-east-1:111122223333:repository/use1-dev-vera-worker']);
    expect(stacks.get('worker')?.resource.aws_s3_bucket_public_access_block).toBeDefined();
  });

  it('is the way of those settings alone', () => {
    const { stacks: others } = synthesise(leastSettings);
    expect(resourcesOf(others, 'aws_codebuild_project')).toEqual([]);
    expect(JSON.stringify(resourcesOf(others, 'null_resource'))).not.toMatch(/BUILD_PROJECT|SOURCES/);
  });
});

describe('one that is there already', () => {
  const uriIn = (place: string) => `${place}@sha256:${'ab'.repeat(32)}`;
  const ours = uriIn('111122223333.dkr.ecr.us-east-1.amazonaws.com/use1-dev-vera-worker');
  const theirs = uriIn('999988887777.dkr.ecr.us-east-1.amazonaws.com/images/vera');
  const fetchedBy = (uri: string) => {
    const { stacks } = synthesise({ ...leastSettings, image: { uri } });
    const worker = deployedRolesOf(stacks).find(({ name }) => name === 'use1-dev-vera-worker');
    return worker?.statements.filter(({ Action }) => Action.includes('ecr:BatchGetImage')).flatMap(({ Resource }) => Resource);
  };

  it('is run by its digest, after it was looked at, and nothing is built', () => {
    const { stacks, files } = synthesise({ ...leastSettings, image: { uri: ours } });
    expect(runtimeIn(stacks).AgentRuntimeArtifact).toEqual({ ContainerConfiguration: { ContainerUri: ours } });
    const [image] = resourcesOf(stacks, 'null_resource') as unknown as Image[];
    expect(image).toMatchObject({
      triggers: { uri: ours },
      provisioner: [
        { 'local-exec': { command: expect.stringMatching(/^sh assets\/\S+\/scripts\/check-image$/), environment: { IMAGE_URI: ours } } },
      ],
    });
    expect(stacks.get('worker')?.resource.aws_cloudformation_stack?.runtime?.depends_on).toContain('null_resource.image');
    expect([...files.keys()].filter((path) => /Dockerfile|build-worker-image|packages\//.test(path))).toEqual([]);
  });

  it('is fetched from where it lies, and from nowhere else', () => {
    expect(fetchedBy(ours)).toEqual(['arn:aws:ecr:us-east-1:111122223333:repository/use1-dev-vera-worker']);
    expect(fetchedBy(theirs)).toEqual(['arn:aws:ecr:us-east-1:999988887777:repository/images/vera']);
    const policies = (uri: string) => resourcesOf(synthesise({ ...lambda, image: { uri } }).stacks, 'aws_ecr_repository_policy').length;
    // Lambda may fetch from our repository; what another one lets in, its owner says.
    expect([policies(ours), policies(theirs)]).toEqual([1, 0]);
    const [worker] = Object.values(
      synthesise({ ...lambda, image: { uri: theirs } }).stacks.get('worker')?.resource.aws_lambda_function ?? {},
    );
    expect(worker).toMatchObject({ image_uri: theirs, depends_on: expect.arrayContaining(['null_resource.image']) });
  });
});

it('is the one that has the programs of the servers in the settings, and the small one where all of them are elsewhere', () => {
  const targetIn = (mcpServers: SettingsInput['mcpServers']) => {
    const [image] = resourcesOf(synthesise({ ...leastSettings, mcpServers }).stacks, 'null_resource') as unknown as Image[];
    expect(image!.provisioner[0]!['local-exec'].environment.IMAGE_TARGET).toBe(image!.triggers.target);
    return image!.triggers.target;
  };
  expect(targetIn(['github', 'aws'])).toBe('worker');
  expect(targetIn(['github', 'azure'])).toBe('with-local-servers');
  expect(imageTargetOf([{ name: 'own', command: 'npx', args: ['-y', 'x'], reads: [] }])).toBe('worker');
  const recipe = readFileSync(new URL('../../../docker/worker.Dockerfile', import.meta.url), 'utf8');
  // What Azure's server is started with is where the stage puts it.
  expect(recipe).toMatch(/ AS with-local-servers\n(?:(?!FROM).*\n)*COPY --from=azure-mcp \/azure-mcp \/opt\/azure-mcp\n/);
  expect(recipe).toMatch(/PATH=\/opt\/azure-mcp\/dist:/);
});
