import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
const [, ...parts] = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m);
const versions = parts.map((text) => ({ name: text.slice(0, text.indexOf('\n')), text }));

const numberOf = (name: string) => name.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);

it('the newest version is that of package.json, and the others follow, newest first', () => {
  const names = versions.map(({ name }) => name);
  expect(names[0]).toBe(version);
  expect(names.filter((name) => !/^\d+\.\d+\.\d+$/.test(name))).toEqual([]);
  expect(names).toEqual([...new Set(names)].sort((one, other) => numberOf(other) - numberOf(one)));
});

it.each(versions)('$name says what happens to what runs', ({ text }) => {
  const [, said = ''] = /^### What happens to what runs\n\n(.+?)(?=^### |$(?![\s\S]))/ms.exec(text) ?? [];
  expect(said.trim()).not.toBe('');
});

/** What a merge leaves that kept both sides. */
function saidTwice(text: string): string[] {
  const sentences = text.split(/\n+|(?<=\.)\s+/).map((sentence) => sentence.trim());
  return sentences.filter((sentence, index) => sentence.length > 30 && sentences.indexOf(sentence) !== index);
}

it('nothing stands there twice in one version', () => {
  const twice = 'What waits for its turn shows ⏳, and what is read already.';
  expect(saidTwice(`New: a, b. ${twice}\nb, c. ${twice} More.`)).toEqual([twice]);
  expect(Object.fromEntries(versions.map(({ name, text }) => [name, saidTwice(text)]))).toEqual(
    Object.fromEntries(versions.map(({ name }) => [name, []])),
  );
});

it('each but the newest names the commit that it was, by which the next one is compared with it', () => {
  expect(versions.slice(1).filter(({ text }) => !/^Commit `[0-9a-f]{40}`/m.test(text))).toEqual([]);
});

it('is what `pnpm settings` and `pnpm vera --version` say', () => {
  const said = (...program: string[]) => execFileSync(process.execPath, program, { cwd: root, encoding: 'utf8' });
  expect(JSON.parse(said('stacks/settings/print-settings.ts'))).toMatchObject({ version });
  expect(said('packages/workbench/operate/src/vera.ts', '--version')).toBe(`${version}\n`);
});
