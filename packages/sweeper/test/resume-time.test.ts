import { type Overdue, type QuestionRecord, sweeperName } from '@vera/ledger/ledger';
import { questionIdOf } from '@vera/protocol/question';
import { createLog } from '@vera/service-kit/log';
import { createTestClock, pausingBy } from '@vera/stand-in-kit/clock';
import { expect, it } from 'vitest';
import { sweeperEnv } from '../src/env.ts';
import { lookForAMinute } from '../src/look-for-a-minute.ts';
import { sweep } from '../src/sweep.ts';

/** As `LEASE_SECONDS` and `HEARTBEAT_SECONDS` of the worker; that they are is looked at in `stacks/test/questions.test.ts`. */
const [lease, heartbeat] = [20_000, 5_000];
const log = createLog({ service: 'sweeper', write: () => {} });

const place = { teamId: 'T01', channelId: 'COPS', threadTs: '1.000001', messageTs: '1.000001' };
const question = {
  ...place,
  ...{ kind: 'question', id: questionIdOf(place), userId: 'UANN', userTeamId: 'T01', botUserId: 'UVERA', text: 'hi' },
  ...{ files: [], isDirect: false, isExternal: false },
} as QuestionRecord['question'];

/** Milliseconds from the death of a worker, so long after it took the question, to the question's being on its way again. */
async function onItsWayAfter(leasedAt: number, livedFor: number, downUntil = 0): Promise<number> {
  const time = createTestClock(0);
  const clock = pausingBy(time);
  const { LOOK_SECONDS, MOST_ATTEMPTS, UNHELD_SECONDS, DELIVERY_GRACE_SECONDS } = sweeperEnv.parse({
    ...{
      DEPLOYMENT: 'use1-dev-vera',
      SECRET_ID: 's',
      LEDGER_TABLE: 't',
      AUDIT_TABLE: 'a',
      AUDIT_DAYS: '400',
      INVOKER_FUNCTION: 'i',
      AUDIT_HEADS_TABLE: 'h',
      AGENT_RUNTIME_ARN: 'arn:x',
    },
  });
  const died = leasedAt + livedFor;
  const dueAt = leasedAt + Math.floor(livedFor / heartbeat) * heartbeat + lease;
  let record = { question, state: 'running', attempts: 1, leaseOwner: 'worker-1', dueAt } as QuestionRecord;
  const overdue: Overdue = {
    async overdue(now) {
      if (now < downUntil) throw new Error('ThrottlingException');
      return record.dueAt !== undefined && record.dueAt < now ? [record] : [];
    },
    async claim(seen, nextDueAt, purpose) {
      if (seen.dueAt !== record.dueAt) return undefined;
      record = { ...record, state: 'received', leaseOwner: purpose === 'tell' ? sweeperName : 'nobody', dueAt: nextDueAt };
      return record;
    },
    closeLost: async () => true,
  };
  let sentAt = Number.POSITIVE_INFINITY;
  const params = {
    ...{ overdue, log, now: clock.now, mostAttempts: MOST_ATTEMPTS, longestUnheld: UNHELD_SECONDS * 1000 },
    deliveryGrace: DELIVERY_GRACE_SECONDS * 1000,
    resend: async () => {
      // Sent again once it has been on its way for too long: nobody takes it here.
      sentAt = Math.min(sentAt, clock.now());
    },
    tellLost: () => Promise.reject(new Error('Nothing is lost here')),
    scope: 'thread' as const,
    tellTrace: async () => undefined,
    note: async () => true,
  };
  for (let minute = 0; minute < 5; minute += 1) {
    const run = () => lookForAMinute({ ...clock, look: () => sweep(params), every: LOOK_SECONDS * 1000, log }).catch(() => undefined);
    time.after(minute * 60_000, () => void run());
  }
  await time.advance(240_000);
  return sentAt - died;
}

it('R10 a question is on its way to the next worker within 26 seconds of the death of its last, whenever that dies', async () => {
  const waits: number[] = [];
  for (let leasedAt = 100; leasedAt < 60_000; leasedAt += 2_700)
    for (let livedFor = 0; livedFor < 10_000; livedFor += 1_100) waits.push(await onItsWayAfter(leasedAt, livedFor));
  expect(waits.length).toBeGreaterThan(200);
  expect(Math.max(...waits)).toBeLessThanOrEqual(26_000);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(15_000);
});

it('is on its way within a look once what was down for long is back, however seldom it was looked at meanwhile', async () => {
  expect(await onItsWayAfter(100, 1_000, 130_000)).toBeLessThan(130_000 + 20_000);
});
