import { sessionIdOf } from '@vera/protocol/session-id';
import { describe, expect, it } from 'vitest';
import { sweep } from '../src/sweep.ts';
import { deliveryGrace, startedSweeper } from './started-sweeper.ts';

describe('a question that nobody holds any more', () => {
  it('R10 is sent again as it was, which is no attempt', async () => {
    await using sweeper = await startedSweeper();
    const question = await sweeper.asked({ text: '<@UVERA> für 東京 &amp; "all"' });
    await sweeper.sweepLater();
    expect(sweeper.resent).toEqual([question]);
    const due = sweeper.params.now() + deliveryGrace;
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'received', attempts: 0, dueAt: due });
    expect(sweeper.events()).toEqual(['question.resent', 'sweep.done']);
    expect(sweeper.slack.calls).toEqual([]);
  });

  it('is not sent again while that attempt is on its way', async () => {
    await using sweeper = await startedSweeper();
    await sweeper.asked();
    await sweeper.sweepLater();
    sweeper.pass(deliveryGrace - 1);
    await sweep(sweeper.params);
    expect(sweeper.resent).toHaveLength(1);
  });

  it('is sent again when its worker died with it', async () => {
    await using sweeper = await startedSweeper();
    const question = await sweeper.asked();
    const leased = await sweeper.leases.lease(question, 'worker-1');
    await sweeper.sweepLater();
    expect(sweeper.resent).toHaveLength(1);
    expect(leased.kind === 'leased' && (await leased.lease.renew()).held).toBe(false);
  });

  it('is sent again however often its workers were hindered, for that uses up no attempt', async () => {
    await using sweeper = await startedSweeper();
    const question = await sweeper.asked();
    for (let times = 1; times <= 5; times += 1) {
      const answer = await sweeper.leases.lease(question, 'worker-1');
      if (answer.kind === 'leased') await answer.lease.release('hindered');
      await sweeper.sweepLater();
      expect(sweeper.resent).toHaveLength(times);
    }
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'received', attempts: 5, hindrances: 5 });
  });

  it('says why it is sent again, and each line tells of which question, thread, session and attempt', async () => {
    await using sweeper = await startedSweeper();
    const question = await sweeper.asked();
    await sweeper.sweepLater();
    await sweeper.leases.lease(question, 'worker-1');
    await sweeper.sweepLater();
    const again = await sweeper.leases.lease(question, 'worker-2');
    if (again.kind === 'leased') await again.lease.release('hindered', 'shutdown');
    await sweeper.sweepLater();
    const lines = sweeper.lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ event }) => event === 'question.resent');
    expect(lines.map(({ why, attempt }) => [why, attempt])).toEqual([
      ['reached-no-worker', 0],
      ['lease-ran-out', 1],
      ['shutdown', 2],
    ]);
    const { id, teamId: team, channelId: channel, threadTs: thread } = question;
    for (const line of lines) expect(line).toMatchObject({ question: id, team, channel, thread, session: sessionIdOf(question, 'thread') });
    expect(again).toMatchObject({ lease: { record: { brokeOff: 'lease-ran-out' } } });
  });

  it('waited behind an earlier question of its thread: that is no loss on the way', async () => {
    await using sweeper = await startedSweeper();
    const question = await sweeper.asked();
    await sweeper.leases.noteQueued(question);
    await sweeper.sweepLater();
    expect(sweeper.lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ event: 'question.resent', why: 'waited-its-turn' }),
    );
  });

  it('is sent once by two sweepers at the same time, however many there are of such', async () => {
    await using sweeper = await startedSweeper();
    const asked = [];
    for (let index = 0; index < 20; index += 1) asked.push(await sweeper.asked());
    sweeper.pass(deliveryGrace + 1);
    await Promise.all([sweep(sweeper.params), sweep(sweeper.params), sweep(sweeper.params)]);
    expect(sweeper.resent.map(({ id }) => id).sort()).toEqual(asked.map(({ id }) => id).sort());
  });

  it('waits for the next sweep when the invoker cannot be called, and holds up no other', async () => {
    await using sweeper = await startedSweeper();
    const broken = await sweeper.asked();
    const other = await sweeper.asked();
    const resend = async (question: typeof broken) => {
      if (question.id === broken.id) throw new Error('TooManyRequests');
      sweeper.resent.push(question);
    };
    expect(await sweeper.sweepLater({ resend })).toBe(false);
    expect(sweeper.resent).toEqual([other]);
    expect(sweeper.events()).toContain('sweep.failed');
    await sweeper.sweepLater();
    expect(sweeper.resent.map(({ id }) => id)).toContain(broken.id);
  });
});

describe('a question that somebody has in hand', () => {
  it('is left alone: on its way, leased, postponed, closed', async () => {
    await using sweeper = await startedSweeper();
    await sweep(sweeper.params);
    const [leased, postponed, closed] = [await sweeper.asked(), await sweeper.asked(), await sweeper.asked()];
    sweeper.pass(deliveryGrace);
    await sweeper.leases.lease(leased, 'worker-1');
    await sweeper.leases.postpone(postponed);
    const held = await sweeper.leases.lease(closed, 'worker-1');
    if (held.kind === 'leased') await held.lease.close('answered');
    await sweeper.asked();
    await sweep(sweeper.params);
    expect(sweeper.resent).toEqual([]);
    expect(sweeper.lines).toEqual([]);
  });

  it('is left alone when a worker takes it while the sweep is under way', async () => {
    await using sweeper = await startedSweeper();
    const question = await sweeper.asked();
    const { overdue } = sweeper.params;
    await sweeper.sweepLater({
      overdue: {
        ...overdue,
        async overdue(now, limit) {
          const records = await overdue.overdue(now, limit);
          await sweeper.leases.lease(question, 'worker-1');
          return records;
        },
      },
    });
    expect(sweeper.resent).toEqual([]);
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'running', attempts: 1, leaseOwner: 'worker-1' });
  });
});

describe('a sweep', () => {
  it('fails as a whole, and says so, only when the ledger cannot be read', async () => {
    await using sweeper = await startedSweeper();
    await sweeper.asked();
    sweeper.dynamoDb.inject({ kind: 'unavailable', operation: 'Query' });
    await expect(sweeper.sweepLater()).rejects.toThrow();
    expect(await sweeper.sweepLater()).toBe(true);
    expect(sweeper.resent).toHaveLength(1);
  });
});
