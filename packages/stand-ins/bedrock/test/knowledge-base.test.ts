import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RetrievalFilter, RetrieveCommand, type RetrieveCommandInput } from '@aws-sdk/client-bedrock-agent-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKnowledgeBase, type KnowledgeBaseEmulator } from '../src/create-knowledge-base.ts';
import { matchesFilter, readRetrieveQuery } from '../src/knowledge/retrieve-query.ts';
import { knowledgeClient } from './clients.ts';
import { fixtureFolder } from './fixture-folder.ts';

const knowledgeBaseId = 'KB12345678';
const linkOf = (path: string) => `http://127.0.0.1:4000/documents/${path}`;
const record = createCallRecord();
let folder: string;
let base: KnowledgeBaseEmulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knowledge-'));
  await cp(fixtureFolder, folder, { recursive: true });
  base = await createKnowledgeBase({ record, knowledgeBaseId, folder, linkOf });
});
beforeEach(() => {
  base.reset();
  record.reset();
});
afterAll(async () => {
  await base[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function retrieve(text: string, changes: Partial<RetrieveCommandInput> = {}) {
  return knowledgeClient(base.url).send(new RetrieveCommand({ knowledgeBaseId, retrievalQuery: { text }, ...changes }));
}
const searching = (search: { numberOfResults?: number; filter?: RetrievalFilter; overrideSearchType?: 'HYBRID' }) => ({
  retrievalConfiguration: { vectorSearchConfiguration: search },
});

describe('finds', () => {
  it('the passage below the heading that fits, with where it comes from', async () => {
    const { retrievalResults: [first] = [] } = await retrieve('What if the restore of the database fails?');
    expect(first).toMatchObject({
      content: { type: 'TEXT', text: expect.stringMatching(/^Stop, keep the failed cluster/) },
      location: { type: 'S3', s3Location: { uri: 's3://kb12345678-documents/runbooks/restore-the-database.md' } },
      metadata: {
        title: 'Restore the patient database',
        heading: 'If the restore fails',
        url: linkOf('runbooks/restore-the-database.md'),
        owner: 'Database team',
        updated: '2026-08-02',
        'x-amz-bedrock-kb-source-uri': 's3://kb12345678-documents/runbooks/restore-the-database.md',
      },
    });
  });

  it('other forms of a word, and other words for it', async () => {
    const titleOf = async (text: string) => (await retrieve(text)).retrievalResults?.[0]?.metadata?.title;
    expect(await titleOf('restoring databases')).toBe('Restore the patient database');
    expect(await titleOf('vacation')).toBe('Time off');
  });

  it('text files too, named after the file', async () => {
    expect((await retrieve('Northstar')).retrievalResults).toMatchObject([{ metadata: { title: 'Glossary', heading: '' } }]);
  });

  it('lists, tables and code whole', async () => {
    const { retrievalResults: [first] = [] } = await retrieve('steps restore snapshot cluster command');
    expect(first?.content?.text).toContain('```sh\n');
    expect(first?.content?.text).toContain('# wait until it says available\n');
  });

  it('by falling score between 0 and 1, five unless told', async () => {
    const { retrievalResults = [] } = await retrieve('on call database incident holiday');
    const scores = retrievalResults.map(({ score = -1 }) => score);
    expect(scores).toHaveLength(5);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
  });

  it('page by page', async () => {
    const one = searching({ numberOfResults: 1 });
    const first = await retrieve('database', one);
    const second = await retrieve('database', { ...one, nextToken: first.nextToken });
    expect(second.retrievalResults).toHaveLength(1);
    expect(second.retrievalResults?.[0]?.content).not.toEqual(first.retrievalResults?.[0]?.content);
  });

  it.each(['"', 'a AND (b', 'NEAR(', '*', "'; drop table passages; --", '😀', 'title:x^2'])(
    'something or nothing for %s, never an error',
    async (text) => {
      expect(Array.isArray((await retrieve(text)).retrievalResults)).toBe(true);
    },
  );

  it('what was written after the start, and no longer what was deleted', async () => {
    const file = join(folder, 'parking.md');
    await writeFile(file, '# Parking\n\nBicycles go to the cellar.');
    expect((await retrieve('bicycles')).retrievalResults?.[0]?.content?.text).toBe('Bicycles go to the cellar.');
    await writeFile(file, '# Parking\n\nBicycles go to the rooftop now.');
    expect((await retrieve('bicycles')).retrievalResults?.[0]?.content?.text).toBe('Bicycles go to the rooftop now.');
    await rm(file);
    expect((await retrieve('bicycles')).retrievalResults).toEqual([]);
  });
});

describe('filters', () => {
  const titlesFor = async (filter: RetrievalFilter) =>
    new Set(
      ((await retrieve('database incident holiday call', searching({ filter, numberOfResults: 50 }))).retrievalResults ?? []).map(
        ({ metadata }) => metadata?.title,
      ),
    );
  const owner = (value: string): RetrievalFilter => ({ equals: { key: 'owner', value } });

  it.each<[string, RetrievalFilter, string[]]>([
    ['equals', owner('Database team'), ['Restore the patient database']],
    ['in', { in: { key: 'owner', value: ['People team', 'Reliability'] } }, ['Time off', 'Incident severities']],
    ['startsWith', { startsWith: { key: 'updated', value: '2026-09' } }, ['On-call handbook']],
    ['andAll', { andAll: [owner('Reliability'), { startsWith: { key: 'title', value: 'Time' } }] }, []],
    ['orAll', { orAll: [owner('Reliability'), owner('People team')] }, ['Time off', 'Incident severities']],
  ])('%s', async (_name, filter, titles) => {
    expect(await titlesFor(filter)).toEqual(new Set(titles));
  });

  it('refuses andAll of one', async () => {
    await expect(titlesFor({ andAll: [owner('x')] })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('refuses', () => {
  it.each<[string, Partial<RetrieveCommandInput>]>([
    ['an empty query', { retrievalQuery: { text: ' ' } }],
    ['a query of 1,001 characters', { retrievalQuery: { text: 'x'.repeat(1_001) } }],
    ['0 results', searching({ numberOfResults: 0 })],
    ['101 results', searching({ numberOfResults: 101 })],
    ['a token of its own making', { nextToken: 'abc' }],
  ])('%s', async (_what, changes) => {
    await expect(retrieve('x', changes)).rejects.toMatchObject({ name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
  });

  it.each([
    ['vector', { managedSearchConfiguration: {} }, 'Use vectorSearchConfiguration instead.'],
    ['managed', { vectorSearchConfiguration: {} }, 'vectorSearchConfiguration is not supported for managed knowledge bases. Use managed'],
    ['structured', { vectorSearchConfiguration: {} }, 'Leave retrievalConfiguration out.'],
    ['structured', { managedSearchConfiguration: {} }, 'Leave retrievalConfiguration out.'],
  ] as const)('the search of another kind: %s', async (kind, retrievalConfiguration, words) => {
    const own = kind === 'structured' ? { answerSql: () => ({ query: 'select 1', rows: [{ one: 1 }] }) } : { kind };
    await using other = await createKnowledgeBase({ record, knowledgeBaseId, folder, linkOf, ...own });
    const command = new RetrieveCommand({ knowledgeBaseId, retrievalQuery: { text: 'database' }, retrievalConfiguration });
    await expect(knowledgeClient(other.url).send(command)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(words),
    });
    const plain = new RetrieveCommand({ knowledgeBaseId, retrievalQuery: { text: 'database' } });
    expect((await knowledgeClient(other.url).send(plain)).retrievalResults).not.toEqual([]);
  });

  it('a filter of two operators', async () => {
    const filter = { equals: { key: 'owner', value: 'x' }, notEquals: { key: 'owner', value: 'y' } } as unknown as RetrievalFilter;
    const base = { knowledgeBaseId, retrievalQuery: { text: 'database' } };
    const body = JSON.stringify({ ...base, retrievalConfiguration: { vectorSearchConfiguration: { filter } } });
    expect(() => readRetrieveQuery(body, 'vector')).not.toThrow();
    expect(() => matchesFilter({}, filter as never)).toThrow('exactly one operator');
  });

  it('an unknown knowledge base', async () => {
    await expect(retrieve('x', { knowledgeBaseId: 'KB00000000' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('a caller without signature', async () => {
    expect((await fetch(`${base.url}/knowledgebases/${knowledgeBaseId}/retrieve`, { method: 'POST', body: '{}' })).status).toBe(403);
  });

  it.each([
    ['throttled', 'ThrottlingException'],
    ['unavailable', 'InternalServerException'],
    ['access-denied', 'AccessDeniedException'],
  ] as const)('when %s is injected, once', async (kind, name) => {
    base.inject({ kind });
    await expect(retrieve('database')).rejects.toMatchObject({ name });
    expect((await retrieve('database')).retrievalResults).not.toEqual([]);
  });
});

it('documents written for another day are as old as they were then', async () => {
  const now = () => Date.UTC(2028, 4, 11);
  await using other = await createKnowledgeBase({ record, knowledgeBaseId, folder, linkOf, writtenFor: '2026-08-12', now });
  const command = new RetrieveCommand({ knowledgeBaseId, retrievalQuery: { text: 'What if the restore of the database fails?' } });
  const { retrievalResults: [first] = [] } = await knowledgeClient(other.url).send(command);
  // Of 2 August 2026.
  expect(first?.metadata?.updated).toBe('2028-05-01');
});

it('every call is recorded with the knowledge base as its resource', async () => {
  await retrieve('database');
  const resource = `arn:aws:bedrock:us-east-1:000000000000:knowledge-base/${knowledgeBaseId}`;
  expect(record.calls).toMatchObject([{ component: 'worker', action: 'bedrock:Retrieve', resource, status: 200 }]);
});

it('lists its documents with their links', () => {
  expect(
    base
      .documents()
      .map(({ title }) => title)
      .sort(),
  ).toEqual(['Glossary', 'Incident severities', 'On-call handbook', 'Restore the patient database', 'Time off']);
  expect(base.documents()[0]?.url).toMatch(/^http:/);
});

it('an empty folder gives empty results, and an index in a file survives', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'knowledge-empty-'));
  const databaseFile = join(empty, 'index.sqlite');
  for (const round of ['first', 'second']) {
    await using other = await createKnowledgeBase({ record, knowledgeBaseId, folder: empty, linkOf, databaseFile });
    const command = new RetrieveCommand({ knowledgeBaseId, retrievalQuery: { text: `database ${round}` } });
    expect((await knowledgeClient(other.url).send(command)).retrievalResults).toEqual([]);
  }
  await rm(empty, { recursive: true });
});
