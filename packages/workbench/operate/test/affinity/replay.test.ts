import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QuestionRecord } from '@vera/ledger/ledger';
import { describe, expect, it } from 'vitest';
import { trafficIn, trafficOf } from '../../src/affinity/read-traffic.ts';
import { type Asked, replay, replayOnLambda } from '../../src/affinity/replay.ts';
import { affinityOf, tellAffinity } from '../../src/affinity/tell-affinity.ts';
import { assumedSession, traffics } from '../../src/cost/estimate/assumed.ts';
import { onAgentCore, onLambda } from '../../src/cost/estimate/running-costs.ts';

const minute = 60_000;
const question = { seconds: 60, cpuSeconds: 5 };

describe('a replay', () => {
  it.each(['v1', 'v2'] as const)('of the article’s traffic comes to what the estimate says on %s', (platform) => {
    const estimate = onAgentCore(traffics.dozens, question, { ...assumedSession[platform], idleSeconds: 330 }, platform);
    const replayed = replay(dozens(), 'thread', 330);
    expect(replayed.dollars[platform]).toBeCloseTo(estimate.dollars, 10);
    expect(replayed.gigabyteHours[platform]).toBeCloseTo(estimate.gigabyteHours, 10);
    expect(replayed.starts).toBe(96);
  });

  it('on Lambda comes to what the estimate says', () => {
    const { dollars } = onLambda(traffics.dozens, question, { gigabytes: 2, startSeconds: 3 });
    expect(replayOnLambda(dozens(), 2).dollars).toBeCloseTo(dollars, 10);
  });

  it('shares a session as far as the scope says', () => {
    const one = asked(0, { userId: 'UANN', channelId: 'C1', threadTs: '1' });
    const others = [
      asked(2, { userId: 'UBOB', channelId: 'C1', threadTs: '1' }),
      asked(4, { userId: 'UANN', channelId: 'C1', threadTs: '2' }),
      asked(6, { userId: 'UANN', channelId: 'C2', threadTs: '3' }),
    ];
    const starts = (['message', 'thread', 'channel', 'user', 'workspace'] as const).map(
      (scope) => replay([one, ...others], scope, 900).starts,
    );
    expect(starts).toEqual([4, 3, 2, 2, 1]);
  });

  it('begins a new one after the idle time, counted from the last answer, and after eight hours whatever comes', () => {
    expect(replay([asked(0), asked(6)], 'thread', 330).starts).toBe(1);
    expect(replay([asked(0), asked(6.6)], 'thread', 330).starts).toBe(2);
    const everyTenMinutes = Array.from({ length: 60 }, (_, index) => asked(index * 10));
    expect(replay(everyTenMinutes, 'thread', 900).starts).toBe(2);
  });

  it('pays a session once where questions overlap, in whatever order they are told', () => {
    const [long, short] = [asked(0, { until: 10 * minute }), asked(1)];
    const [{ gigabyteHours }, alone] = [replay([short, long], 'thread', 60), replay([long], 'thread', 60)];
    expect(gigabyteHours.v2).toBeCloseTo(alone.gigabyteHours.v2, 10);
  });
});

describe('what is advised', () => {
  it('is the fewest starts among those near the cheapest, and never a session for each message', () => {
    const affinity = affinityOf(dozens(), 'v2', 2);
    expect(affinity.advice).toMatch(
      /^Best is session: \{ scope: '(thread|channel|user|workspace)', idleSeconds: \d+, stopAfterMinutes: 'never' \}/,
    );
    expect(affinity.advice).not.toContain("'message'");
    expect(tellAffinity(affinity)).toMatch(/288 questions[\s\S]*Sessions started +60 s +330 s[\s\S]*On Lambda[\s\S]*█/);
  });

  it('is Lambda where that is cheaper by more than a tenth', () => {
    const aDay = 24 * 60;
    const rare = Array.from({ length: 5 }, (_, index) =>
      asked(index * aDay, { until: index * aDay * minute + 1_000, threadTs: String(index) }),
    );
    expect(affinityOf(rare, 'v2', 1).advice).toMatch(/^Cheapest is worker: \{ on: 'lambda' \}/);
  });

  it('is nothing where nobody asked', () => expect(tellAffinity(affinityOf([], 'v2', 2))).toContain('nothing to replay'));
});

describe('traffic', () => {
  it('is read of a log, what is left out assumed', () => {
    const file = logOf(
      '{"at":"2026-11-30T09:00:00Z","user":"U1","channel":"C1","thread":"1"}',
      '',
      '{"at":5,"seconds":2,"user":"U","channel":"C","thread":"2"}',
    );
    const at = Date.UTC(2026, 10, 30, 9);
    expect(trafficIn(file)).toMatchObject([
      { at, until: at + minute, userId: 'U1', cpuSeconds: 5 },
      { at: 5, until: 2_005 },
    ]);
  });

  it.each(['{"at":"yesterday","user":"U1","channel":"C1","thread":"1"}', 'not JSON', '{"at":1,"user":"U1"}'])(
    '%s is refused with its line',
    (line) => expect(() => trafficIn(logOf('', line))).toThrow(/line 2/),
  );

  it('of the ledger leaves out what never began and what went with another question', () => {
    const question = { teamId: 'T', channelId: 'C', threadTs: '1', userId: 'U' };
    const records = [
      { question, startedAt: 1_000, closedAt: 5_000 },
      { question, closedAt: 5_000 },
      { question, startedAt: 1_000 },
      { question, startedAt: 1_000, closedAt: 5_000, foldedInto: '2' },
    ] as unknown as readonly QuestionRecord[];
    expect(trafficOf(records)).toMatchObject([{ at: 1_000, until: 5_000 }]);
  });
});

/** A question of a minute, so many minutes after the first. */
function asked(minutes: number, more: Partial<Asked> = {}): Asked {
  const at = minutes * minute;
  return { teamId: 'T', channelId: 'C1', threadTs: '1', userId: 'UANN', at, until: at + minute, cpuSeconds: 5, ...more };
}

/** 96 threads of three, each a minute after the one before has ended. */
function dozens(): readonly Asked[] {
  return Array.from({ length: 288 }, (_, index) =>
    asked(Math.floor(index / 3) * 60 + (index % 3) * 2, { threadTs: String(Math.floor(index / 3)) }),
  );
}

function logOf(...lines: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'vera-traffic-')), 'traffic.jsonl');
  writeFileSync(file, lines.join('\n'));
  return file;
}
