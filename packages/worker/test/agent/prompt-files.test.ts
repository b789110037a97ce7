import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { readPromptFiles } from '../../src/agent/prompt-files.ts';
import { promptFolder } from './northwind-prompt.ts';

const names = readdirSync(promptFolder).filter((name) => name.endsWith('.md'));

function copied() {
  const path = mkdtempSync(join(tmpdir(), 'vera-prompt-'));
  cpSync(fileURLToPath(promptFolder), path, { recursive: true });
  mkdirSync(join(path, 'channels'), { recursive: true });
  return {
    write: (name: string, text: string | Uint8Array) => writeFileSync(join(path, name), text),
    remove: (name: string) => rmSync(join(path, name)),
    read: () => readPromptFiles(pathToFileURL(`${path}/`)),
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}

test.each(names)('M32 without %s, or with it empty, there is no prompt', (name) => {
  using prompt = copied();
  for (const empty of ['', '\n', ' \t\r\n', '\uFEFF\r\n']) {
    prompt.write(name, empty);
    expect(prompt.read).toThrow(`The prompt cannot be used: ${name} is empty.`);
  }
  prompt.remove(name);
  expect(prompt.read).toThrow(`The prompt cannot be used: ${name} is missing.`);
});

test('M32 line ends and a byte order mark change nothing', () => {
  using prompt = copied();
  prompt.write('channels/ops-COPS.md', 'One.\nTwo.\n');
  const before = prompt.read();
  for (const name of [...names, 'channels/ops-COPS.md']) {
    const text = name.startsWith('channels') ? 'One.\nTwo.\n' : readFileSync(new URL(name, promptFolder), 'utf8');
    prompt.write(name, `\uFEFF${text.replaceAll('\n', '\r\n')}`);
  }
  expect(prompt.read()).toEqual(before);
  expect(before.channels.get('COPS')).toBe('One.\nTwo.');
});

test.each([
  ['a place that nothing fills', 'identity.md', 'At {{company}} in {{town}}', 'identity.md has nothing to put for {{town}}'],
  [
    'a place that is written otherwise',
    'asker.md',
    '{{ asker }}, {{place}}',
    'has nothing to put for {{ asker }} and has no place for {{asker}}',
  ],
  ['a part that lost its place', 'memory-facts.md', 'What you remember:', 'memory-facts.md has no place for {{facts}}'],
  ['another encoding', 'voice.md', Buffer.from('\uFEFFBe brief.', 'utf16le'), 'voice.md is not written in UTF-8'],
  ['a part that nothing reads', 'vioce.md', 'Be brief.', 'vioce.md is no part of it'],
  ['a channel by its name alone', 'channels/incidents.md', 'Be brief.', "channels/incidents.md does not end in its channel's id"],
  ['a channel without rules', 'channels/incidents-C1.md', ' ', 'channels/incidents-C1.md is empty'],
])('%s is refused', (_what, name, text, why) => {
  using prompt = copied();
  prompt.write(name, text);
  expect(prompt.read).toThrow(why);
});

test('two files for one channel are refused, and every file at fault is named', () => {
  using prompt = copied();
  prompt.write('channels/ops-COPS.md', 'One.');
  prompt.write('channels/operations-COPS.md', 'Two.');
  prompt.remove('voice.md');
  expect(prompt.read).toThrow(
    /^The prompt cannot be used: voice\.md is missing; channels\/ops-COPS\.md is the second file for its channel\.$/,
  );
});

test('rules are taken word for word; what editors leave is nothing', () => {
  using prompt = copied();
  prompt.write('company.md', 'Write {{ .Values.x }} as it is, $& too.');
  prompt.write('channels/100% #ops-C2.md', 'Say {{asker}}.');
  for (const name of ['.voice.md.swp', '._voice.md', 'voice.md~', 'channels/.DS_Store']) prompt.write(name, 'x');
  const { company, channels } = prompt.read();
  expect([company, channels.get('C2'), channels.size]).toEqual(['Write {{ .Values.x }} as it is, $& too.', 'Say {{asker}}.', 1]);
});
