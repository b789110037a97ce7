import { describe, expect, it } from 'vitest';
import { createCopyHead } from '../src/copy-head.ts';
import { append } from '../src/dynamo-chain.ts';
import { saidIn } from '../src/line.ts';
import { day, startedAudit } from './started-audit.ts';

describe('copying the head', () => {
  it('tells aloud, once, that the chain does not go on from what was copied, and copies no further', async () => {
    await using audit = await startedAudit();
    const copyHead = createCopyHead({ chain: audit.params, heads: audit.heads, log: audit.log });
    await copyHead();
    await audit.note();
    await copyHead();
    await audit.remove(2);
    await audit.note({ outcome: 'denied' });
    await copyHead();
    await copyHead();
    expect(audit.logged).toMatchObject([{ event: 'audit.broken', level: 'error', number: 2, reason: 'another-than-copied' }]);
    expect(await audit.verified()).toEqual([
      'Line 2 is not the one whose hash was copied on 2026-11-28: from somewhere up to it the chain was written anew.',
    ]);
    await audit.remove(1, 2);
    await copyHead();
    expect(audit.logged).toHaveLength(1);
    await audit.copyHead();
    expect(audit.logged[1]).toMatchObject({ event: 'audit.broken', number: 2, reason: 'missing' });
  });

  it('tells it again every ten minutes while it is so, and not once it was put back', async () => {
    await using audit = await startedAudit();
    const copyHead = createCopyHead({ chain: audit.params, heads: audit.heads, log: audit.log });
    await copyHead();
    await copyHead();
    const [first] = await audit.lines();
    await audit.remove(1);
    for (let minute = 0; minute < 25; minute += 1) {
      await copyHead();
      audit.pass(60_000);
    }
    expect(audit.logged.map(({ event }) => event)).toEqual(Array.from({ length: 3 }, () => 'audit.broken'));
    await audit.overwrite(1, first as NonNullable<typeof first>);
    audit.pass(600_000);
    await copyHead();
    expect(audit.logged).toHaveLength(3);
  });

  it('reads nothing but the last line where nothing moved, and on from what it knows where something did', async () => {
    await using audit = await startedAudit();
    const asked: { readonly ofAll: boolean; readonly from?: string | undefined }[] = [];
    const dynamoDb: typeof audit.params.dynamoDb = (name, input) => {
      const { Limit, ExpressionAttributeValues } = input as { Limit?: number; ExpressionAttributeValues?: Record<string, { S?: string }> };
      if (name === 'Query') asked.push({ ofAll: Limit === undefined, from: ExpressionAttributeValues?.[':from']?.S });
      return audit.params.dynamoDb(name, input);
    };
    const copyHead = createCopyHead({ chain: { ...audit.params, dynamoDb }, heads: audit.heads, log: audit.log });
    for (let look = 0; look < 2; look += 1) await copyHead();
    await audit.note();
    await copyHead();
    asked.length = 0;
    for (let look = 0; look < 3; look += 1) await copyHead();
    expect(asked).toEqual(Array.from({ length: 3 }, () => ({ ofAll: false, from: undefined })));
    await audit.note();
    await copyHead();
    expect(asked.slice(3)).toEqual([
      { ofAll: false, from: undefined },
      { ofAll: true, from: '000000000002' },
    ]);
    expect((await audit.headsNow()).map(({ number }) => number)).toEqual([3]);
  });

  it('sees the last line changed though its number and hash are as they were', async () => {
    await using audit = await startedAudit();
    const copyHead = createCopyHead({ chain: audit.params, heads: audit.heads, log: audit.log });
    for (let look = 0; look < 3; look += 1) await copyHead();
    const [line] = await audit.lines();
    if (!line) throw new Error('There is no line');
    await audit.overwrite(1, { hash: line.hash, text: line.text.replace('begun', 'ended') });
    await copyHead();
    expect(audit.logged).toMatchObject([{ event: 'audit.broken', number: 1, reason: 'another-than-copied' }]);
  });

  it('begins a day once, whichever of two sweepers does', async () => {
    await using audit = await startedAudit();
    await Promise.all([audit.copyHead(), audit.copyHead()]);
    audit.pass(day);
    await audit.copyHead();
    await audit.copyHead();
    expect((await audit.lines()).map((line) => [saidIn(line)?.act, saidIn(line)?.day])).toEqual([
      ['day', '2026-11-28'],
      ['day', '2026-11-29'],
    ]);
  });

  it('counts on lines of a day for no longer than who wrote them said, and for thirty days at least', async () => {
    await using audit = await startedAudit();
    const { params, heads, log } = audit;
    const copyHead = createCopyHead({ chain: { ...params, days: 30 }, heads, log });
    await copyHead();
    const longer = createCopyHead({ chain: { ...params, days: 400 }, heads, log });
    await longer();
    const of = (days: number) => (Date.UTC(2026, 10, 29) + days * day) / 1000;
    expect((await audit.headsNow()).map(({ until }) => until)).toEqual([of(30)]);
    await append({ ...params, days: 1 }, { act: 'read', outcome: 'done' });
    await longer();
    expect((await audit.headsNow()).map(({ number, until }) => [number, until])).toEqual([[2, of(30)]]);
  });
});
