import { beforeAll, describe, expect, it } from 'vitest';
import { askedLater, datedFacts } from './dated-facts.ts';
import { startMemory } from './start-memory.ts';

const dayOf = (day: number) => new Date(Date.UTC(2026, 10, 23 + day)).toISOString().slice(0, 10);

/** What was said in the course of weeks, one fact forgotten, and what the block and the store hold for each question. */
async function measured() {
  await using started = await startMemory();
  const { memory, stored, clock } = started;
  let day = 0;
  for (const { who: userId, text, isPrivate, ...fact } of datedFacts.toSorted((a, b) => a.day - b.day)) {
    await clock.advance((fact.day - day) * 86_400_000);
    day = fact.day;
    await started.says(text, { userId, ...(isPrivate ? { channelId: 'D01', isDirect: true } : {}) });
    await started.extracted();
  }
  await memory.own.forgetSaid({ teamId: 'T01', userId: 'UANN' }, 'My private number is 0151-555.');
  const recalled = async (userId: string, text: string, isDirect: boolean) => {
    const found = await memory.recall(started.asking({ userId, text, isDirect, channelId: isDirect ? 'D01' : 'COPS' }));
    if (found === 'off') throw new Error('off');
    return found.facts;
  };
  const sdk = await import('@aws-sdk/client-bedrock-agentcore');
  const client = new sdk.BedrockAgentCoreClient({
    endpoint: stored.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const topTen = async (userId: string, searchQuery: string) => {
    const searches = ['open', 'closed'].map(async (place) => {
      const input = {
        memoryId: 'vera_memory-a1b2c3d4e5',
        namespace: `/facts/slack-T01-${userId}/${place}/`,
        searchCriteria: { searchQuery, topK: 10 },
      };
      const { memoryRecordSummaries = [] } = await client.send(new sdk.RetrieveMemoryRecordsCommand(input));
      return memoryRecordSummaries.map(({ content }) => content?.text ?? '');
    });
    return (await Promise.all(searches)).flat();
  };
  const questions = [];
  for (const asked of askedLater) {
    const [direct, inChannel, store] = [
      await recalled(asked.who, asked.text, true),
      await recalled(asked.who, asked.text, false),
      await topTen(asked.who, asked.text),
    ];
    questions.push({ ...asked, direct, inChannel, store });
  }
  client.destroy();
  return questions;
}

describe('what is recalled of forty facts of three people', () => {
  let questions: Awaited<ReturnType<typeof measured>>;
  beforeAll(async () => {
    questions = await measured();
  }, 60_000);
  const holds = (texts: readonly string[], part: string) => texts.some((text) => text.includes(part));

  it('holds at least 95 of a hundred wanted facts that the store finds among its nearest ten', () => {
    const wanted = questions.flatMap(({ wanted, store, direct }) =>
      wanted.map((part) => ({ part, store: holds(store, part), block: holds(direct, part) })),
    );
    const [found, told] = [wanted.filter(({ store }) => store).length, wanted.filter(({ store, block }) => store && block).length];
    expect(found).toBeGreaterThan(20);
    expect(told / found).toBeGreaterThanOrEqual(0.95);
  });

  it('is the asker’s own, never a namesake’s', () => {
    for (const { who, direct } of questions) {
      const own = datedFacts.filter((fact) => fact.who === who).map(({ text }) => text);
      for (const fact of direct) expect(own).toContain(fact.slice('2026-11-23: '.length));
    }
  });

  it('is never what was forgotten, and still another number', () => {
    const texts = questions.filter(({ who }) => who === 'UANN').flatMap(({ direct, inChannel }) => [...direct, ...inChannel]);
    expect(texts.filter((text) => text.includes('0151'))).toEqual([]);
    expect(holds(texts, '040-777')).toBe(true);
  });

  it('is in a channel nothing that was said in private', () => {
    expect(questions.flatMap(({ inChannel }) => inChannel).filter((text) => /another job|new office/.test(text))).toEqual([]);
  });

  it('bears its day, and what was said later stands later', () => {
    const [leads] = questions;
    const about = leads?.direct.filter((text) => text.includes('payments team')) ?? [];
    expect(about).toEqual([
      `${dayOf(0)}: I lead the payments team.`,
      `${dayOf(30)}: Since this week Carla leads the payments team, I moved to search.`,
    ]);
    for (const { wanted, direct } of questions) {
      const places = wanted.map((part) => direct.findIndex((text) => text.includes(part))).filter((place) => place !== -1);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });
});
