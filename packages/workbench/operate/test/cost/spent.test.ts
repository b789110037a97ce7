import type { QuestionRecord } from '@vera/ledger/ledger';
import { describe, expect, it } from 'vitest';
import { periodOf } from '../../src/cost/period.ts';
import { type SpentParams, spentIn } from '../../src/cost/spent/spent.ts';
import { tellSpent } from '../../src/cost/spent/tell-spent.ts';
import type { Usage } from '../../src/cost/spent/usage-logs.ts';

const at = (text: string) => Date.parse(`2026-${text}:00Z`);
const now = at('12-01T00:20');

describe('what it cost', () => {
  it('D36 says until when the usage logs are complete, and shows no partial day as whole', () => {
    const records = [asked('11-29T10:00'), asked('11-30T10:00'), asked('11-30T23:59'), asked('12-01T00:10')];
    // Three hours before now: all of the day before yesterday, and yesterday but for its evening.
    const usage = { ...usageOf(['11-29T10:00', '11-30T10:00']), completeUntil: at('11-30T21:20') };
    const spent = spentIn(params({ records, usage }));
    expect(spent.days.map(({ day, isWhole }) => [day, isWhole])).toEqual([
      ['2026-11-29', true],
      ['2026-11-30', false],
      ['2026-12-01', false],
    ]);
    expect(spent.notes).toEqual(
      expect.arrayContaining([
        expect.stringContaining('complete until 2026-11-30 21:20 UTC'),
        expect.stringContaining('2026-12-01 is not over'),
      ]),
    );
    expect(tellSpent(spent)).toBe(`2026-11-29 00:00 UTC to 2026-12-01 00:20 UTC

            questions   tokens   models  AgentCore
2026-11-29          1   50,000  $0.1320    $0.0024
2026-11-30          2  100,000  $0.2640    $0.0024  not complete
2026-12-01          1   50,000  $0.1320    $0.0000  not complete
together            4  200,000  $0.5280    $0.0048

Models and AgentCore together: $0.5328.
2026-12-01 is not over: it is told until 2026-12-01 00:20 UTC.
AgentCore’s usage logs come hours late: they are complete until 2026-11-30 21:20 UTC. What is told of later is too little.
Not in here: Lambda, DynamoDB, logs and what else bills by itself. pnpm vera cost estimate names it.
`);
  });

  it('D36 a day is whole once it is over, its logs are complete, and none of its questions is open', () => {
    const period = periodOf({ yesterday: true }, now);
    const usage = { ...usageOf(['11-30T10:00']), completeUntil: at('12-01T00:00') };
    const [closed, open] = [asked('11-30T10:00'), asked('11-30T11:00', { closedAt: undefined, state: 'waiting' })];
    const isWhole = (more: Pick<SpentParams, 'records'> & { readonly usage?: Usage }) =>
      spentIn(params({ period, usage, ...more })).days[0]?.isWhole;
    expect(isWhole({ records: [closed] })).toBe(true);
    expect(isWhole({ records: [closed, open] })).toBe(false);
    expect(isWhole({ records: [closed], usage: { ...usage, completeUntil: at('11-30T23:59') } })).toBe(false);
    expect(spentIn(params({ period, usage, records: [closed, open] })).notes.join()).toContain('1 of the questions is not over');
  });

  it('names what could not be read, and shows no number in its place', () => {
    const spent = spentIn(params({ records: [asked('11-30T10:00')], usage: 'you may not read /aws/x.' }));
    expect(spent.runtime).toBeUndefined();
    expect(tellSpent(spent)).toMatch(/2026-11-30 +1 +50,000 +\$0\.1320 +\?/);
    expect(tellSpent(spent)).toContain('could not be read: you may not read /aws/x.');
    expect(tellSpent(spent)).not.toContain('Models and AgentCore together');
  });

  it('says where an amount is the most it can be, and where there are no usage logs at all', () => {
    const records = [asked('11-30T10:00', { isAtMost: true })];
    const { notes } = spentIn(params({ records, usage: { ...usageOf([]), unreadable: 2 } }));
    expect(notes.join('\n')).toMatch(
      /no usage log of any session[\s\S]*2 entries of the usage logs have another shape[\s\S]*Of 1 a model call broke off/,
    );
  });

  it('says that the ledger keeps questions for thirty days where more was asked for', () => {
    const period = periodOf({ days: '40' }, now);
    expect(spentIn(params({ period, records: [], usage: usageOf([]) })).notes.join()).toContain(
      'those before 2026-11-01 00:20 UTC are not in here',
    );
  });

  it('is told by who asked and by where, dearest first, and counts neither thanks nor hints', () => {
    const records = [
      asked('11-30T10:00', { userId: 'UANN', channelId: 'C1' }),
      asked('11-30T10:01', { userId: 'UBOB', channelId: 'C1' }),
      asked('11-30T10:02', { userId: 'UBOB', channelId: 'C2' }),
      asked('11-30T10:03', { userId: 'UCEO', reason: 'thanks' }),
    ];
    const by = (one: 'person' | 'channel') =>
      spentIn(params({ records, usage: usageOf([]), by: one })).by?.map(({ who, tokens }) => [who, tokens]);
    expect(by('person')).toEqual([
      ['UBOB', 100_000],
      ['UANN', 50_000],
    ]);
    expect(by('channel')).toEqual([
      ['C1', 100_000],
      ['C2', 50_000],
    ]);
  });
});

describe('the days of a cost', () => {
  const days = (values: Parameters<typeof periodOf>[0]) => {
    const { from, until } = periodOf(values, now);
    return [new Date(from).toISOString(), new Date(until).toISOString()];
  };

  it('are those of UTC', () => {
    expect(days({})).toEqual(['2026-11-25T00:00:00.000Z', '2026-12-01T00:20:00.000Z']);
    expect(days({ yesterday: true })).toEqual(['2026-11-30T00:00:00.000Z', '2026-12-01T00:00:00.000Z']);
    expect(days({ since: '2026-11-29' })[0]).toBe('2026-11-29T00:00:00.000Z');
  });

  it.each([{ since: '2026-02-30' }, { since: '29.11.' }, { since: '2026-12-02' }, { days: '0' }, { days: '2', yesterday: true }])(
    '%j is refused',
    (values) => expect(() => periodOf(values, now)).toThrow(/--(since|days)/),
  );
});

function params(more: Pick<SpentParams, 'records' | 'usage'> & Partial<SpentParams>): SpentParams {
  return { period: periodOf({ since: '2026-11-29' }, now), now, platform: 'v2', ...more };
}

type More = Partial<Omit<QuestionRecord, 'closedAt'>> & {
  readonly closedAt?: undefined;
  readonly userId?: string;
  readonly channelId?: string;
};

function asked(when: string, { userId = 'UANN', channelId = 'C1', ...more }: More = {}): QuestionRecord {
  const receivedAt = at(when);
  const spent = { calls: 3, tokens: 50_000, microDollars: 132_000 };
  const question = { userId, channelId } as QuestionRecord['question'];
  return { question, state: 'answered', receivedAt, closedAt: receivedAt + 60_000, ...spent, ...more } as QuestionRecord;
}

/** Of a session each: 392 seconds of 1.2 GB, 5 of the processor. */
function usageOf(moments: readonly string[]): Usage {
  const seconds = moments.map((when) => ({ sessionId: when, at: at(when), cpuHours: 5 / 3600, gigabyteHours: (1.2 * 392) / 3600 }));
  return { seconds, completeUntil: now, latestBy: 0, unreadable: 0 };
}
