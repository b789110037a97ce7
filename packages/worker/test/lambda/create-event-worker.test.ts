import { createLog } from '@vera/service-kit/log';
import { describe, expect, it } from 'vitest';
import type { WorkIntake } from '../../src/create-intake.ts';
import { createEventWorker } from '../../src/lambda/create-event-worker.ts';
import type { Health } from '../../src/server/health.ts';
import { questionOf } from '../question.ts';

const aQuestion = questionOf({ messageTs: '1766458026.240809' });
const minute = 60_000;
const deadline = 15 * minute;

/** A worker whose pauses are over when time is moved there. */
function started(accept: (health: Pick<Health, 'during'>, intake: { isClosed: boolean }) => Promise<'started' | 'done'>) {
  let time = 0;
  const pauses: { readonly until: number; readonly over: () => void }[] = [];
  const told: string[] = [];
  const worker = createEventWorker({
    now: () => time,
    pause: (milliseconds, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve());
        pauses.push({ until: time + milliseconds, over: resolve });
      }),
    open(health): WorkIntake {
      told.push('opened');
      const intake = { isClosed: false };
      return {
        accept: () => accept(health, intake),
        async close(grace) {
          intake.isClosed = true;
          told.push(`closed with ${grace}`);
        },
      };
    },
    cutConnections: () => void told.push('cut'),
    log: createLog({ service: 'worker', write: (line) => void told.push((JSON.parse(line) as { event: string }).event) }),
  });
  return {
    told,
    handle: (work: unknown) => worker(work, deadline),
    async advance(milliseconds: number) {
      time += milliseconds;
      for (const { until, over } of pauses) if (until <= time) over();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('an event of a worker on Lambda', () => {
  it('is over when nothing of its work is left to do, and only then all it opened is closed', async () => {
    const work = Promise.withResolvers<void>();
    const more = Promise.withResolvers<void>();
    const { handle, told, advance } = started(async ({ during }) => {
      void during(() => work.promise.then(() => void during(() => more.promise)));
      return 'started';
    });
    let isOver = false;
    const handled = handle(aQuestion).finally(() => {
      isOver = true;
    });
    for (const part of [work, more]) {
      await advance(minute);
      expect([isOver, told]).toEqual([false, ['opened']]);
      part.resolve();
    }
    expect(await handled).toEqual({ status: 'started', question: aQuestion.id });
    expect(told).toEqual(['opened', 'closed with 0', 'cut']);
  });

  it('has an intake of its own: nothing is kept for the next one', async () => {
    const { handle, told } = started(async () => 'started');
    await handle(aQuestion);
    await handle(aQuestion);
    expect(told.filter((one) => one === 'opened')).toHaveLength(2);
  });

  it('ends a minute before Lambda ends the process: the question is given back, which is no failure', async () => {
    const { handle, told, advance } = started(async ({ during }) => {
      void during(() => new Promise(() => undefined));
      return 'started';
    });
    const handled = handle(aQuestion);
    await advance(14 * minute - 1);
    expect(told).toEqual(['opened']);
    await advance(1);
    expect(await handled).toEqual({ status: 'cut-off', question: aQuestion.id });
    expect(told).toEqual(['opened', 'closed with 0', 'cut']);
  });

  it('tries three times to take the work, as Lambda tries nothing again, and then has failed', async () => {
    let tries = 0;
    const { handle, told, advance } = started(async () => {
      tries += 1;
      throw new Error('the ledger is away');
    });
    const handled = handle(aQuestion);
    handled.catch(() => undefined);
    for (const pause of [0, 2_000, 20_000]) await advance(pause);
    await expect(handled).rejects.toThrow('the ledger is away');
    expect(tries).toBe(3);
    expect(told).toEqual(['opened', 'invocation.again', 'invocation.again', 'invocation.failed', 'closed with 0', 'cut']);
  });

  it('fails where an errand takes as long, since nobody brings it again', async () => {
    const { handle, advance } = started(() => new Promise(() => undefined));
    const handled = handle({ kind: 'errand', id: 'e-1', wish: 'status', teamId: 'T01', userId: 'UANN' });
    handled.catch(() => undefined);
    await advance(14 * minute);
    await expect(handled).rejects.toThrow('as long as the function may run');
  });

  it('that is no work is refused, and nothing is opened for it', async () => {
    const { handle, told } = started(async () => 'started');
    await expect(handle({ kind: 'nothing that there is' })).rejects.toThrow();
    expect(told).toEqual(['invocation.refused']);
  });
});
