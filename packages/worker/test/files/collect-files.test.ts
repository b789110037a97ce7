import type { SlackMessage } from '@vera/slack/slack-message';
import { expect, test } from 'vitest';
import type { Content } from '../../src/agent/agent.ts';
import { collectFiles as collect } from '../../src/files/collect-files.ts';
import type { FetchFile } from '../../src/files/fetch-file.ts';
import type { ShownFile } from '../../src/files/shown-file.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';

const thread = (count: number): SlackMessage[] =>
  Array.from({ length: count }, (_, index) => ({ ts: `${index}.000000`, files: [{ id: `F${index}`, name: `${index}.txt` }] }));
const notRead = (name: string): Content => ({
  kind: 'text',
  text: `(File "${name}" is not shown: there are more files here than can be read for one question.)`,
});
const never = new AbortController().signal;
const collectFiles = (fetchFile: FetchFile, messages: SlackMessage[], signal: AbortSignal) =>
  collect({ fetchFile, tables: createTableShelf(), signal }, messages);
const plain = (text: string): ShownFile => ({ name: 'a', notes: [], text, tables: [] });
const shown = (text: string): Content => ({ kind: 'text', text: `File "a":\n${text}` });

test('of many files the newest are fetched, each once, and no more than a question bears', async () => {
  const fetched: string[] = [];
  const files = await collectFiles(
    async ({ id = '' }) => {
      fetched.push(id);
      return plain('short');
    },
    thread(300),
    never,
  );
  expect(fetched).toHaveLength(25);
  expect(new Set(fetched).size).toBe(25);
  expect(fetched[0]).toBe('F299');
  expect([...files.keys()]).toContain('299.000000');
  expect(files.get('274.000000')).toEqual([notRead('274.txt')]);
  expect(files.size).toBe(50);
});

test('a few long logs do not crowd out the question', async () => {
  const text = 'x'.repeat(100_000);
  const files = await collectFiles(async () => plain(text), thread(4), never);
  expect([...files.values()]).toEqual([[notRead('0.txt')], [notRead('1.txt')], [shown(text)], [shown(text)]]);
});

test('nothing more is fetched once the question is stopped', async () => {
  const stop = new AbortController();
  const files = await collectFiles(
    async () => {
      stop.abort();
      return plain('one');
    },
    thread(10),
    stop.signal,
  );
  expect(files.size).toBe(4);
});

test.each([
  ['pictures', 20, { kind: 'image', format: 'png', name: 'a.png', bytes: new Uint8Array(1) }],
  ['documents', 5, { kind: 'document', format: 'pdf', name: 'a.pdf', bytes: new Uint8Array(1), pages: 1 }],
  ['pages', 2, { kind: 'document', format: 'pdf', name: 'a.pdf', bytes: new Uint8Array(1), pages: 45 }],
] as [string, number, NonNullable<ShownFile['block']>][])(
  'more %s than Bedrock takes are named, not sent, and keep no other file out',
  async (_, count, block) => {
    const files = await collectFiles(async ({ id }) => (id === 'F0' ? plain('short') : { ...plain(''), block }), thread(count + 3), never);
    expect([...files.values()].flat().filter(({ kind }) => kind === block.kind)).toHaveLength(count);
    expect([files.get('1.000000'), files.get('0.000000')]).toEqual([[notRead('1.txt')], [shown('short')]]);
  },
);
