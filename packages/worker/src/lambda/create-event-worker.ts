import { sessionOfWork } from '@vera/protocol/session-id';
import { type Work, workSchema } from '@vera/protocol/work';
import { workFields } from '@vera/protocol/work-fields';
import { atMost, type Clock } from '@vera/service-kit/clock';
import { type Log, withLogFields } from '@vera/service-kit/log';
import type { WorkIntake } from '../create-intake.ts';
import type { Health } from '../server/health.ts';
import type { HandleEvent } from './serve-events.ts';

export interface EventWorkerParams extends Pick<Clock, 'now' | 'pause'> {
  /** Makes what takes the work of one event. */
  readonly open: (health: Pick<Health, 'during'>) => WorkIntake;
  /** Cuts every connection of the process. */
  readonly cutConnections: () => void;
  readonly log: Log;
}

/** Before Lambda ends the process, in milliseconds: by then it is told in the thread that the question goes on elsewhere, and it is given back. */
const reserve = 60_000;
/** For closing connections to servers, in milliseconds. */
const closing = 10_000;
/** Before each further try to take the work, in milliseconds: Lambda itself tries nothing again here. */
const pauses = [2_000, 20_000];

/** The work took as long as a Lambda lives; nobody else does it. */
class CutOffError extends Error {
  readonly code = 'cut-off';
}

/**
 * Does the work of a Lambda's events. An event is over when nothing of its work is left to do, and nothing outlives it: the process stands still
 * until the next one, and what it held open or waited for by then would be hours old.
 */
export function createEventWorker({ open, cutConnections, now, pause, log }: EventWorkerParams): HandleEvent {
  return (event, deadline, request) => withLogFields({ request }, () => handled(event, deadline));

  async function handled(event: unknown, deadline: number) {
    const parsed = workSchema.safeParse(event);
    if (!parsed.success) {
      log.warn('invocation.refused', { problems: parsed.error.issues.map(({ path }) => path.join('.') || 'body') });
      throw parsed.error;
    }
    const work = parsed.data;
    // There are no sessions: the id tells the thread, as in the invoker's lines.
    return withLogFields({ ...workFields(work), session: sessionOfWork(work, 'thread') }, () => worked(work, deadline));
  }

  async function worked(work: Work, deadline: number) {
    const tally = createTally();
    const intake = open(tally);
    try {
      const done = accept(intake, work).then((status) => tally.idle().then(() => status));
      const status = await atMost({ pause }, Math.max(0, deadline - now() - reserve), done);
      if (status === undefined) done.catch((error: unknown) => log.warn('invocation.failed-late', { error }));
      if (status === undefined && work.kind === 'errand') throw new CutOffError('The errand took as long as the function may run');
      return { status: status ?? 'cut-off', [work.kind]: work.id };
    } catch (error) {
      log.error('invocation.failed', { error });
      throw error;
    } finally {
      await atMost({ pause }, closing, intake.close(0));
      cutConnections();
    }
  }

  async function accept(intake: WorkIntake, work: Work) {
    for (const wait of pauses) {
      try {
        return await intake.accept(work);
      } catch (error) {
        log.warn('invocation.again', { error, [work.kind]: work.id });
        await pause(wait);
      }
    }
    return intake.accept(work);
  }
}

/** Work under way, and when there is none. */
function createTally() {
  const under = new Set<Promise<unknown>>();
  return {
    async during<Result>(work: () => Promise<Result>): Promise<Result> {
      const begun = work();
      under.add(begun);
      try {
        return await begun;
      } finally {
        under.delete(begun);
      }
    },
    async idle(): Promise<void> {
      while (under.size > 0) await Promise.allSettled(under);
    },
  };
}
