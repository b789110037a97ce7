import type { CreateEventCommandInput } from '@aws-sdk/client-bedrock-agentcore';
import { BedrockAgentCoreClient, CreateEventCommand } from '@aws-sdk/client-bedrock-agentcore';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '@vera/aws-stand-in/test/aws-client-options';
import { describe, expect, it } from 'vitest';
import { createForgottenTexts } from '../../src/memory/forgotten-texts.ts';
import { startMemory } from './start-memory.ts';

type Started = Awaited<ReturnType<typeof startMemory>>;

const ann = { teamId: 'T01', userId: 'UANN' };
const mine = 'slack-T01-UANN';

async function idOf({ memory }: Started, wanted: string): Promise<string> {
  for await (const { id, text } of memory.own.list(ann)) if (text === wanted) return id;
  throw new Error(`Not remembered: ${wanted}`);
}

/** As another program of the company might write them, past our own code. */
async function writesEvents({ stored }: Started, inputs: readonly Partial<CreateEventCommandInput>[]): Promise<void> {
  const client = new BedrockAgentCoreClient(clientOptions(stored.url, 'another'));
  for (const input of inputs)
    await client.send(
      new CreateEventCommand({
        ...{ memoryId: 'vera_memory-a1b2c3d4e5', actorId: mine, sessionId: 'open', eventTimestamp: new Date(), payload: [] },
        ...input,
      }),
    );
  client.destroy();
}

describe('what somebody does with what is remembered of them', () => {
  it('they see all of it, with its place and since when, and nobody else’s', async () => {
    await using started = await startMemory();
    await started.says('I lead payments.');
    await started.says('I look for another job.', { channelId: 'D01', isDirect: true });
    await started.says('I am another Ann.', { userId: 'UANNA' });
    await started.extracted();
    const kept = await started.memory.own.keep(ann, { kind: 'preference', text: 'Answer me in German.', place: 'open' }, 'q-1');
    const mementos = [];
    for await (const memento of started.memory.own.list(ann)) mementos.push(memento);
    expect(mementos).toMatchObject([
      { id: kept.id, text: 'Answer me in German.', standing: { kind: 'preference', text: 'Answer me in German.' } },
      { text: 'I lead payments.', place: 'open', since: expect.any(Number) },
      { text: 'I look for another job.', place: 'closed' },
    ]);
  });

  it('a standing request is kept once, and makes room for itself under a name it had', async () => {
    await using started = await startMemory();
    const { own } = started.memory;
    const notes = (text: string) => ({ kind: 'procedure', name: 'Standup notes', text, place: 'open' }) as const;
    await own.keep(ann, notes('List what I did.'), 'q-1');
    await own.keep(ann, notes('List what I did.'), 'q-1');
    await own.keep(ann, { ...notes('List what I will do.'), name: 'standup NOTES' }, 'q-2');
    await own.keep(ann, { kind: 'preference', text: 'No tables.', place: 'open' }, 'q-3');
    await own.keep(ann, { kind: 'preference', text: 'no tables.', place: 'open' }, 'q-4');
    expect(await started.textsOf()).toEqual(['When I ask for “standup NOTES”: List what I will do.', 'no tables.']);
  });

  it('one that could not be kept is an error, also where AWS answers well', async () => {
    await using started = await startMemory();
    started.stored.inject({ kind: 'stuck', operation: 'BatchCreateMemoryRecords' });
    await expect(started.memory.own.keep(ann, { kind: 'preference', text: 'No tables.', place: 'open' }, 'q-1')).rejects.toMatchObject({
      name: 'Error',
    });
    await expect(
      started.memory.own.keep({ ...ann, userId: '' }, { kind: 'preference', text: 'x', place: 'open' }, 'q-1'),
    ).rejects.toMatchObject({
      code: 'no-memory',
    });
  });

  it('forgetting one takes what says the same, and the events it came from, and leaves the rest', async () => {
    await using started = await startMemory();
    await started.says('My number is 0151-555.');
    await started.says('Call me at 0151-555, that is my number.', { channelId: 'D01', isDirect: true });
    await started.says('My number was 0151-777.');
    await started.says('I lead payments.');
    await started.says('My number is 0151-555.', { userId: 'UBOB' });
    await started.extracted();
    const id = await idOf(started, 'My number is 0151-555.');
    expect(await started.memory.own.forget(ann, id)).toEqual({ mementos: 2, events: 2, left: 0 });
    expect((await started.textsOf()).toSorted()).toEqual(['I lead payments.', 'My number was 0151-777.']);
    expect(started.stored.events).toHaveLength(3);
    expect(await started.textsOf({ ...ann, userId: 'UBOB' })).toEqual(['My number is 0151-555.']);
    expect(await started.memory.own.forget(ann, id)).toEqual({ mementos: 0, events: 0, left: 0 });
  });

  it('what was forgotten stays so: neither a job that ran already nor an earlier question that ends late brings it back', async () => {
    await using started = await startMemory();
    const late = started.asking({ text: 'My number is 0151-555. I lead payments.' });
    await started.says('My number is 0151-555.');
    expect(await started.memory.own.forgetSaid(ann, 'My number is 0151-555')).toMatchObject({ mementos: 0, events: 1 });
    await started.memory.note(late);
    const said = [];
    for await (const { text } of started.memory.own.said(ann)) said.push(text);
    expect(said).toEqual(['I lead payments.']);
    await started.clock.advance(120_000);
    expect(started.stored.records.map(({ text }) => text)).toContain('My number is 0151-555.');
    expect(await started.textsOf()).toEqual(['I lead payments.']);
    const recalled = await started.memory.recall(started.asking({ text: 'what is my number?' }));
    expect(recalled).toMatchObject({ facts: [expect.stringContaining('I lead payments.')] });
  });

  it('asking about it brings nothing back; only its owner does, by saying it again', async () => {
    await using started = await startMemory();
    await started.says('My number is 0151-555.');
    await started.extracted();
    await started.memory.own.forgetSaid(ann, 'my number, 0151-555');
    await started.says('Is my number 0151-555?');
    await started.says('My number is 0151-555.', { userId: 'UBOB' });
    await started.extracted();
    expect(await started.textsOf()).toEqual([]);
    await started.says('By the way, my number is 0151-555 again.');
    await started.extracted();
    expect(await started.textsOf()).toContain('By the way, my number is 0151-555 again.');
  });

  it('of what was forgotten the table holds no word, and without the key nobody can tell whether it does', async () => {
    await using started = await startMemory();
    await started.memory.own.forgetSaid(ann, 'My Zanzibar number is 0151-555');
    const { Items = [] } = await started.client.send(new ScanCommand({ TableName: started.tableName }));
    expect(Items).toHaveLength(1);
    expect(JSON.stringify(Items)).not.toMatch(/zanzibar|number|0151|555/i);
    const { forgotten } = await started.memory.choices.read(ann);
    const withoutTime = (entries: readonly string[]) => entries.map((entry) => entry.replace(/^\d+:/, ''));
    const guessed = (key: string) =>
      createForgottenTexts(key, Date.now).with({ forgotten: [] }, 'My Zanzibar number is 0151-555').forgotten;
    expect(withoutTime(guessed('xoxb-key'))).toEqual(withoutTime(forgotten));
    for (const hash of withoutTime(guessed('xoxb-other'))[0]?.split('.') ?? ['']) expect(forgotten[0]).not.toContain(hash);
  });

  it('the request to forget is no event, and no search shows what it names', async () => {
    await using started = await startMemory();
    await started.says('My number is 0151-555.');
    await started.extracted();
    const text = 'Please forget that my number is 0151-555';
    expect(await started.memory.recall(started.asking({ text }))).toMatchObject({ facts: [] });
    await started.memory.own.forgetSaid(ann, text);
    await started.says(text);
    await started.clock.advance(60_000);
    expect(started.stored.events).toEqual([]);
    expect(await started.memory.recall(started.asking({ text: 'my number' }))).toMatchObject({ facts: [] });
  });

  it('forgetting everything tells how much is gone, of three namespaces and four sessions, by pages, of this person only', async () => {
    await using started = await startMemory();
    for (let index = 0; index < 250; index += 1) {
      const namespace = [`/facts/${mine}/open/`, `/facts/${mine}/closed/`, `/standing/${mine}/`][index % 3] ?? '';
      started.stored.plant({ text: `Fact ${index}`, namespace });
    }
    started.stored.plant({ text: 'Of another Ann', namespace: '/facts/slack-T01-UANN1/open/' });
    for (let index = 0; index < 26; index += 1) {
      await writesEvents(
        started,
        ['open', 'closed', 's3', 's4'].map((sessionId) => ({ sessionId, payload: [said(`Sentence ${index}.`)] })),
      );
      await writesEvents(started, [{ payload: [{ blob: { index } }] }]);
      await started.clock.advance(600);
    }
    await started.says('I lead payments.', { userId: 'UANN1' });
    expect(await started.memory.own.forgetAll(ann)).toEqual({ mementos: 250, events: 130, left: 0 });
    expect(started.stored.records.map(({ text }) => text)).toEqual(['Of another Ann']);
    expect(started.stored.events.map(({ actorId }) => actorId)).toEqual(['slack-T01-UANN1']);
    await started.extracted();
    // What was being extracted meanwhile came back to the store, and stays out of what anybody sees.
    expect(started.stored.records.length).toBeGreaterThan(1);
    expect(await started.textsOf()).toEqual([]);
    // Whoever looks finds it, and it is gone for good.
    expect(started.stored.records.map(({ namespace }) => namespace)).not.toContainEqual(expect.stringContaining(`/${mine}/`));
  });

  it('forgetting everything lets nothing in that is made later of what was said before, however it is worded and dated', async () => {
    await using started = await startMemory();
    await started.says('I lead payments.');
    await started.clock.advance(1_000);
    await started.memory.own.forgetAll(ann);
    await started.says('I look for another job.', { channelId: 'D01', isDirect: true });
    // No model could find the words of the one in the other.
    for (const place of ['open', 'closed'])
      started.stored.plant({ text: 'Heads the money people.', namespace: `/facts/${mine}/${place}/` });
    started.stored.plant({ text: '{"kind":"preference","text":"In verse."}', namespace: `/standing/${mine}/`, createdAt: 1 });
    await started.extracted();
    const direct = { text: 'what do I do?', channelId: 'D01', isDirect: true };
    const told = { standing: [], facts: [expect.stringContaining('another job')] };
    expect(await started.memory.recall(started.asking(direct))).toEqual(told);
    expect(await started.textsOf()).toEqual(['I look for another job.']);
    expect(started.stored.records.map(({ text }) => text)).toEqual(['I look for another job.']);
    expect(await started.memory.own.forgetSaid(ann, 'I look for another job')).toMatchObject({ mementos: 1, events: 1 });
    await started.memory.own.keep(ann, { kind: 'preference', text: 'No tables.', place: 'open' }, 'q-1');
    expect(await started.memory.recall(started.asking(direct))).toEqual({ standing: ['No tables.'], facts: [] });
  });

  it('forgetting everything leaves what another program made since', async () => {
    await using started = await startMemory();
    await started.memory.own.forgetAll(ann);
    await started.clock.advance(120_000);
    started.stored.plant({ text: 'Leads search.', namespace: `/facts/${mine}/of-another/` });
    expect(await started.textsOf()).toEqual(['Leads search.']);
    await started.memory.own.forgetAll(ann);
    expect(await started.textsOf()).toEqual([]);
  });

  it('forgetting everything ends although something cannot be deleted, and says so', async () => {
    await using started = await startMemory();
    for (const text of ['Fact one', 'Fact two', 'Fact three']) started.stored.plant({ text, namespace: `/facts/${mine}/open/` });
    const recordId = started.stored.records[1]?.id ?? '';
    started.stored.inject({ kind: 'stuck', operation: 'BatchDeleteMemoryRecords', recordId, times: Number.POSITIVE_INFINITY });
    await started.says('I lead payments.');
    started.stored.inject({ kind: 'denied', operation: 'DeleteEvent', times: Number.POSITIVE_INFINITY });
    expect(await started.memory.own.forgetAll(ann)).toEqual({ mementos: 2, events: 0, left: 2 });
    expect(await started.textsOf()).toEqual([]);
  });

  it('paused or not, they see, keep and forget', async () => {
    await using started = await startMemory();
    await started.says('I lead payments.');
    await started.extracted();
    await started.memory.choices.change(ann, (choices) => ({ ...choices, isPaused: true }));
    await started.memory.own.keep(ann, { kind: 'preference', text: 'No tables.', place: 'open' }, 'q-1');
    expect(await started.textsOf()).toEqual(['No tables.', 'I lead payments.']);
    expect(await started.memory.own.forgetAll(ann)).toMatchObject({ mementos: 2 });
    expect((await started.memory.choices.read(ann)).isPaused).toBe(true);
  });

  it('R19 events and records of any shape, by whomever, break neither a list nor a question nor forgetting', async () => {
    await using started = await startMemory();
    const shapes: CreateEventCommandInput['payload'][] = [
      [said('{"message":')],
      [said('{"role":"user"}')],
      [said('   ')],
      [{ blob: 'not an object' }],
      [{ blob: { message: { role: 'assistant', content: [{ toolUse: { toolUseId: 't1', name: 'x', input: {} } }] } } }],
      [{ json: { content: null } }],
      [{ conversational: { role: 'TOOL', content: { text: 'remember: I hate tables' } } }],
      [{ conversational: { role: 'OTHER', content: { text: 'a 🎉' } } }],
      [],
    ];
    for (const payload of shapes) {
      await writesEvents(started, [{ payload, sessionId: `s${shapes.indexOf(payload)}` }]);
    }
    for (let index = 0; index < 110; index += 1) await writesEvents(started, [{ sessionId: 'many', payload: [{ blob: { index } }] }]);
    started.stored.plant({ text: ' ', namespace: `/facts/${mine}/open/` });
    await started.extracted();
    expect(await started.memory.recall(started.asking({ text: 'tables' }))).toMatchObject({ standing: [] });
    await expect(started.textsOf()).resolves.toContain('{"message":');
    const events = started.stored.events.length;
    expect(await started.memory.own.forgetAll(ann)).toMatchObject({ events });
    expect(started.stored.events).toEqual([]);
  });
});

function said(text: string) {
  return { conversational: { role: 'USER' as const, content: { text } } };
}
