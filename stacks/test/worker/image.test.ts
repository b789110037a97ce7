import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { SettingsInput } from '../../settings/settings-schema.ts';
import { imageTargetOf } from '../../worker/image-target.ts';
import { workerImageOf } from '../../worker/worker-image.ts';
import { leastSettings, resourcesOf, synthesise } from '../synthesised.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Image {
  readonly triggers: Readonly<Record<string, string>>;
  readonly provisioner: readonly {
    readonly 'local-exec': { readonly command: string; readonly environment: Readonly<Record<string, string>> };
  }[];
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
