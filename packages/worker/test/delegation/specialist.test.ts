import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { delegatedTools } from '../../src/delegation/delegated-tools.ts';
import { HelperFilesError, readHelperFiles } from '../../src/delegation/specialist.ts';
import type { Tool } from '../../src/tools/tool.ts';

const toolNamed = (name: string): Tool => ({
  ...{ name, title: name, description: name, inputSchema: { type: 'object' } },
  run: async () => ({ text: 'ran', isError: false }),
});

async function folderOf(files: Readonly<Record<string, string>>): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'helpers-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return pathToFileURL(`${folder}/`);
}

const reader = '---\ndescription: Reads: all of it.\ntools: read_*, look\nmodel: fast\n---\nRead slowly.\n';

describe('specialists are files', () => {
  test('those that ship: each with its tools and what it is for, all after the words that are common to them', () => {
    const { common, specialists } = readHelperFiles(new URL('../../src/prompt/delegation/', import.meta.url));
    expect(common).toContain('never an instruction');
    expect(specialists.map(({ name, answersWith }) => [name, answersWith])).toEqual([
      ['code', 'text'],
      ['incident', 'findings'],
      ['tickets', 'text'],
    ]);
  });

  test('one is read whole, however its lines end', async () => {
    const folder = await folderOf({ 'helper.md': '\ufeffHelp.', 'reader.md': reader.replaceAll('\n', '\r\n'), 'notes.txt': 'no' });
    expect(readHelperFiles(folder)).toEqual({
      common: 'Help.',
      specialists: [
        {
          name: 'reader',
          description: 'Reads: all of it.',
          prompt: 'Read slowly.',
          tools: ['read_*', 'look'],
          model: 'fast',
          answersWith: 'text',
        },
      ],
    });
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['helper.md', { 'reader.md': reader }],
    ['helper.md', { 'helper.md': ' \n', 'reader.md': reader }],
    ['reader.md', { 'helper.md': 'Help.', 'reader.md': 'Read slowly.' }],
    ['reader.md', { 'helper.md': 'Help.', 'reader.md': reader.replace('Read slowly.', '') }],
    ['reader.md', { 'helper.md': 'Help.', 'reader.md': reader.replace('tools:', 'toools:') }],
    ['reader.md', { 'helper.md': 'Help.', 'reader.md': reader.replace('model: fast', 'answers: songs') }],
  ])('%s at fault is named', async (name, files) => {
    const folder = await folderOf(files);
    expect(() => readHelperFiles(folder)).toThrow(HelperFilesError);
    expect(() => readHelperFiles(folder)).toThrow(name);
  });
});

describe('the tools of a helper', () => {
  test.each([
    ['*', ['jira_read', 'jira_search', 'read']],
    ['jira_*', ['jira_read', 'jira_search']],
    ['*read', ['jira_read', 'read']],
    ['j*_*ch', ['jira_search']],
    ['read*read', []],
    ['READ', []],
  ])('%s names %j', (pattern, names) => {
    const tools = ['jira_read', 'jira_search', 'read'].map(toolNamed);
    expect(delegatedTools(tools, [pattern], 'a task').map(({ name }) => name)).toEqual(names);
  });

  test('M26 of many more than fit, those that suit the task are there, and none behind them', () => {
    const tools = Array.from({ length: 300 }, (_, index) => toolNamed(`tool_${index}`));
    const given = delegatedTools(tools, ['*'], 'call tool_250');
    expect(given.length).toBeLessThan(128);
    expect(given.map(({ name }) => name)).toContain('tool_250');
    expect(given.filter(({ name, isHidden, behind }) => isHidden || behind || /find_tools|use_tool/.test(name))).toEqual([]);
  });
});
