import type { SlackMessage } from '@vera/slack/slack-message';
import { expect, test } from 'vitest';
import type { Content } from '../../src/agent/agent.ts';
import { collectFiles } from '../../src/thread/collect-files.ts';
import { fileKindOf, isOfKind } from '../../src/thread/fetch-file.ts';

const thread = (count: number): SlackMessage[] =>
  Array.from({ length: count }, (_, index) => ({ ts: `${index}.000000`, files: [{ id: `F${index}`, name: `${index}.txt` }] }));
const never = new AbortController().signal;

test('of many files the newest are fetched, each once, and no more than a question bears', async () => {
  const fetched: string[] = [];
  const files = await collectFiles(
    async ({ id = '' }): Promise<Content> => {
      fetched.push(id);
      return { kind: 'text', text: 'short' };
    },
    thread(300),
    never,
  );
  expect(fetched).toHaveLength(25);
  expect(new Set(fetched).size).toBe(25);
  expect(fetched[0]).toBe('F299');
  expect([...files.keys()]).toContain('299.000000');
});

test('a few long logs do not crowd out the question', async () => {
  const text = 'x'.repeat(100_000);
  const files = await collectFiles(async (): Promise<Content> => ({ kind: 'text', text }), thread(20), never);
  expect(files.size).toBe(2);
});

test('nothing more is fetched once the question is stopped', async () => {
  const stop = new AbortController();
  const files = await collectFiles(
    async (): Promise<Content> => {
      stop.abort();
      return { kind: 'text', text: 'one' };
    },
    thread(10),
    stop.signal,
  );
  expect(files.size).toBe(1);
});

test.each([
  ['image/png', 'a.png', [0x89, 0x50, 0x4e, 0x47], true],
  ['image/png', 'a.png', [0xff, 0xd8, 0xff], false],
  ['application/pdf', 'a.pdf', [...Buffer.from('%PDF-1.7')], true],
  ['application/pdf', 'a.pdf', [...Buffer.from('<html>')], false],
  ['text/plain', 'a.txt', [1, 2, 3], true],
])('%s with bytes of its own or of another format: %s', (mimetype, name, bytes, isRight) => {
  const kind = fileKindOf(mimetype, name);
  expect(kind && isOfKind(kind, Uint8Array.from(bytes))).toBe(isRight);
});
