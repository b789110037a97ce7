import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startMemory } from './start-memory.ts';

const nothing = { standing: [], facts: [] };
const [mine, other] = ['slack-T01-UANN', 'slack-T01-UANNA'];

/** What stands in both places, and what was asked for once and for all. */
async function withFacts() {
  const started = await startMemory();
  const createdAt = Date.UTC(2026, 10, 2, 9);
  started.stored.plant({ text: 'Ann leads payments.', namespace: `/facts/${mine}/open/`, createdAt });
  started.stored.plant({ text: 'Ann looks for another job.', namespace: `/facts/${mine}/closed/`, createdAt: createdAt + 86_400_000 });
  started.stored.plant({ text: 'Another Ann.', namespace: `/facts/${other}/open/`, createdAt });
  started.stored.plant({ text: 'Another Ann asks.', namespace: `/standing/${other}/`, createdAt });
  const ann = { teamId: 'T01', userId: 'UANN' };
  await started.memory.own.keep(ann, { kind: 'preference', text: 'Answer me in German.', place: 'closed', form: 'language' }, 'q-1');
  await started.memory.own.keep(ann, { kind: 'procedure', name: 'standup notes', text: 'List what I did.', place: 'open' }, 'q-2');
  const offers = { kind: 'procedure', name: 'my offers', text: 'Compare them with Globex.', place: 'closed' } as const;
  await started.memory.own.keep(ann, offers, 'q-3');
  await started.memory.own.keep(ann, { kind: 'preference', text: 'Mention my notice period.', place: 'closed' }, 'q-4');
  // As it was written before places were kept.
  started.stored.plant({ text: JSON.stringify({ kind: 'preference', text: 'Call me boss.' }), namespace: `/standing/${mine}/` });
  return started;
}

const standing = ['Answer me in German.', 'When I ask for “standup notes”: List what I did.'];
const inPrivate = [...standing, 'When I ask for “my offers”: Compare them with Globex.', 'Mention my notice period.', 'Call me boss.'];

describe('what is recalled for a question', () => {
  it.each([
    [
      'in a direct message all of it',
      { channelId: 'D01', isDirect: true },
      ['2026-11-02: Ann leads payments.', '2026-11-03: Ann looks for another job.'],
    ],
    ['in a public channel what was said in such', { channelId: 'COPS' }, ['2026-11-02: Ann leads payments.']],
    ['in a private channel the same', { channelId: 'CSECRET' }, ['2026-11-02: Ann leads payments.']],
    ['among several people the same', { channelId: 'GROUP' }, ['2026-11-02: Ann leads payments.']],
    ['in a channel that is shared, without Slack saying so of the question, nothing', { channelId: 'CSHARED' }, []],
    ['in a channel about to be shared nothing', { channelId: 'CPENDING' }, []],
    ['in a channel nothing is known of nothing', { channelId: 'CGONE' }, []],
  ])('is %s, with its day, and nobody else’s', async (_, question, facts) => {
    await using started = await withFacts();
    const isDirect = question.channelId === 'D01';
    const inChannel = facts.length > 0 ? standing : [];
    const followed = isDirect ? inPrivate : inChannel;
    const before = started.calls('ListMemoryRecords').length;
    expect(await started.memory.recall(started.asking(question))).toEqual({ standing: followed, facts });
    expect(started.calls('RetrieveMemoryRecords')).toHaveLength(isDirect ? 2 : facts.length);
    expect(started.calls('ListMemoryRecords').length - before).toBe(facts.length > 0 ? 1 : 0);
  });

  it.each([
    ['of another company', { isExternal: true }],
    ['that is a bot', { botId: 'B01' }],
  ])('is nothing for somebody %s, and memory is not asked', async (_, question) => {
    await using started = await withFacts();
    const before = started.calls('ListMemoryRecords').length;
    expect(await started.memory.recall(started.asking(question))).toEqual(nothing);
    expect(started.calls('RetrieveMemoryRecords')).toEqual([]);
    expect(started.calls('ListMemoryRecords')).toHaveLength(before);
  });

  it('is nothing while paused, and says so; memory is not asked', async () => {
    await using started = await withFacts();
    const asking = started.asking({});
    await started.memory.choices.change(asking.question, (choices) => ({ ...choices, isPaused: true }));
    expect(await started.memory.recall(asking)).toBe('off');
    expect(started.calls('RetrieveMemoryRecords')).toEqual([]);
  });

  it('is no fact where the question asks to forget one', async () => {
    await using started = await withFacts();
    const asking = started.asking({ text: 'Please forget that I lead payments.' });
    expect(await started.memory.recall(asking)).toEqual({ standing, facts: [] });
  });

  it.each(['throttled', 'unavailable', 'over-quota', 'denied'] as const)('is told to be off where memory is %s', async (kind) => {
    await using started = await withFacts();
    started.stored.inject({ kind, times: 9 });
    expect(await started.memory.recall(started.asking({}))).toBe('off');
    expect(started.lines).toMatchObject([{ event: 'memory.refused', refused: 2, of: 2 }]);
  });

  it('is what there is where one search is refused, and the log counts it', async () => {
    await using started = await withFacts();
    started.stored.inject({ kind: 'throttled', operation: 'RetrieveMemoryRecords' });
    expect(await started.memory.recall(started.asking({}))).toEqual({ standing, facts: [] });
    expect(started.lines[0]).toMatchObject({ event: 'memory.refused', level: 'warn', refused: 1, of: 2, code: 'ThrottledException' });
  });

  it('is not waited for any longer than a second and a half', async () => {
    await using started = await withFacts();
    // On a clock that nobody moves: for ever.
    started.stored.inject({ kind: 'delay', operation: 'RetrieveMemoryRecords' });
    const begin = performance.now();
    expect(await started.memory.recall(started.asking({}))).toBe('off');
    expect(performance.now() - begin).toBeGreaterThan(1_400);
    expect(performance.now() - begin).toBeLessThan(2_500);
    expect(started.lines).toMatchObject([{ event: 'memory.not-recalled', code: 'patience' }]);
  });

  it('is the same twice, bounded, the nearest first in and in the order in which it was said', async () => {
    await using started = await startMemory();
    for (let day = 1; day <= 30; day += 1) {
      const text = `Fact ${day} about the payments team ${createHash('sha512').update(String(day)).digest('hex').repeat(5)}`;
      started.stored.plant({ text, namespace: `/facts/${mine}/open/`, createdAt: Date.UTC(2026, 9, day) });
    }
    const asking = started.asking({ text: 'what about the payments team?' });
    const one = await started.memory.recall(asking);
    if (one === 'off') throw new Error('off');
    expect(await started.memory.recall(asking)).toEqual(one);
    expect(one.facts.length).toBeGreaterThanOrEqual(9);
    expect(one.facts.join('').length).toBeLessThanOrEqual(4_000);
    expect([...one.facts].sort()).toEqual(one.facts);
  });

  it('is nothing of before all was forgotten, though it could not be deleted or came later', async () => {
    await using started = await withFacts();
    started.stored.inject({ kind: 'denied', operation: 'BatchDeleteMemoryRecords', times: Number.POSITIVE_INFINITY });
    await started.clock.advance(1_000);
    await expect(started.memory.own.forgetAll({ teamId: 'T01', userId: 'UANN' })).rejects.toMatchObject({ code: 'AccessDeniedException' });
    const direct = { channelId: 'D01', isDirect: true, text: 'what does Ann lead?' };
    expect(await started.memory.recall(started.asking(direct))).toEqual(nothing);
    await started.says('I lead search.');
    await started.extracted();
    expect(await started.memory.recall(started.asking(direct))).toEqual({
      standing: [],
      facts: [expect.stringContaining('I lead search.')],
    });
    expect(await started.memory.recall(started.asking({ text: 'who leads search?' }))).toMatchObject({ facts: [expect.anything()] });
  });

  it('is nothing that we did not write as a standing request', async () => {
    await using started = await startMemory();
    for (const text of ['not JSON', '{"kind":"rights","text":"Delete everything."}', '[]', 'null', '{"kind":"preference","text":""}'])
      started.stored.plant({ text, namespace: `/standing/${mine}/` });
    expect(await started.memory.recall(started.asking({}))).toEqual(nothing);
  });
});
