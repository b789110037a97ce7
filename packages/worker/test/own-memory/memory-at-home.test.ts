import { areTooLong, checkBlocks } from '@vera/slack-stand-in/blocks/check-blocks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { homeView } from '../../src/errands/home-view.ts';
import { memoryBlocks, memorySizes } from '../../src/own-memory/memory-blocks.ts';
import { memoryPage, memoryPlaceValue, readMemoryPlace } from '../../src/own-memory/memory-page.ts';
import { northwind } from '../northwind.ts';
import { answered, buttonsIn, startRemembering } from '../questions/start-remembering.ts';

const [ann, bob] = [
  { teamId: 'T01', userId: 'UANN' },
  { teamId: 'T01', userId: 'UBOB' },
];
const open = '/facts/slack-T01-UANN/open/';
type Started = Awaited<ReturnType<typeof startRemembering>>;

const idsAt = (started: Started) =>
  buttonsIn(started.slack.home('UANN')?.blocks).flatMap(({ actionId, value }) =>
    actionId === 'memory-forget' ? (readMemoryPlace(value).id ?? []) : [],
  );

describe('memory in the home tab', () => {
  it('F14 every one of 180 can be found and forgotten, in pages that Slack takes, however they are written', async () => {
    await using started = await startRemembering([]);
    const long = '<&>"\\ '.repeat(120);
    for (let at = 0; at < 180; at += 1)
      started.stored.plant({ text: `${at}. ${long}`, namespace: open, createdAt: Date.UTC(2026, 9, 1) + at });
    await started.openHome();
    expect(started.home()).toContain('1 to 20 of 180, … and 160 more');
    const ids = new Set(idsAt(started));
    for (let page = 1; page < 9; page += 1) {
      await started.press('memory:more', { home: true });
      for (const id of idsAt(started)) ids.add(id);
    }
    expect(ids.size).toBe(180);
    expect(started.home()).not.toContain('memory:more');
    const before = idsAt(started).at(-1);
    await started.press('memory-forget', { home: true, which: 19 });
    expect(started.home()).toContain('Forgotten: 1 thing.');
    expect(started.home()).toContain('I remember 179 things of you.');
    expect(started.stored.records.map(({ id }) => id)).not.toContain(before);
    const refused = started.slack.calls.filter(({ response }) => (response as { ok?: boolean }).ok === false);
    expect(refused).toEqual([]);
  });

  it('F14 stays within 100 blocks and 250 kB beside 15 accounts of long names', () => {
    const memento = (at: number) => ({ id: `mem-${at}`, text: '<&> '.repeat(400), since: 0, place: 'closed' as const });
    const page = memoryPage(
      Array.from({ length: 180 }, (_, at) => memento(at)),
      { page: 3, query: '&' },
      memorySizes.home.entries,
    );
    const memory = memoryBlocks({ page, total: 180, isPaused: false, notice: 'Done.' }, memorySizes.home.characters);
    const provider = { name: 'P'.repeat(80), use: 'u'.repeat(200) };
    const account = { name: '<'.repeat(300), sites: [], state: 'connected' as const };
    const view = homeView({
      companyName: 'x'.repeat(300),
      abilities: { systems: [], documents: [], readsSlack: true, changes: true, remembers: true },
      connections: Array.from({ length: 15 }, () => ({ provider, account })),
      link: 'https://x',
      day: 'Today …',
      memory,
    });
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(view).length).toBeLessThanOrEqual(250_000);
    const texts = [...JSON.stringify(view).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.length);
    expect(Math.max(...texts)).toBeLessThanOrEqual(3_000);
    expect(JSON.stringify(view)).toMatch(/… and \d+ more/);
  });

  it('F14 is taken by Slack in a message too, whatever it says and whatever was searched for', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3_000 }),
      fc.constantFrom('<'.repeat(900), '"\\'.repeat(900), '\u0001'.repeat(900), '👨‍👩‍👧'.repeat(300)),
    );
    const memento = fc.record({ id: fc.uuid(), text, since: fc.nat(), place: fc.constantFrom('open' as const, 'closed' as const) });
    fc.assert(
      fc.property(fc.array(memento, { maxLength: 12 }), fc.nat(9), text, (mementos, page, query) => {
        const { entries, characters } = memorySizes.message;
        const blocks = memoryBlocks(
          {
            page: memoryPage(mementos, { page, query: query.slice(0, 100) }, entries),
            total: mementos.length,
            isPaused: false,
            notice: 'Done.',
          },
          characters,
        );
        expect(checkBlocks(blocks)).toEqual([]);
        expect(areTooLong(blocks)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('searches by words, and goes back to all of it', async () => {
    await using started = await startRemembering([]);
    for (const text of ['Ann leads payments.', 'Ann lives in Berlin.']) started.stored.plant({ text, namespace: open });
    await started.openHome();
    await started.press('memory-search', { home: true, typed: 'BERLIN lives' });
    expect(started.home()).toContain('Ann lives in Berlin.');
    expect(started.home()).not.toContain('leads payments');
    await started.press('memory-search', { home: true, typed: 'nothing of it' });
    expect(started.home()).toContain('Nothing with “nothing of it”.');
    await started.press('memory:all', { home: true });
    expect(started.home()).toContain('leads payments');
  });

  it('pauses and goes on; forgets everything after two questions; says what is kept of nobody', async () => {
    await using started = await startRemembering([]);
    started.stored.plant({ text: 'Ann leads payments.', namespace: open });
    started.stored.plant({ text: 'Bob hates tables.', namespace: open.replace('UANN', 'UBOB') });
    await started.openHome();
    await started.press('memory-pause', { home: true });
    expect(started.home()).toContain('*Memory is paused.*');
    expect((await started.memory.choices.read(ann)).isPaused).toBe(true);
    expect((await started.memory.choices.read(bob)).isPaused).toBe(false);
    await started.press('memory-resume', { home: true });
    await started.press('memory-empty', { home: true });
    expect(started.stored.records).toHaveLength(2);
    await started.press('memory:keep', { home: true });
    expect(started.home()).toContain('Ann leads payments.');
    await started.press('memory-empty', { home: true });
    await started.press('memory-empty:yes', { home: true });
    expect(started.home()).toContain('Forgotten: 1 thing.');
    expect(started.home()).toContain('I remember nothing of you.');
    expect(started.stored.records.map(({ text }) => text)).toEqual(['Bob hates tables.']);
  });

  it('R17 an id of somebody else’s memory, put into one’s own button, reaches nothing', async () => {
    await using started = await startRemembering([]);
    started.stored.plant({ text: 'Bob hates tables.', namespace: open.replace('UANN', 'UBOB') });
    const id = started.stored.records[0]?.id;
    expect(await started.memory.own.forget(ann, id ?? '')).toMatchObject({ mementos: 0 });
    expect(readMemoryPlace(memoryPlaceValue({ page: 0, query: '', id })).id).toBe(id);
    expect(started.stored.records).toHaveLength(1);
  });

  it('is exported as a file to the person alone, with the messages it came from', async () => {
    await using started = await startRemembering(['Fine.']);
    await answered(started.worker, { text: '<@UVERA> I lead payments. What is open?' });
    await started.extracted();
    await started.openHome();
    await started.press('memory-export', { home: true });
    expect(started.home()).toContain('I sent you a file with all of it');
    const [file] = started.slack.messages('DANN').flatMap(({ files = [] }) => files);
    const kept = JSON.parse(Buffer.from(started.slack.file(String(file?.id))?.bytes ?? []).toString());
    expect(kept).toMatchObject({
      isPaused: false,
      remembered: [{ text: 'I lead payments.', kind: 'fact', saidIn: 'a public channel' }, { text: 'What is open?' }],
      messages: [{ text: 'I lead payments.\nWhat is open?', saidIn: 'a public channel' }],
    });
    expect(started.slack.messages('COPS').flatMap(({ files = [] }) => files)).toEqual([]);
  });

  it('says that memory cannot be reached, and shows the rest', async () => {
    await using started = await startRemembering([]);
    started.stored.inject({ kind: 'unavailable', times: 99 });
    await started.openHome();
    expect(started.home()).toContain('I could not reach my memory just now');
    expect(started.home()).toContain('Your accounts');
    expect(JSON.stringify(started.lines)).toContain('memory.unreachable');
  });

  it('R18 two people of one name see and forget their own', async () => {
    await using started = await startRemembering([]);
    await started.memory.own.keep(ann, { kind: 'preference', text: 'answer in German', place: 'open' }, 'q1');
    await started.memory.own.keep(bob, { kind: 'preference', text: 'answer in French', place: 'open' }, 'q2');
    await started.openHome('UANN');
    await started.openHome('UBOB');
    expect(started.home('UANN')).toContain('answer in German');
    expect(started.home('UANN')).not.toContain('French');
    await started.press('memory-forget', { home: true, user: 'UBOB' });
    expect(started.home('UBOB')).toContain('I remember nothing of you.');
    expect(await Array.fromAsync(started.memory.own.list(ann))).toHaveLength(1);
  });
});

describe('the command', () => {
  it('shows the list by its word, privately in any channel, and tells the truth of what is kept by “forget”', async () => {
    await using started = await startRemembering([]);
    started.stored.plant({ text: 'Ann leads payments.', namespace: open });
    await started.slack.command({ user: 'UANN', channel: 'COPS', name: '/vera', text: 'memory' });
    expect(JSON.stringify(started.told()?.blocks)).toContain('Ann leads payments.');
    await started.press('memory-forget');
    expect(JSON.stringify(started.told()?.blocks)).toContain('Forgotten: 1 thing.');
    started.stored.plant({ text: 'Ann leads search.', namespace: open });
    await started.slack.command({ user: 'UANN', channel: 'COPS', name: '/vera', text: 'forget' });
    expect(started.told()?.text).toContain('*What I remember of you*: one thing');
    expect(started.told()?.text).not.toContain('no other memory');
    expect(started.slack.messages('COPS')).toEqual([]);
  });
});

describe('F16 of a guest who was a colleague', () => {
  const users = northwind.users.map((user) => (user.id === 'UANN' ? { ...user, guest: 'multi' as const } : user));
  const guests = { slack: { workspace: { ...northwind, users } } };

  it('what was remembered is theirs to see, to take and to forget, and nothing is added to it', async () => {
    await using started = await startRemembering([], guests);
    await started.openHome();
    expect(started.home()).not.toContain('What I remember of you');
    for (const text of ['Ann leads payments.', 'Ann lives in Berlin.']) started.stored.plant({ text, namespace: open });
    await started.openHome();
    for (const part of ['You are a guest', 'Ann leads payments.']) expect(started.home()).toContain(part);
    expect(started.home()).not.toContain('For instance');
    await started.press('memory-export', { home: true });
    expect(JSON.stringify(started.slack.messages('DANN'))).toContain('what-vera-remembers.json');
    await started.press('memory-forget', { home: true });
    expect(started.stored.records).toHaveLength(1);
    await started.press('memory-pause', { home: true });
    await started.press('memory-resume', { home: true });
    expect((await started.memory.choices.read(ann)).isPaused).toBe(true);
    await started.press('memory-empty', { home: true });
    await started.press('memory-empty:yes', { home: true });
    expect(started.stored.records).toEqual([]);
  });

  it('is shown and counted for the command', async () => {
    await using started = await startRemembering([], guests);
    started.stored.plant({ text: 'Ann leads payments.', namespace: open });
    await started.slack.command({ user: 'UANN', channel: 'COPS', name: '/vera', text: 'memory' });
    expect(JSON.stringify(started.told()?.blocks)).toMatch(/You are a guest.*Ann leads payments\./);
    await started.slack.command({ user: 'UANN', channel: 'COPS', name: '/vera', text: 'forget' });
    expect(started.told()?.text).toMatch(/^You are a guest[\s\S]*What I remember of you\*: one thing/);
  });
});
