import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BedrockAgentRuntimeClient } from '@aws-sdk/client-bedrock-agent-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createKnowledgeBase } from '@vera/bedrock-stand-in/create-knowledge-base';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import { listen } from '@vera/stand-in-kit/listen';
import { expect, test } from 'vitest';
import { createBedrockKnowledge } from '../../src/tools/bedrock-knowledge.ts';
import { KnowledgeBaseError } from '../../src/tools/search-knowledge-base.ts';

const { signal } = new AbortController();
const credentials = { accessKeyId: 'worker', secretAccessKey: 'x' };
const searchAt = (endpoint: string, id = 'KB00000001') =>
  createBedrockKnowledge(new BedrockAgentRuntimeClient({ ...awsDefaults(2_000, 1), endpoint, region: 'us-east-1', credentials }), id);

async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'vera-knowledge-'));
  await writeFile(join(folder, 'on-call.md'), '# On-call\n\nWho carries the pager.\n\n## Rota\n\nBob is on call in week 48.\n');
  const knowledge = await createKnowledgeBase({
    record: createCallRecord(),
    knowledgeBaseId: 'KB00000001',
    folder,
    linkOf: (path) => `https://docs.example/${path}`,
  });
  return {
    knowledge,
    search: searchAt(knowledge.url),
    async [Symbol.asyncDispose]() {
      await knowledge[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

test('passages come with the title of their document and section, and a link that opens', async () => {
  await using started = await start();
  const [best] = await started.search('rota week 48', signal);
  expect(best).toMatchObject({ title: 'On-call', heading: 'Rota', url: 'https://docs.example/on-call.md' });
  expect(best?.text).toContain('Bob is on call in week 48.');
});

test('nothing that fits is no passage', async () => {
  await using started = await start();
  expect(await started.search('zebra crossing', signal)).toEqual([]);
});

test.each(['throttled', 'unavailable', 'access-denied'] as const)('%s is an error of ours, the original kept', async (kind) => {
  await using started = await start();
  started.knowledge.inject({ kind });
  const failing = started.search('rota', signal);
  await expect(failing).rejects.toThrow(KnowledgeBaseError);
  await expect(failing).rejects.toMatchObject({ cause: { name: expect.stringMatching(/Exception$/) } });
});

test('so is a knowledge base that does not exist', async () => {
  await using started = await start();
  await expect(searchAt(started.knowledge.url, 'KB99999999')('rota', signal)).rejects.toThrow(KnowledgeBaseError);
});

test.each([
  [
    { content: { text: ' x ' }, location: { type: 'S3', s3Location: { uri: 's3://docs/100%25%20sure.md' } } },
    { title: '100% sure.md', text: 'x' },
  ],
  [
    { content: { text: 'x' }, location: { type: 'S3', s3Location: { uri: 's3://docs/100% sure.md' } } },
    { title: '100% sure.md', text: 'x' },
  ],
  [
    { content: { text: 'x' }, location: { type: 'WEB', webLocation: { url: 'https://example.com/a' } } },
    { title: 'Document', url: 'https://example.com/a', text: 'x' },
  ],
  [
    { content: { text: 'x' }, metadata: { title: 'Rota', heading: 'Rota', url: 'javascript:alert(1)' } },
    { title: 'Rota', text: 'x' },
  ],
])('a result %j', async (result, passage) => {
  await using server = await listen(() => Response.json({ retrievalResults: [{ content: { text: '  ' } }, result] }));
  expect(await searchAt(server.url)('x', signal)).toEqual([passage]);
});
