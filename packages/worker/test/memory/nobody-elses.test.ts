import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, ownerOf, places, standingOf } from '../../src/memory/memory-owner.ts';
import { startMemory } from './start-memory.ts';

const id = fc.stringMatching(/^[UW][A-Z0-9]{1,12}$/);
const team = fc.stringMatching(/^[TE][A-Z0-9]{1,12}$/);
/** What Slack never sends, and what would mean other namespaces. */
const noId = fc.oneof(
  fc.constantFrom('', ' ', 'undefined', 'null', '*', '/', '..', 'U/../U2', 'U1/', 'U*', 'U1:open', 'u1', 'U', 'U1\n', 'U1 ', 'U1-U2', 'Ü1'),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/^[TEUW][A-Z0-9]{1,30}$/.test(text)),
);

describe('whose memory is reached', () => {
  it('R18 it is named by team and user id alone, whatever they are called and in whatever thread they ask', async () => {
    await using started = await startMemory();
    for (const threadTs of ['1.1', '2.2']) await started.says(`I am Ann, in ${threadTs}.`, { threadTs });
    await started.says('I am Ann, too.', { userId: 'UANN2' });
    expect(started.stored.events.map(({ actorId, sessionId }) => [actorId, sessionId])).toEqual([
      ['slack-T01-UANN', 'open'],
      ['slack-T01-UANN', 'open'],
      ['slack-T01-UANN2', 'open'],
    ]);
  });

  it('R17 two people of one name, and one whose id begins with another’s, keep their memories apart', async () => {
    await using started = await startMemory();
    await started.says('I am Ann and like tables.');
    await started.says('I am Ann and hate tables.', { userId: 'UANN2' });
    await started.extracted();
    const facts = async (userId: string) => started.memory.recall(started.asking({ userId, text: 'tables, Ann?' }));
    expect(await facts('UANN')).toMatchObject({ facts: [expect.stringContaining('like')] });
    expect(await facts('UANN2')).toMatchObject({ facts: [expect.stringContaining('hate')] });
    const [own] = started.stored.records.filter(({ namespace }) => namespace.includes('UANN2'));
    expect(await started.memory.own.forget({ teamId: 'T01', userId: 'UANN' }, own?.id ?? '')).toMatchObject({ mementos: 0 });
    await started.memory.own.forgetAll({ teamId: 'T01', userId: 'UANN' });
    expect(started.stored.records).toEqual([own]);
  });

  it('no namespace of one person is the beginning of another’s, and no two people have one', () => {
    const people = fc.tuple(team, id, team, id);
    fc.assert(
      fc.property(people, ([teamId, userId, otherTeam, otherUser]) => {
        fc.pre(teamId !== otherTeam || userId !== otherUser);
        const [one, other] = [ownerOf({ teamId, userId }), ownerOf({ teamId: otherTeam, userId: otherUser })];
        if (!one || !other) throw new Error('Slack’s own ids have a memory');
        const theirs = [standingOf(other), ...places.map((place) => factsOf(other, place))];
        for (const namespace of [standingOf(one), ...places.map((place) => factsOf(one, place))])
          for (const another of theirs) expect(another.startsWith(namespace)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('whoever has no ids of Slack’s form has no memory, and AWS is not asked', async () => {
    await using started = await startMemory();
    const { memory } = started;
    const bad = fc.oneof(
      fc.record({ teamId: noId, userId: id }),
      fc.record({ teamId: team, userId: noId }),
      fc.constant({ teamId: undefined as unknown as string, userId: 'U1' }),
      fc.constant({ teamId: 'T1', userId: undefined as unknown as string }),
    );
    await fc.assert(
      fc.asyncProperty(bad, async (person) => {
        const asking = started.asking({ ...person, text: 'I lead payments.' });
        expect(await memory.recall(asking)).toEqual({ standing: [], facts: [] });
        await memory.note(asking);
        for await (const memento of memory.own.list(person)) throw new Error(memento.text);
        expect(await memory.own.forgetAll(person)).toEqual({ mementos: 0, events: 0, left: 0 });
        expect(await memory.own.forgetSaid(person, 'x')).toEqual({ mementos: 0, events: 0, left: 0 });
        expect(await memory.own.forget(person, 'mem-1')).toEqual({ mementos: 0, events: 0, left: 0 });
      }),
      { numRuns: 100 },
    );
    expect(started.calls('')).toEqual([]);
  });

  it('an id that is not in somebody’s own list forgets nothing, whatever it looks like', async () => {
    await using started = await startMemory();
    started.stored.plant({ text: 'Bob leads payments.', namespace: '/facts/slack-T01-UBOB/open/' });
    const [theirs] = started.stored.records;
    const ids = fc.oneof(fc.constantFrom(theirs?.id ?? '', `${theirs?.id}?namespace=/facts/`, '*', '', '/'), fc.string());
    await fc.assert(
      fc.asyncProperty(ids, async (any) => {
        await started.memory.own.forget({ teamId: 'T01', userId: 'UANN' }, any);
        expect(started.stored.records).toEqual([theirs]);
      }),
      { numRuns: 20 },
    );
  });
});
