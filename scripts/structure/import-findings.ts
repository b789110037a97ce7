import { posix } from 'node:path';
import type { Finding } from './finding.ts';
import { importsOf } from './imports-of.ts';
import type { RepositoryFile } from './repository-file.ts';

const deployables = ['receiver', 'invoker', 'sweeper', 'auth-portal', 'worker'];
const shared = ['protocol', 'service-kit', 'ledger', 'accounts', 'slack'];
const mayImport: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  'service-kit': [],
  ledger: ['protocol', 'service-kit'],
  accounts: ['protocol', 'service-kit'],
  slack: ['protocol', 'service-kit'],
  ...Object.fromEntries(deployables.map((name) => [name, shared])),
  emulators: ['protocol'],
  'local-system': [...shared, ...deployables, 'emulators'],
};
const doorsOfStacks = ['env', 'secrets', 'permissions'];
/** A table's keys and index, as plain data: the stack makes what the adapter reads. */
const tablesOfStacks = ['@vera/ledger/table', '@vera/accounts/table'];

export function importFindings({ path, text }: RepositoryFile): Finding[] {
  if (!path.endsWith('.ts')) return [];
  return importsOf(text).flatMap(({ specifier, line }) => {
    const fault = specifier.startsWith('.') ? faultOfRelative(path, specifier) : faultOfNamed(path, specifier);
    return fault ? [{ file: path, line, ...fault }] : [];
  });
}

type Fault = Pick<Finding, 'what' | 'why' | 'fix'>;

function faultOfRelative(path: string, specifier: string): Fault | undefined {
  const home = homeOf(path);
  if (posix.join(posix.dirname(path), specifier).startsWith(`${home}/`)) return undefined;
  return {
    what: `'${specifier}' leaves ${home}`,
    why: 'a path into a neighbour goes round its package.json: neither its doors nor its dependencies are checked',
    fix: `import it as '@vera/<package>/<door>', or move the file into ${home}`,
  };
}

function faultOfNamed(path: string, specifier: string): Fault | undefined {
  const [, imported, door = ''] = /^@vera\/([^/]+)(?:\/(.*))?$/.exec(specifier) ?? [];
  if (!imported) return undefined;
  if (path.startsWith('stacks/test/') && imported === 'emulators') return undefined;
  if (path.startsWith('stacks/')) return faultOfStack(specifier, imported, door);
  const importer = path.split('/')[1] ?? '';
  const allowed = [importer, ...(mayImport[importer] ?? []), ...(path.includes('/test/') ? ['emulators'] : [])];
  if (path.startsWith('packages/') && allowed.includes(imported)) return undefined;
  return {
    what: `${path.startsWith('packages/') ? importer : homeOf(path)} imports '${specifier}'`,
    why: 'imports go one way (architecture: shared packages know nobody, deployables know only those, emulators only the protocol)',
    fix: `it may import: ${mayImport[importer]?.join(', ') || 'no package of ours'}; move what both need into one of the shared packages`,
  };
}

function faultOfStack(specifier: string, imported: string, door: string): Fault | undefined {
  if ((deployables.includes(imported) && doorsOfStacks.includes(door)) || tablesOfStacks.includes(specifier)) return undefined;
  return {
    what: `stacks import '${specifier}'`,
    why: 'synth must not load what runs in a deployable; a stack knows its environment, secret, permissions and tables only',
    fix: `import '@vera/<deployable>/${doorsOfStacks.join("', '…/")}', ${tablesOfStacks.join(', ')}`,
  };
}

function homeOf(path: string): string {
  const [top = '', name = ''] = path.split('/');
  return top === 'packages' ? `packages/${name}` : top;
}
