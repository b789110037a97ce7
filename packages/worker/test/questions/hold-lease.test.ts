import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease, Renewal } from '@vera/ledger/ledger';
import { createLog } from '@vera/service-kit/log';
import { createTestClock, pausingBy } from '@vera/stand-in-kit/clock';
import { describe, expect, test } from 'vitest';
import { holdLease } from '../../src/questions/hold-lease.ts';
import { startScripted } from './start-scripted.ts';

const fine: Renewal = { held: true, stopRequested: false, stopRefused: false, withdrawn: false, editedAt: 0 };
const never = () => new Promise<Renewal>(() => {});
const fails = async (): Promise<Renewal> => {
  throw new Error('no answer');
};

/** When it was renewed, in seconds, and with what the work was interrupted, when. */
async function heldFor(seconds: number, renew: (before: number) => Promise<Renewal>) {
  const time = createTestClock(0);
  const clock = pausingBy(time);
  const renewed: number[] = [];
  const interrupted: [string, number][] = [];
  const lease = {
    renew: () => {
      renewed.push(clock.monotonic() / 1000);
      return renew(renewed.length - 1);
    },
  } as Lease;
  const held = {
    lease,
    askedAt: 0,
    log: createLog({ service: 'worker', write: () => {} }),
    interrupt: (reason: string) => void interrupted.push([reason, clock.monotonic() / 1000]),
  };
  const hold = holdLease(held, { ...clock, heartbeat: 5_000, leaseMilliseconds: 20_000 });
  await time.advance(seconds * 1_000);
  return { renewed, interrupted, hold };
}

describe('a lease that is held', () => {
  test('is renewed as often as it is to be, and by nobody once that was ended', async () => {
    const { renewed, interrupted, hold } = await heldFor(31, async () => fine);
    expect([renewed, interrupted]).toEqual([[5, 10, 15, 20, 25, 30], []]);
    await hold.end();
  });

  test.each([
    ['fails', fails],
    ['is never answered', never],
  ])('is given up by the worker’s own clock, before it runs out, where its renewal %s', async (_, renew) => {
    expect((await heldFor(60, renew)).interrupted).toEqual([['lease-lost', 10]]);
    const { interrupted } = await heldFor(60, async (before) => (before < 3 ? fine : renew()));
    // Renewed last after 15 seconds, it holds until 35.
    expect(interrupted).toEqual([['lease-lost', 25]]);
  });

  test('outlives renewals that fail while there is time, and is renewed the sooner', async () => {
    const { renewed, interrupted, hold } = await heldFor(20, async (before) => (before % 4 === 3 ? fine : fails()));
    expect(renewed).toEqual([5, 6, 7, 8, 13, 14, 15, 16]);
    expect(interrupted).toEqual([]);
    await hold.end();
  });

  test('counts from before a renewal was asked for, however late its answer', async () => {
    const time = createTestClock(0);
    const { pause } = pausingBy(time);
    const interrupted: number[] = [];
    const lease = { renew: () => pause(4_000).then(() => fine) } as unknown as Lease;
    const log = createLog({ service: 'worker', write: () => {} });
    const held = { lease, askedAt: 0, log, interrupt: () => void interrupted.push(time.now()) };
    const hold = holdLease(held, { ...pausingBy(time), heartbeat: 5_000, leaseMilliseconds: 20_000 });
    await time.advance(60_000);
    // Asked for at 5, answered at 9, it is good until 15; asked for at 14, which is answered too late.
    expect(interrupted).toEqual([15_000]);
    await hold.end();
  });

  test('is lost at once where the ledger says so, and a stop is told each time', async () => {
    expect((await heldFor(60, async () => ({ ...fine, held: false }))).interrupted).toEqual([['lease-lost', 5]]);
    const { interrupted, hold } = await heldFor(11, async () => ({ ...fine, stopRequested: true }));
    expect(interrupted).toEqual([
      ['stop', 5],
      ['stop', 10],
    ]);
    await hold.end();
  });
});

describe('a worker that cannot reach the ledger any more', () => {
  test('R10 D6 says nothing more before its lease runs out: there is one answer, the next worker’s', async () => {
    const more = Promise.withResolvers<void>();
    await using worker = await startScripted([['I begin. ', { until: more.promise }, 'Too late. ', { hang: true }], 'The whole answer.']);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    let isCutOff = false;
    const leases = {
      ...worker.leases,
      lease: async (...asked: Parameters<typeof worker.leases.lease>) => {
        const answer = await worker.leases.lease(...asked);
        if (answer.kind !== 'leased') return answer;
        const { lease } = answer;
        return { ...answer, lease: { ...lease, renew: () => (isCutOff ? never() : lease.renew()) } };
      },
    };
    let ahead = 0;
    await worker.intakeOf('worker-1', { leases, monotonic: () => performance.now() + ahead }).accept(question);
    await expect.poll(() => worker.text(question), { timeout: 10_000 }).toContain('I begin.');
    isCutOff = true;
    // Half of its time, while the last renewal is on its way; nobody has taken it over yet.
    ahead = 15_000;
    const calls = worker.slack.calls.length;
    more.resolve();
    await expect.poll(() => worker.lines.map(({ event }) => event), { timeout: 10_000 }).toContain('lease.ran-out');
    await sleep(50);
    expect(worker.slack.calls.slice(calls)).toEqual([]);
    worker.pass(31_000);
    expect(await worker.intakeOf('worker-2').accept(question)).toBe('started');
    expect(await worker.closed(question)).toMatchObject({ state: 'answered', attempts: 2 });
    expect(worker.text(question)).toBe('The whole answer.');
  });
});
