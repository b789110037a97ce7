import { parseSync } from 'oxc-parser';
import type { Finding, RepositoryFile } from './repository-file.ts';

/** The worker and what it is made of. */
const inTheSnapshot = /^packages\/(?:worker|ledger|accounts|audit|slack|service-kit|protocol)\/src\/.*\.ts$/;
/** These run before the snapshot, whole: not even a client may be made there. Whatever else is called `create…` is called with the first work. */
const beforeTheSnapshot = /^packages\/worker\/src\/(?:main|create-worker)\.ts$/;

const why =
  'AgentCore V2 restores every session from one snapshot of this process: what is drawn, timed, read or connected by then is the same in all of them, and days old';
const fix = 'make it where it is needed, inside a function that the work calls; hand `Date.now` on as it is, uncalled';

/** What is drawn, timed, secret or connected as soon as a module is loaded, or while something is composed that lasts. */
export function snapshotFindings({ path, text }: RepositoryFile): Finding[] {
  if (!inTheSnapshot.test(path)) return [];
  const { program, errors } = parseSync(path, text, { preserveParens: false });
  if (errors.length > 0) return [];
  const walk = new Walk(program as unknown as Node, beforeTheSnapshot.test(path));
  return walk.found.map(({ start, what }) => ({ file: path, line: text.slice(0, start).split('\n').length, what, why, fix }));
}

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown };
type FunctionNode = Node & { readonly body: unknown };

const drawn = new Set([
  ...['randomUUID', 'randomBytes', 'randomInt', 'randomFill', 'randomFillSync', 'getRandomValues', 'kernelId', 'kernelRandom'],
  ...['generateKey', 'generateKeySync', 'generateKeyPair', 'generateKeyPairSync', 'setInterval', 'readSecrets', 'sdkSecrets', 'hrtime'],
]);
const clocks = new Set([
  'Date.now',
  'performance.now',
  'Math.random',
  'hrtime.bigint',
  'Now.instant',
  'systemClock.now',
  'systemClock.monotonic',
]);
const connects = new Set(['fetch', 'setTimeout', 'createConnection', 'connect']);
/** What these are given, they call at once. */
const atOnce = new Set(['map', 'flatMap', 'forEach', 'filter', 'find', 'some', 'every', 'reduce', 'from', 'fromAsync', 'sort']);

/** All of a module that runs when it is loaded, and the bodies of what is called there or composes. */
class Walk {
  readonly found: { readonly start: number; readonly what: string }[] = [];
  readonly #isStart: boolean;
  /** Functions of the module, by name, and what an imported name is called where it comes from. */
  readonly #functions = new Map<string, Node>();
  readonly #imported = new Map<string, string>();
  readonly #entered = new Set<Node>();

  constructor(program: Node, isStart: boolean) {
    this.#isStart = isStart;
    for (const node of everyNode(program)) this.#learn(node);
    this.#visit(program, true);
    for (const [name, node] of this.#functions) if (name.startsWith('create')) this.#enter(node, isStart);
  }

  #learn(node: Node): void {
    if (node.type === 'FunctionDeclaration') this.#functions.set(nameOf(node.id), node);
    if (node.type === 'VariableDeclarator' && isFunction(node.init)) this.#functions.set(nameOf(node.id), node.init);
    if (node.type === 'ImportSpecifier') this.#imported.set(nameOf(node.local), nameOf(node.imported));
  }

  #enter(node: unknown, isLoading: boolean): void {
    if (!isFunction(node) || this.#entered.has(node)) return;
    this.#entered.add(node);
    for (const child of childrenOf(node)) this.#visit(child, isLoading);
  }

  /** `isLoading`: before anything works; otherwise something is composed with the first work, which makes its clients. */
  #visit(node: Node, isLoading: boolean): void {
    if (isFunction(node) || (node.type === 'PropertyDefinition' && node.static !== true)) return;
    if (node.type === 'CallExpression') this.#called(node, isLoading);
    if (node.type === 'NewExpression') this.#made(node, isLoading);
    for (const child of childrenOf(node)) this.#visit(child, isLoading);
  }

  #called(node: Node, isLoading: boolean): void {
    const [object, name] = this.#calleeOf(node.callee);
    const full = `${object}.${name}`;
    if (drawn.has(name) || clocks.has(full) || full === '.Date') this.#tell(node, clocks.has(full) ? full : name);
    else if (isLoading && !this.#isStart && connects.has(name)) this.#tell(node, name);
    this.#enter(object === '' ? this.#functions.get(name) : undefined, isLoading);
    this.#enter(node.callee, isLoading);
    if (atOnce.has(name)) for (const given of (node.arguments as unknown[]) ?? []) this.#enter(given, isLoading);
  }

  #made(node: Node, isLoading: boolean): void {
    const [, name] = this.#calleeOf(node.callee);
    if (name === 'Date' && (node.arguments as unknown[]).length === 0) this.#tell(node, 'new Date');
    if (isLoading && /(?:Client|Agent|Handler|Socket)$/.test(name)) this.#tell(node, `new ${name}`);
  }

  #tell({ start }: Node, what: string): void {
    this.found.push({ start, what: `${what}() before there is work` });
  }

  /** `a.b.c` is `['b', 'c']`, `c` is `['', 'c']`. */
  #calleeOf(callee: unknown): readonly [object: string, name: string] {
    if (!isNode(callee)) return ['', ''];
    if (callee.type === 'ChainExpression') return this.#calleeOf(callee.expression);
    if (callee.type === 'MemberExpression') return [this.#calleeOf(callee.object)[1], nameOf(callee.property)];
    const name = nameOf(callee);
    return ['', this.#imported.get(name) ?? name];
  }
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

function isFunction(node: unknown): node is FunctionNode {
  return isNode(node) && functionTypes.has(node.type);
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  return String(node.name ?? node.value ?? '');
}

function* everyNode(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* everyNode(child);
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
