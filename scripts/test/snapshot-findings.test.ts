import { expect, it } from 'vitest';
import { snapshotFindings } from '../structure/snapshot-findings.ts';

const found = (text: string, path = 'packages/worker/src/any.ts') =>
  snapshotFindings({ path, text }).map(({ line, what }) => `${line} ${what.replace(' before there is work', '')}`);

it.each([
  ['an id of a module', 'export const owner = randomUUID();', '1 randomUUID()'],
  ['one from the kernel', "import { kernelId } from './x.ts';\nconst owner = kernelId();", '2 kernelId()'],
  ['one under another name', "import { randomBytes as draw } from 'node:crypto';\nconst owner = draw(16);", '2 randomBytes()'],
  ['one of the web’s', 'const id = globalThis.crypto.randomUUID();', '1 randomUUID()'],
  ['a time', 'const began = Date.now();', '1 Date.now()'],
  ['a time as a date', 'const began = new Date();', '1 new Date()'],
  ['a time as words', 'const began = Date();', '1 Date()'],
  ['a time of another clock', 'const began = performance.now();', '1 performance.now()'],
  ['a time of Node’s', 'const began = process.hrtime.bigint();', '1 hrtime.bigint()'],
  ['chance', 'const share = Math.random() * 2;', '1 Math.random()'],
  ['a timer', 'setInterval(() => look(), 1_000);', '1 setInterval()'],
  ['a key', "const key = generateKeyPairSync('ed25519');", '1 generateKeyPairSync()'],
  ['a secret', 'const secret = await readSecrets(read, id, schema);', '1 readSecrets()'],
  ['a client', 'const client = new DynamoDBClient({});', '1 new DynamoDBClient()'],
  ['what keeps connections', 'const agents = { one: new Agent() };', '1 new Agent()'],
  ['a connection', "const answer = fetch('https://example.com');", '1 fetch()'],
  ['a static field', 'class Session {\n  static readonly id = randomUUID();\n}', '2 randomUUID()'],
  ['a static block', 'class Session {\n  static {\n    mark(Date.now());\n  }\n}', '3 Date.now()'],
  ['a function that is called at once', 'const id = (() => kernelId())();', '1 kernelId()'],
  [
    'a function of the module',
    'const id = makeId();\nfunction makeId() {\n  return inner();\n}\nconst inner = () => kernelId();',
    '5 kernelId()',
  ],
  ['a list that is filled', 'const ids = Array.from({ length: 3 }, () => kernelId());', '1 kernelId()'],
  ['what is composed', 'export function createLeases() {\n  const owner = kernelId();\n  return { owner };\n}', '2 kernelId()'],
  ['what is composed by an arrow', 'export const createHealth = () => {\n  let changedAt = Date.now();\n};', '2 Date.now()'],
  [
    'what composition asks for',
    'export function createGate() {\n  return { at: stamp() };\n}\nfunction stamp() {\n  return Date.now();\n}',
    '5 Date.now()',
  ],
])('%s is refused', (_, text, finding) => {
  expect(found(text)).toEqual([finding]);
});

it.each([
  ['a function that draws when it is called', 'export const newId = () => kernelId();\nexport function later() {\n  return Date.now();\n}'],
  ['a clock that is handed on', 'export const createWorker = () => createHealth(Date.now);'],
  ['a time somebody told', 'const day = new Date(0);\nconst other = new Date("2026-01-01");'],
  [
    'what a composed thing does later',
    'export function createLeases() {\n  return { lease: () => kernelId(), at: { now: () => new Date() } };\n}',
  ],
  ['a field of each', 'class Session {\n  readonly id = kernelId();\n}'],
  ['a client that is composed with the first work', 'export function createIntake() {\n  return new DynamoDBClient({});\n}'],
  ['a default that is asked for later', 'export function createLog({ now = () => new Date() }) {\n  return () => now();\n}'],
])('%s is let be', (_, text) => {
  expect(found(text)).toEqual([]);
});

it('where the process starts not even a client is composed', () => {
  const text = 'export function createWorker() {\n  const client = new DynamoDBClient({});\n}';
  expect(found(text, 'packages/worker/src/create-worker.ts')).toEqual(['2 new DynamoDBClient()']);
});

it('is asked of what the worker is made of, and of nothing else', () => {
  const text = 'const id = randomUUID();';
  for (const part of ['ledger', 'accounts', 'slack', 'service-kit', 'protocol'])
    expect(found(text, `packages/${part}/src/any.ts`)).toHaveLength(1);
  for (const path of ['packages/receiver/src/any.ts', 'packages/worker/test/any.ts', 'packages/worker/src/any.md'])
    expect(found(text, path)).toEqual([]);
});
