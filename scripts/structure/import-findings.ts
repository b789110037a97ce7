import { posix } from 'node:path';
import type { Finding, RepositoryFile } from './repository-file.ts';

const deployables = ['receiver', 'invoker', 'sweeper', 'auth-portal', 'worker'];
const shared = ['protocol', 'service-kit', 'ledger', 'accounts', 'audit', 'slack'];
const standIns = ['stand-in-kit', 'aws-stand-in', 'slack-stand-in', 'saas-stand-in', 'agent-core-stand-in', 'bedrock-stand-in'];

/** Package → what it may import, from the ground up: what ships, what stands in for the world, what runs all of it on one machine. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  'service-kit': [],
  ledger: ['protocol', 'service-kit'],
  accounts: ['protocol', 'service-kit'],
  audit: ['protocol', 'service-kit'],
  slack: ['protocol', 'service-kit'],
  ...Object.fromEntries(deployables.map((name) => [name, shared])),
  'stand-in-kit': ['protocol'],
  'aws-stand-in': ['protocol', 'stand-in-kit'],
  'slack-stand-in': ['protocol', 'stand-in-kit'],
  'saas-stand-in': ['protocol', 'stand-in-kit'],
  'agent-core-stand-in': ['protocol', 'stand-in-kit', 'aws-stand-in'],
  'bedrock-stand-in': ['protocol', 'stand-in-kit', 'aws-stand-in'],
  page: ['protocol', ...standIns],
  // Of the stacks what words say of a mistyped one.
  operate: [...shared, ...deployables, 'slack-stand-in', 'page', 'stacks'],
  start: [...shared, ...deployables, ...standIns, 'page', 'operate'],
  bench: [...shared, ...deployables, ...standIns, 'page', 'start'],
  simulation: [...shared, 'receiver', 'sweeper', 'worker', 'stand-in-kit', 'slack-stand-in'],
  eval: [...shared, ...deployables, ...standIns, 'page', 'start'],
  upgrade: [...shared, 'worker', 'aws-stand-in'],
  // Of the ground what a secret looks like and is called (`doorsOfReview`): one knowledge for logs and for comments.
  'plan-review': ['service-kit'],
  // Of the stacks how a command reads what was typed; its tests hold the documents against the commands that are there.
  scripts: ['plan-review', 'stacks', 'operate'],
};
/** Pure texts and patterns: whoever reviews plans needs nothing of what runs. */
const doorsOfReview = ['@vera/service-kit/key-starts', '@vera/service-kit/secret-names', '@vera/service-kit/secret-texts'];
const doorsOfStacks = ['env', 'secrets', 'permissions'];
/** A table's keys and index, as plain data: the stack makes what the adapter reads; and how a key looks, so that no message repeats one. */
const dataOfStacks = ['@vera/ledger/table', '@vera/accounts/table', '@vera/audit/table', '@vera/service-kit/secret-texts'];
/** What the code really writes: a stack's tests compare it with what its alarms read. */
const linesOfStacks = ['@vera/service-kit/log', '@vera/service-kit/measure'];

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
  const isTest = path.includes('/test/');
  if (door.startsWith('test/') && !isTest) return faultOfTestDoor(specifier);
  const isOfTests = isTest && (standIns.includes(imported) || linesOfStacks.includes(specifier));
  if (path.startsWith('stacks/')) return isOfTests ? undefined : faultOfStack(specifier, imported, door);
  const importer = packageAt(homeOf(path));
  if (importer === 'plan-review' && imported === 'service-kit' && !doorsOfReview.includes(specifier)) return faultOfReview(specifier);
  const allowed = [importer, ...(mayImport[importer] ?? []), ...(isTest ? standIns : [])];
  if (allowed.includes(imported)) return undefined;
  return {
    what: `${importer} imports '${specifier}'`,
    why: 'imports go one way: shared packages know nobody, deployables know only those, stand-ins only the protocol and the ground they share',
    fix: `it may import: ${mayImport[importer]?.join(', ') || 'no package of ours'}; move what both need into one of the shared packages`,
  };
}

function faultOfTestDoor(specifier: string): Fault {
  return { what: `'${specifier}' outside a test`, why: 'what ships may not rest on what tests share', fix: 'move it to src' };
}

function faultOfReview(specifier: string): Fault {
  return {
    what: `plan-review imports '${specifier}'`,
    why: 'a review is a pure function of plans: of the ground it knows only what a secret is called and looks like',
    fix: `import ${doorsOfReview.join(', ')}`,
  };
}

function faultOfStack(specifier: string, imported: string, door: string): Fault | undefined {
  if ((deployables.includes(imported) && doorsOfStacks.includes(door)) || dataOfStacks.includes(specifier)) return undefined;
  return {
    what: `stacks import '${specifier}'`,
    why: 'synth must not load what runs in a deployable; a stack knows its environment, secret, permissions and tables only, and how a key looks',
    fix: `import '@vera/<deployable>/${doorsOfStacks.join("', '…/")}', ${dataOfStacks.join(', ')}`,
  };
}

/** The folder of the package a file belongs to; outside of packages, the folder at the top. */
function homeOf(path: string): string {
  return /^packages\/(?:(?:stand-ins|workbench)\/)?[^/]+/.exec(path)?.[0] ?? path.split('/')[0] ?? '';
}

/** A package's name without its scope: a stand-in is called after what it stands in for. */
function packageAt(home: string): string {
  const [, room, name = ''] = /^packages\/(?:(stand-ins|workbench)\/)?([^/]+)$/.exec(home) ?? [];
  if (room === 'stand-ins') return name === 'kit' ? 'stand-in-kit' : `${name}-stand-in`;
  return name || home;
}

/** What a TypeScript file imports, type-only imports too. A pattern is enough because the formatter puts every statement at a line's start. */
type Import = { readonly specifier: string; readonly line: number };

const statement = /^\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*(['"])(?<specifier>[^'"\n]+)\1/gm;
const expression = /\bimport(?:\.meta\.resolve)?\(\s*(['"`])(?<specifier>[^'"`\n]+)\1/g;

export function importsOf(source: string): Import[] {
  return [...source.matchAll(statement), ...source.matchAll(expression)].map((match) => ({
    specifier: match.groups?.specifier ?? '',
    line: source.slice(0, match.index + match[0].length).split('\n').length,
  }));
}
