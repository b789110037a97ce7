import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempDisposableSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FilesPlan, missingFilesOf, namedImageFaultsOf } from '../../release/planned-files.ts';
import { change, lambdaPlan } from './recorded-deployment.ts';

const repository = join(import.meta.dirname, '../../..');
const script = 'scripts/build-worker-image';
const source = 'packages/worker/src/main.ts';
const images = 'assets/image-sources/1';

/** A stack's folder with the sources of an image, and the plan that builds it. */
function imageIn(folder: string, planned: object = {}) {
  const sources = join(folder, images);
  for (const path of ['docker', script]) cpSync(join(repository, path), join(sources, path), { recursive: true });
  mkdirSync(join(sources, dirname(source)), { recursive: true });
  writeFileSync(join(sources, source), 'code');
  const told = spawnSync(process.execPath, [join(repository, 'stacks/worker/worker-image.ts'), 'linux/arm64', 'worker', sources], {
    encoding: 'utf8',
  });
  const triggers = { tag: told.stdout.trim(), platform: 'linux/arm64', target: 'worker', ...planned };
  const command = { constant_value: `sh ${images}/${script}` };
  const resource = change('null_resource', { actions: ['delete', 'create'], after: { triggers } });
  const resources = [{ address: 'null_resource.one', provisioners: [{ type: 'local-exec', expressions: { command } }] }];
  const plan = { resource_changes: [resource], configuration: { root_module: { resources } } } as unknown as FilesPlan;
  return { plan, sources, tag: triggers.tag };
}

describe('D20 the image of a plan', () => {
  it('D20 has its sources beside the plan, and they give the planned tag', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'files-'));
    const { plan, tag, sources } = imageIn(folder.path);
    expect(tag).toMatch(/^[0-9a-f]{12}$/);
    expect(missingFilesOf(plan, folder.path)).toEqual([]);
    appendFileSync(join(sources, source), ' and more');
    expect(missingFilesOf(plan, folder.path)).toEqual([
      expect.stringMatching(new RegExp(`^null_resource.one: the sources of the image give the tag [0-9a-f]{12}, and ${tag} was planned$`)),
    ]);
  });

  it('D20 of another stage of the Dockerfile is another one', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'files-'));
    expect(missingFilesOf(imageIn(folder.path, { target: 'with-local-servers' }).plan, folder.path)).toHaveLength(1);
  });

  it.each([
    ['the recipe', 'docker', 'the sources of the image give no tag'],
    ['the script', 'scripts', `the script ${images}/${script} is not there`],
  ])('D20 cannot be built without %s', (_, missing, why) => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'files-'));
    const { plan, sources } = imageIn(folder.path);
    rmSync(join(sources, missing), { recursive: true });
    expect(missingFilesOf(plan, folder.path)).toEqual([expect.stringContaining(why)]);
  });
});

describe('D24 an image that the settings name', () => {
  const checker = 'assets/image-script/1/scripts/check-image';
  const planOf = (uri: string) => {
    const resources = [{ address: 'null_resource.one', provisioners: [{ expressions: { command: { constant_value: `sh ${checker}` } } }] }];
    const resource = change('null_resource', { actions: ['create'], after: { triggers: { uri } } });
    return { resource_changes: [resource], configuration: { root_module: { resources } } } as unknown as FilesPlan;
  };

  it('D24 is looked at before anything is applied, by the very script that the apply runs', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'files-'));
    cpSync(join(repository, 'scripts/check-image'), join(folder.path, checker), { recursive: true });
    expect(namedImageFaultsOf(planOf('ghcr.io/acme/vera:latest'), folder.path)).toEqual([
      expect.stringContaining("null_resource.one: check-image: IMAGE_URI is 'ghcr.io/acme/vera:latest'"),
    ]);
    writeFileSync(join(folder.path, checker), 'test "$IMAGE_URI" = here || { echo "it is not there." >&2; exit 1; }');
    expect(namedImageFaultsOf(planOf('gone'), folder.path)).toEqual(['null_resource.one: it is not there.']);
    expect(namedImageFaultsOf(planOf('here'), folder.path)).toEqual([]);
  });
});

describe('D20 the archives of a plan', () => {
  const archiveIn = (folder: string, content: string) => {
    mkdirSync(join(folder, 'assets/code'), { recursive: true });
    writeFileSync(join(folder, 'assets/code/receiver.zip'), content);
  };

  it('D20 lie at the planned path with the planned hash', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'files-'));
    const plan = lambdaPlan('code') as FilesPlan;
    expect(missingFilesOf(plan, folder.path)).toEqual(['aws_lambda_function.one: the file assets/code/receiver.zip is not there']);
    archiveIn(folder.path, 'other code');
    expect(missingFilesOf(plan, folder.path)).toEqual([
      'aws_lambda_function.one: the archive assets/code/receiver.zip is another one than was planned',
    ]);
    archiveIn(folder.path, 'code');
    expect(missingFilesOf(plan, folder.path)).toEqual([]);
  });

  it('are asked for where something is made of them only', () => {
    const changed = (actions: readonly string[]) =>
      change('aws_lambda_function', {
        actions,
        before: { filename: 'a.zip' },
        after: actions.includes('delete') ? null : { filename: 'a.zip' },
      });
    const missing = (actions: readonly string[]) => missingFilesOf({ resource_changes: [changed(actions)] } as FilesPlan, '/nowhere');
    expect([['no-op'], ['delete'], ['read']].flatMap(missing)).toEqual([]);
    expect(missing(['update'])).toHaveLength(1);
  });

  it('so does any other file of the stack that a resource names', () => {
    const object = change('aws_s3_object', {
      actions: ['create'],
      after: { source: 'assets/schemas/jira.json', content: 'assets are not files' },
    });
    expect(missingFilesOf({ resource_changes: [object] } as FilesPlan, '/nowhere')).toEqual([
      'aws_s3_object.one: the file assets/schemas/jira.json is not there',
    ]);
  });
});
