import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BedrockAgentRuntimeClient } from '@aws-sdk/client-bedrock-agent-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createKnowledgeBase, type KnowledgeBaseParts } from '@vera/bedrock-stand-in/create-knowledge-base';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, test } from 'vitest';
import { KnowledgeBaseError } from '../../src/knowledge/ask-bases.ts';
import { createBedrockKnowledge } from '../../src/knowledge/bedrock-knowledge.ts';
import { type KnowledgeBaseData, knowledgeBaseList } from '../../src/knowledge/knowledge-base-data.ts';

const { signal } = new AbortController();
const credentials = { accessKeyId: 'worker', secretAccessKey: 'x' };
const now = () => Date.UTC(2026, 10, 30);

function baseAt(endpoint: string, data: Partial<KnowledgeBaseData> = {}) {
  const region = data.region ?? 'us-east-1';
  const client = new BedrockAgentRuntimeClient({ ...awsDefaults(2_000, 1), endpoint, region, credentials });
  return createBedrockKnowledge({ id: 'KB00000001', name: 'Handbook', ...data }, { client, now });
}

async function start(parts: Partial<KnowledgeBaseParts> = {}, data: Partial<KnowledgeBaseData> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'vera-knowledge-'));
  await writeFile(
    join(folder, 'on-call.md'),
    '---\nupdated: 2026-11-20\nowner: Reliability\n---\n# On-call\n\nWho carries the pager.\n\n## Rota\n\nBob is on call in week 48.\n',
  );
  await writeFile(join(folder, 'old.md'), '---\nupdated: 2026-02-25\n---\n# Old rota\n\nAnn was on call in week 8.\n');
  const knowledge = await createKnowledgeBase({
    record: createCallRecord(),
    knowledgeBaseId: 'KB00000001',
    folder,
    linkOf: (path) => `https://docs.example/${path}`,
    ...parts,
  });
  return {
    knowledge,
    search: (query: string) => baseAt(knowledge.url, data).search(query, signal),
    async [Symbol.asyncDispose]() {
      await knowledge[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

test('passages come with the title of their document and section, a link that opens, and their age', async () => {
  await using started = await start();
  const { passages, unreadable } = await started.search('bob rota week 48');
  expect(passages[0]).toMatchObject({ title: 'On-call', heading: 'Rota', url: 'https://docs.example/on-call.md' });
  expect(passages[0]?.text).toContain('Bob is on call in week 48.');
  expect(passages[0]?.age).toEqual({ told: 'updated 2026-11-20' });
  expect(passages.find(({ title }) => title === 'Old rota')?.age?.warning).toBe('outdated: 9 months old');
  expect(unreadable).toBe(0);
});

test('nothing that fits is no passage', async () => {
  await using started = await start();
  expect(await started.search('zebra crossing')).toEqual({ passages: [], unreadable: 0 });
});

test.each(['throttled', 'unavailable', 'access-denied'] as const)('%s is an error of ours, the original kept', async (kind) => {
  await using started = await start();
  started.knowledge.inject({ kind });
  const failing = started.search('rota');
  await expect(failing).rejects.toThrow(KnowledgeBaseError);
  await expect(failing).rejects.toMatchObject({ cause: { name: expect.stringMatching(/Exception$/) } });
});

test('so are a knowledge base that does not exist, and one of another region', async () => {
  await using missing = await start({}, { id: 'KB99999999' });
  await expect(missing.search('rota')).rejects.toThrow(KnowledgeBaseError);
  await using elsewhere = await start({ region: 'eu-west-1' });
  await expect(elsewhere.search('rota')).rejects.toMatchObject({ cause: { name: 'InvalidSignatureException' } });
  await using there = await start({ region: 'eu-west-1' }, { region: 'eu-west-1' });
  expect((await there.search('rota')).passages).not.toEqual([]);
});

describe('M12 a kind of knowledge base', () => {
  test('is asked with its own search and no other', async () => {
    await using managed = await start({ kind: 'managed' }, { kind: 'managed' });
    expect((await managed.search('bob rota week 48')).passages[0]).toMatchObject({
      title: 'On-call',
      url: 'https://docs.example/on-call.md',
    });
    await using wrong = await start({ kind: 'managed' });
    await expect(wrong.search('rota')).rejects.toMatchObject({ cause: { name: 'ValidationException' } });
    await using other = await start({}, { kind: 'managed' });
    await expect(other.search('rota')).rejects.toThrow(KnowledgeBaseError);
  });

  test.each(['vector', 'managed'] as const)('filters what it finds: %s', async (kind) => {
    const filter = { equals: { key: 'owner', value: 'Reliability' } };
    await using filtered = await start({ kind }, { kind, filter });
    const { passages } = await filtered.search('week call rota');
    expect(new Set(passages.map(({ title }) => title))).toEqual(new Set(['On-call']));
  });

  test('that holds rows is read as text, the rows of one query together', async () => {
    const answerSql = () => ({
      query: 'select * from terminals',
      rows: [{ clinic: 'Harbour\nStreet', open: 12, since: null }, { clinic: 'Mill Lane', open: 0, since: '2026-11-01' }, {}],
    });
    await using structured = await start({ answerSql }, { kind: 'structured', name: 'Terminals' });
    expect(await structured.search('how many are open?')).toEqual({
      passages: [
        {
          ...{ title: 'Terminals', id: 'Terminals' },
          text: 'SQL: select * from terminals\n\nclinic: Harbour Street | open: 12 | since: (empty)\nclinic: Mill Lane | open: 0 | since: 2026-11-01',
        },
      ],
      unreadable: 1,
    });
  });
});

test.each([
  [
    { content: { text: ' x ' }, location: { type: 'S3', s3Location: { uri: 's3://docs/100%25%20sure.md' } } },
    { title: '100% sure.md', text: 'x', id: 'Handbook/s3://docs/100%25%20sure.md' },
  ],
  [
    { content: { text: 'x' }, location: { type: 'S3', s3Location: { uri: 's3://docs/100% sure.md' } } },
    { title: '100% sure.md', text: 'x', id: 'Handbook/s3://docs/100% sure.md' },
  ],
  [
    { content: { text: 'x' }, location: { type: 'WEB', webLocation: { url: 'https://example.com/a' } } },
    { title: 'a', url: 'https://example.com/a', text: 'x' },
  ],
  [
    { content: { text: 'x' }, location: { type: 'GOOGLEDRIVE', googleDriveLocation: { url: 'https://drive.example/d' } } },
    { title: 'd', url: 'https://drive.example/d', text: 'x' },
  ],
  [
    { content: { text: 'x' }, metadata: { 'x-amz-kendra-document-title': 'Leave', _source_uri: 'https://wiki.example/leave' } },
    { title: 'Leave', url: 'https://wiki.example/leave', text: 'x' },
  ],
  [
    { content: { text: 'x' }, metadata: { title: 'Rota', heading: 'Rota', url: 'javascript:alert(1)' } },
    { title: 'Rota', text: 'x', id: 'Handbook/Rota' },
  ],
  [
    { content: { type: 'AUDIO', audio: { s3Uri: 's3://docs/a.mp3', transcription: 'We met.' } }, metadata: { title: 'Minutes' } },
    { title: 'Minutes', text: 'We met.', id: 'Handbook/Minutes' },
  ],
])('a result %j', async (result, passage) => {
  const unreadable = [
    { content: { text: '  ' } },
    { content: { type: 'IMAGE', byteContent: 'data:image/png;base64,AA==' } },
    { content: { type: 'ROW', row: [] } },
    {},
  ];
  await using server = await listen(() => Response.json({ retrievalResults: [...unreadable, result] }));
  const age = { told: 'undated', warning: 'undated' };
  expect(await baseAt(server.url).search('x', signal)).toEqual({ passages: [{ ...passage, age }], unreadable: 4 });
});

describe('the settings of knowledge bases', () => {
  const base = { id: 'KB00000001', name: 'Handbook' };
  const equals = { equals: { key: 'team', value: 'People' } };

  test.each([
    [{}],
    [{ region: 'us-gov-west-1', about: 'policies', kind: 'managed', filter: equals, outdatedDays: 30 }],
    [{ filter: { andAll: [equals, { orAll: [equals, { in: { key: 'year', value: [2025, 2026] } }] }] } }],
  ])('take %j', (more) => {
    expect(knowledgeBaseList.safeParse([{ ...base, ...more }]).success).toBe(true);
  });

  test.each([
    [{ id: 'kb00000001' }],
    [{ name: '' }],
    [{ name: 'Hand\nbook' }],
    [{ about: '<data>' }],
    [{ kind: 'graph' }],
    [{ kind: 'structured', filter: equals }],
    [{ filter: {} }],
    [{ filter: { ...equals, notEquals: equals.equals } }],
    [{ filter: { equals: { key: 'team' } } }],
    [{ filter: { in: { key: 'team', value: 'People' } } }],
    [{ filter: { andAll: [equals] } }],
    [{ filter: { like: { key: 'team', value: 'P' } } }],
    [{ filter: { toString: { key: 'team', value: 'P' } } }],
    [{ outdatedDays: 0 }],
    [{ colour: 'red' }],
  ])('refuse %j', (more) => {
    expect(knowledgeBaseList.safeParse([{ ...base, ...more }]).success).toBe(false);
  });

  test('refuse two of one name, and more than ten', () => {
    expect(knowledgeBaseList.safeParse([base, { id: 'KB00000002', name: 'handbook' }]).success).toBe(false);
    expect(knowledgeBaseList.safeParse(Array.from({ length: 11 }, (_, index) => ({ ...base, name: `B${index}` }))).success).toBe(false);
  });
});
