import { describe, expect, it } from 'vitest';
import { startMemory } from './start-memory.ts';

const ann = { teamId: 'T01', userId: 'UANN' };

describe('the audit log of what is forgotten', () => {
  it('says who had one thing or all of it forgotten, and not what it was', async () => {
    await using started = await startMemory();
    const { own } = started.memory;
    for (const text of ['My number is 0151-555.', 'I lead payments.', 'I look for another job.']) await started.says(text);
    await started.extracted();
    const [first] = await Array.fromAsync(own.list(ann));
    await own.forget(ann, first?.id ?? '');
    await own.forgetSaid(ann, 'I lead payments');
    await own.forgetAll(ann);
    const line = { act: 'memory', outcome: 'forgotten', team: 'T01', asker: 'UANN' };
    expect(started.acts).toMatchObject([
      { ...line, tool: 'forget-one' },
      { ...line, tool: 'forget-said' },
      { ...line, tool: 'forget-all' },
    ]);
    expect(JSON.stringify(started.acts)).not.toMatch(/0151|payments|job/);
  });

  it('says nothing where nothing was there, however often it is asked for', async () => {
    await using started = await startMemory();
    const { own } = started.memory;
    await own.forget(ann, 'mem-1');
    await own.forgetSaid(ann, 'I lead payments');
    await own.forgetAll(ann);
    expect(started.acts).toEqual([]);
  });

  it('says that only a part of it went, or that it broke off', async () => {
    await using started = await startMemory();
    await started.says('I lead payments.');
    await started.extracted();
    started.stored.inject({ kind: 'denied', operation: 'DeleteEvent', times: Number.POSITIVE_INFINITY });
    await started.memory.own.forgetAll(ann);
    expect(started.acts).toMatchObject([{ outcome: 'forgotten', tool: 'forget-all', reason: 'in-part' }]);
    started.stored.inject({ kind: 'denied', operation: 'ListMemoryRecords' });
    await expect(started.memory.own.forgetAll(ann)).rejects.toThrow();
    expect(started.acts).toMatchObject([{}, { act: 'memory', outcome: 'failed', tool: 'forget-all' }]);
  });
});
