import { expect, it } from 'vitest';
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
  expect(environment.IMAGE_TAG).toBe(tag);
  expect(image!.triggers).toEqual({ tag, ...inputs });
  expect(carried.map(([path]) => path).sort()).toEqual([...seen, 'scripts/build-worker-image'].sort());
});
