import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { loadSettings } from '../../settings/load-settings.ts';
import { leastSettings } from '../synthesised.ts';

const folder = mkdtempSync(join(tmpdir(), 'environments-'));
afterAll(() => rmSync(folder, { recursive: true }));

const good = `export const settings = ${JSON.stringify({ ...leastSettings, accountCode: 'good' })};\n`;
const files = {
  good,
  'my-env': good.replaceAll('good', 'mine'),
  twin: `export const settings = ${JSON.stringify(leastSettings)};\n`,
  brother: `export const settings = ${JSON.stringify({ ...leastSettings, company: '' })};\n`,
  comma: "export const settings = {\n  account: '1'\n  region: 'us-east-1',\n};\n",
  open: 'export const settings = {\n',
  name: 'export const settings = {\n  account: 1,\n  region: usEast,\n};\n',
  word: 'enum A { B }\nexport const settings = {};\n',
  elsewhere: "import { x } from './nowhere.ts';\nexport const settings = x;\n",
  other: 'export const setings = {};\n',
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.ts`), text);

const url = pathToFileURL(`${folder}/`).href;
const module = new URL('../../settings/load-settings.ts', import.meta.url).href;
// Node itself, as the commands run: what tests are run by reads files otherwise.
const program = `
  const { loadSettings } = await import(${JSON.stringify(module)});
  const told = {};
  for (const name of ${JSON.stringify([...Object.keys(files), 'goood', 'good.ts', '../main'])})
    told[name] = await loadSettings(name, new URL(${JSON.stringify(url)})).then(() => 'read', (error) => [error.code, error.message].join(': '));
  console.log(JSON.stringify(told));`;
const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
const told = JSON.parse(stdout) as Readonly<Record<string, string>>;

it.each([
  ['comma', /^settings: stacks\/environments\/comma\.ts cannot be read, at line 3: Expected ',', got .*\.$/],
  ['open', /^settings: stacks\/environments\/open\.ts cannot be read, at line \d: Unexpected .*\.$/],
  ['name', /^settings: stacks\/environments\/name\.ts cannot be read, at line 3: usEast is not defined\.$/],
  ['word', /^settings: stacks\/environments\/word\.ts cannot be read, at line 1: TypeScript enum is not supported.*\.$/],
  ['elsewhere', /^settings: stacks\/environments\/elsewhere\.ts cannot be read.*: Cannot find module .*nowhere\.ts.*\.$/],
  ['other', /^settings: stacks\/environments\/other\.ts exports no `settings`/],
  ['my-env', /^settings: The environment 'my-env' names AgentCore's endpoint: .* Give stacks\/environments\/my-env\.ts such a name\.$/],
  ['goood', /^settings: There is no stacks\/environments\/goood\.ts\. Did you mean good\? VERA_ENVIRONMENT takes one of: .*good/],
  ['good.ts', /^settings: There is no stacks\/environments\/good\.ts\.ts\. Did you mean good\?/],
  ['../main', /^settings: There is no stacks\/environments\/\.\.\/main\.ts\. VERA_ENVIRONMENT takes one of: /],
  ['twin', /like what brother\.ts makes in account 111122223333: choose another name$/],
])('a settings file that cannot be used is told in one sentence: %s', (name, words) => {
  expect(told[name]?.replace(/^settings: .* has one problem:\n/, '')).toMatch(words);
  expect(told[name]).not.toMatch(/\n {4}at /);
});

it('an empty VERA_ENVIRONMENT, which CI makes of a variable that is not set, is none', async () => {
  const printer = fileURLToPath(new URL('../../settings/print-settings.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [printer], { env: { VERA_ENVIRONMENT: '' } });
  expect(JSON.parse(stdout)).toMatchObject({ settings: { environment: 'trial' } });
});

it('a file beside them that cannot be read is a matter of its own', async () => {
  expect(told.good).toBe('read');
  expect(await loadSettings('trial')).toMatchObject({ environment: 'trial' });
});
