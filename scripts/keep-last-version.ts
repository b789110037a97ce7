// `pnpm keep-last-version`: after a new version begins. Keeps of the one before it, whose commit CHANGELOG.md names, what tests compare this one
// with: its readers and writers of all that outlives a process, as one module, and which of its resources hold data.
import { globSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { holderOf } from '@vera/plan-review/data-holders';
import { readCommandLine } from '@vera/stacks/command-line';
import { build } from 'esbuild';
import { fileBehind } from './upgrade/file-behind.ts';
import { checkedOutLastVersion, environments } from './upgrade/last-version.ts';

readCommandLine({
  help: `Usage: pnpm keep-last-version

Keeps of the version before this one what tests compare this one with: packages/workbench/upgrade/last-version.generated.mjs and
stacks/test/upgrade/last-version.generated.json. After a new version begins; commit both. Needs git's history back to the last version, whose
commit CHANGELOG.md names, and npm's registry.`,
});

type Block = Readonly<Record<string, unknown>>;

/** By what AWS knows a thing, or cannot change without making it anew. */
const identities = ['name', 'bucket', 'hash_key', 'range_key', 'encryption_configuration', 'encryption_key_arn'];

using last = checkedOutLastVersion();
await keepDoors();
const kept = Object.fromEntries(await Promise.all(environments.map(async (name) => [name, await stacksOf(name)] as const)));
write('stacks/test/upgrade/last-version.generated.json', `${JSON.stringify({ version: last.version, environments: kept }, null, 1)}\n`);

/** What `packages/workbench/upgrade` runs beside this version's own. */
async function keepDoors(): Promise<void> {
  const doors = readFileSync('packages/workbench/upgrade/src/doors.ts', 'utf8');
  const names = [...doors.matchAll(/^import \{ (.+) \} from '(.+)';$/gm)];
  // By this version's doors, as the last one may not have had each.
  const contents = names.map(([, exported, from = '']) => `export { ${exported} } from './${fileBehind(from, '.')}';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: last.path },
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node24', mainFields: ['module', 'main'], minify: true, write: false },
    // Types of it are all that is used.
    external: ['@aws-sdk/client-dynamodb'],
    banner: { js: `// Vera ${last.version}, commit ${last.commit}: made by \`pnpm keep-last-version\`.` },
  });
  write('packages/workbench/upgrade/last-version.generated.mjs', outputFiles[0]?.text ?? '');
}

async function stacksOf(environment: string) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'last-stacks-'));
  last.synthesise(environment, folder.path);
  const { settings } = (await import(pathToFileURL(join(last.path, `stacks/environments/${environment}.ts`)).href)) as {
    settings: unknown;
  };
  const holding = globSync('stacks/*/cdk.tf.json', { cwd: folder.path }).flatMap((path) => {
    const { resource = {} } = JSON.parse(readFileSync(join(folder.path, path), 'utf8')) as {
      resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
    };
    const [, stack = ''] = path.split('/');
    return Object.entries(resource)
      .filter(([type]) => holderOf(type) !== undefined)
      .flatMap(([type, blocks]) =>
        Object.entries(blocks).map(([id, block]) => ({ stack, address: `${type}.${id}`, is: identityOf(block) })),
      );
  });
  return { settings, holding };
}

function identityOf(block: Block): Block {
  return Object.fromEntries(identities.flatMap((key) => (block[key] === undefined ? [] : [[key, block[key]]])));
}

function write(path: string, text: string): void {
  writeFileSync(path, text);
  console.log(`${path}: Vera ${last.version}`);
}
