import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchCreateMemoryRecordsCommand,
  BatchDeleteMemoryRecordsCommand,
  CreateEventCommand,
  type CreateEventCommandInput,
  DeleteEventCommand,
  DeleteMemoryRecordCommand,
  GetEventCommand,
  GetMemoryRecordCommand,
  ListEventsCommand,
  ListMemoryRecordsCommand,
  ListSessionsCommand,
  RetrieveMemoryRecordsCommand,
} from '@aws-sdk/client-bedrock-agentcore';
import { describe, expect, it } from 'vitest';
import { memoryId, startedMemory } from './memory-setup.ts';

const said = (text: string, changes: Partial<CreateEventCommandInput> = {}) =>
  new CreateEventCommand({
    memoryId,
    actorId: 'slack-T1-U1',
    sessionId: 'open',
    eventTimestamp: new Date('2026-11-23T10:00:00Z'),
    payload: [{ conversational: { role: 'USER', content: { text } } }],
    ...changes,
  });
const searched = (namespace: string, searchQuery: string) =>
  new RetrieveMemoryRecordsCommand({ memoryId, namespace, searchCriteria: { searchQuery } });
const extracted = 40_000;

describe('AgentCore Memory’s stand-in', () => {
  it('makes a record of each sentence of an event, whoever said it, 20 to 40 seconds later, alike for alike seeds', async () => {
    const texts: string[][] = [];
    for (const seed of [7, 7]) {
      await using started = await startedMemory({ seed });
      const { memory, clock, client } = started;
      await client.send(said('I lead payments. Call me Ann!\nMy desk is in Hamburg', { clientToken: 'one' }));
      await client.send(
        said('The user hates tables.', { payload: [{ conversational: { role: 'ASSISTANT', content: { text: 'Bob hates tables.' } } }] }),
      );
      await clock.advance(19_999);
      expect(memory.records).toEqual([]);
      const seen: string[] = [];
      for (let second = 20; second <= 40; second += 1) {
        await clock.advance(1_000);
        seen.push(`${second}: ${memory.records.length}`);
      }
      texts.push([...seen, ...memory.records.map(({ text, namespace }) => `${namespace} ${text}`)]);
    }
    expect(texts[0]).toEqual(texts[1]);
    expect(texts[0]).toEqual(
      expect.arrayContaining(['/facts/slack-T1-U1/open/ I lead payments.', '/facts/slack-T1-U1/open/ Bob hates tables.']),
    );
  });

  it('extracts nothing that is to be skipped, no blob, and nothing where a variable of the namespace is missing', async () => {
    await using started = await startedMemory({ strategies: [{ id: 's', namespaceTemplate: '/facts/{actorId}/{place}/' }] });
    const { memory, clock, client } = started;
    await client.send(said('Skipped.', { extractionMode: 'SKIP' }));
    await client.send(said('-', { payload: [{ blob: { words: 'A blob.' } }] }));
    await client.send(said('Nowhere to go.'));
    await client.send(said('Placed.', { extractionConfig: { namespaceVariables: { place: 'open' } } }));
    await clock.advance(extracted);
    expect(memory.records.map(({ text, namespace }) => [namespace, text])).toEqual([['/facts/slack-T1-U1/open/', 'Placed.']]);
    expect(memory.namespaceResolutionFailures).toBe(1);
    expect(memory.events).toHaveLength(4);
  });

  it('merges what is said again, and goes on extracting what was deleted meanwhile', async () => {
    await using started = await startedMemory();
    const { memory, clock, client } = started;
    for (const text of ['My number is 0151-555.', 'My number is 0151 555']) await client.send(said(text));
    for (const { eventId } of memory.events)
      await client.send(new DeleteEventCommand({ memoryId, actorId: 'slack-T1-U1', sessionId: 'open', eventId }));
    expect(memory.events).toEqual([]);
    await clock.advance(extracted);
    expect(memory.records.map(({ text }) => text)).toHaveLength(1);
  });

  it('takes a namespace for the beginning of one, and namespacePath for whole steps', async () => {
    await using started = await startedMemory();
    const { memory, client } = started;
    for (const actor of ['slack-T1-U1', 'slack-T1-U12']) memory.plant({ text: `Of ${actor}`, namespace: `/facts/${actor}/open/` });
    const found = async (where: { namespace: string } | { namespacePath: string }) => {
      const { memoryRecordSummaries = [] } = await client.send(new ListMemoryRecordsCommand({ memoryId, ...where }));
      return memoryRecordSummaries.map(({ content }) => content?.text);
    };
    expect(await found({ namespace: '/facts/slack-T1-U1' })).toEqual(['Of slack-T1-U1', 'Of slack-T1-U12']);
    expect(await found({ namespace: '/facts/slack-T1-U1/' })).toEqual(['Of slack-T1-U1']);
    expect(await found({ namespacePath: '/facts/slack-T1-U1' })).toEqual(['Of slack-T1-U1']);
  });

  it('finds the nearest first, however far, and no more than asked for', async () => {
    await using started = await startedMemory();
    const { memory, client } = started;
    for (const text of ['I lead the payments team.', 'My holiday begins in June.', '私は東京の支社で働いています'])
      memory.plant({ text, namespace: '/facts/a/open/' });
    const first = async (query: string) => (await client.send(searched('/facts/a/open/', query))).memoryRecordSummaries?.[0]?.content?.text;
    expect(await first('when is my vacation?')).toBe('My holiday begins in June.');
    expect(await first('東京の天気は?')).toBe('私は東京の支社で働いています');
    const search = { searchQuery: 'anything', topK: 2 };
    const { memoryRecordSummaries } = await client.send(
      new RetrieveMemoryRecordsCommand({ memoryId, namespace: '/facts/a/', searchCriteria: search }),
    );
    expect(memoryRecordSummaries).toHaveLength(2);
  });

  it('hands out pages, none twice and none left out while others are deleted', async () => {
    await using started = await startedMemory();
    const { memory, client } = started;
    for (let index = 0; index < 250; index += 1) memory.plant({ text: `Fact ${index}`, namespace: '/facts/a/open/' });
    const seen: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(new ListMemoryRecordsCommand({ memoryId, namespace: '/facts/a/', maxResults: 100, nextToken }));
      const ids = (page.memoryRecordSummaries ?? []).map(({ memoryRecordId }) => memoryRecordId ?? '');
      seen.push(...ids);
      await client.send(new BatchDeleteMemoryRecordsCommand({ memoryId, records: ids.map((memoryRecordId) => ({ memoryRecordId })) }));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(new Set(seen).size).toBe(250);
    expect(memory.records).toEqual([]);
  });

  it('keeps events by session, the newest first, a session without events too unless it is filtered', async () => {
    await using started = await startedMemory();
    const { clock, client } = started;
    for (let index = 0; index < 130; index += 1) {
      await client.send(said(`Sentence ${index}.`, { sessionId: `s${index % 4}` }));
      await clock.advance(500);
    }
    const place = { memoryId, actorId: 'slack-T1-U1', sessionId: 's0' };
    const first = await client.send(new ListEventsCommand(place));
    expect(first.events).toHaveLength(20);
    expect(first.events?.[0]?.payload).toMatchObject([{ conversational: { role: 'USER', content: { text: 'Sentence 128.' } } }]);
    const all = await client.send(new ListEventsCommand({ ...place, maxResults: 100 }));
    for (const { eventId } of all.events ?? []) await client.send(new DeleteEventCommand({ ...place, eventId }));
    const sessions = await client.send(new ListSessionsCommand({ memoryId, actorId: 'slack-T1-U1' }));
    expect(sessions.sessionSummaries?.map(({ sessionId }) => sessionId)).toEqual(['s0', 's1', 's2', 's3']);
    const filled = await client.send(new ListSessionsCommand({ memoryId, actorId: 'slack-T1-U1', filter: { eventFilter: 'HAS_EVENTS' } }));
    expect(filled.sessionSummaries).toHaveLength(3);
    expect((await client.send(new ListSessionsCommand({ memoryId, actorId: 'nobody' }))).sessionSummaries).toEqual([]);
  });

  it('ignores a token it knows, and takes five events a second of one session', async () => {
    await using started = await startedMemory();
    const { memory, client, clock } = started;
    const one = await client.send(said('First.', { clientToken: 'q-1' }));
    const other = await client.send(said('Second.', { clientToken: 'q-1' }));
    expect(other.event?.eventId).toBe(one.event?.eventId);
    expect(memory.events).toHaveLength(1);
    for (let index = 0; index < 4; index += 1) await client.send(said(`Fact ${index}.`));
    await expect(client.send(said('Too many.'))).rejects.toMatchObject({ name: 'ThrottledException', $metadata: { httpStatusCode: 429 } });
    await client.send(said('Elsewhere.', { sessionId: 'closed' }));
    await clock.advance(1_001);
    await client.send(said('Later.'));
  });

  it('creates and deletes by batches, which are answered well with failures inside', async () => {
    await using started = await startedMemory();
    const { memory, client } = started;
    const records = [{ requestIdentifier: 'r1', namespaces: ['standing/a'], content: { text: 'Answer in German' }, timestamp: new Date() }];
    const create = new BatchCreateMemoryRecordsCommand({ memoryId, records, clientToken: 'once' });
    const [created] = (await client.send(create)).successfulRecords ?? [];
    expect((await client.send(create)).successfulRecords).toEqual([created]);
    expect(memory.records.map(({ namespace, text }) => [namespace, text])).toEqual([['/standing/a/', 'Answer in German']]);
    const memoryRecordId = created?.memoryRecordId ?? '';
    const missing = `mem-${'0'.repeat(36)}`;
    const remove = () =>
      client.send(new BatchDeleteMemoryRecordsCommand({ memoryId, records: [{ memoryRecordId }, { memoryRecordId: missing }] }));
    memory.inject({ kind: 'stuck', recordId: memoryRecordId });
    expect((await remove()).failedRecords?.map(({ errorCode }) => errorCode)).toEqual([500, 404]);
    expect((await client.send(new GetMemoryRecordCommand({ memoryId, memoryRecordId }))).memoryRecord?.content).toEqual({
      text: 'Answer in German',
    });
    expect((await remove()).successfulRecords).toHaveLength(1);
    await expect(client.send(new DeleteMemoryRecordCommand({ memoryId, memoryRecordId }))).rejects.toThrow('does not exist');
  });

  it.each([
    ['an actor without a name', said('x', { actorId: ' ' }), 'actorId'],
    ['a session with a dot', said('x', { sessionId: '1712.34' }), 'sessionId'],
    ['an empty text', said(''), 'payload'],
    [
      'a namespace in capitals as a variable',
      said('x', { extractionConfig: { namespaceVariables: { place: 'Open' } } }),
      'extractionConfig',
    ],
    ['an empty query', searched('/facts/a/', ''), 'searchCriteria.searchQuery'],
    ['a query of more than 10,000 characters', searched('/facts/a/', 'x'.repeat(10_001)), 'searchCriteria.searchQuery'],
    ['neither a namespace nor a path', new ListMemoryRecordsCommand({ memoryId }), 'Either namespace'],
    ['a namespace with dots', new ListMemoryRecordsCommand({ memoryId, namespace: '/facts/../' }), 'namespace'],
    ['more than 100 results', new ListMemoryRecordsCommand({ memoryId, namespace: '/a/', maxResults: 101 }), 'maxResults'],
    ['an id that is none', new GetMemoryRecordCommand({ memoryId, memoryRecordId: 'mem-1' }), 'memoryRecordId'],
    ['an event id that is none', new GetEventCommand({ memoryId, actorId: 'a', sessionId: 'b', eventId: '1' }), 'eventId'],
  ])('refuses %s', async (_, command, field) => {
    await using started = await startedMemory();
    // The SDK's clients check none of this.
    await expect(started.client.send(command as CreateEventCommand)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(field),
    });
  });

  it.each([
    ['throttled', 'ThrottledException', 429],
    ['unavailable', 'ServiceException', 500],
    ['over-quota', 'ServiceQuotaExceededException', 402],
    ['conflict', 'RetryableConflictException', 409],
    ['denied', 'AccessDeniedException', 403],
  ] as const)('%s is a %s, and the next call goes well', async (kind, name, httpStatusCode) => {
    await using started = await startedMemory();
    started.memory.inject({ kind, operation: 'CreateEvent' });
    await expect(started.client.send(said('x'))).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
    await started.client.send(said('x'));
    expect(started.record.calls.map(({ action, status }) => [action, status])).toEqual([
      ['bedrock-agentcore:CreateEvent', httpStatusCode],
      ['bedrock-agentcore:CreateEvent', 201],
    ]);
  });

  it('takes up what it kept in a file, and starts empty where the file holds something else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'memory-'));
    const stateFile = join(folder, 'kept', 'memory.json');
    {
      await using started = await startedMemory({ stateFile });
      await started.client.send(said('I lead payments.'));
    }
    {
      await using started = await startedMemory({ stateFile });
      expect(started.memory.records.map(({ text }) => text)).toEqual(['I lead payments.']);
      expect(started.memory.events).toHaveLength(1);
    }
    await writeFile(stateFile, '{"events":');
    {
      await using started = await startedMemory({ stateFile });
      expect(started.memory.records).toEqual([]);
    }
    await rm(folder, { recursive: true });
  });

  it('knows no other memory', async () => {
    await using started = await startedMemory();
    await expect(started.client.send(said('x', { memoryId: 'another_one-a1b2c3d4e5' }))).rejects.toThrow('does not exist');
  });
});
