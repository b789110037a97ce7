import type { Change } from '@vera/protocol/change';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { type Clock, createDeadline } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import type { Hold } from '../questions/hold-lease.ts';
import { type Effect, type Found, type PersonAccount, type PersonWrite, UncertainChange } from '../tools/person-tool.ts';
import { ToolFailure } from '../tools/tool.ts';

/** With what a change is carried out. */
export interface Means {
  readonly tool: PersonWrite;
  readonly account: PersonAccount;
}

export type Ended = Pick<Change, 'state' | 'result' | 'isUnaudited'>;

interface Begun {
  /** On record as `started`. */
  readonly change: Change;
  readonly hold: Pick<Hold, 'lost' | 'isLost'>;
  readonly log: Log;
  /** Writes down that it begins, once more; false where that cannot be done. */
  readonly noteBegun: () => Promise<boolean>;
}

/** Nothing is changed that is in no audit log. */
export const notWrittenDown: Ended = {
  state: 'failed',
  isUnaudited: true,
  result: { text: 'It could not be written into the audit log, and nothing is changed without that. It may work in a few minutes.' },
};

/**
 * The longest a change may take, in milliseconds. Not ended by a stop or a shutdown: it would not be known what was done. Ended when the question
 * is lost, well before another worker looks whether it was done, and perhaps does it again.
 */
const patience = 60_000;
/** The longest it may take to look for one. */
const lookPatience = 20_000;

/** Does what was approved. */
export async function carryOut(clock: Clock, means: Means, begun: Begun): Promise<Ended> {
  const first = await attempt(clock, means, begun);
  return first.state === 'unknown' ? recover(clock, means, { ...begun, unanswered: first }) : first;
}

interface Lost extends Begun {
  /** Why it is not begun any more. */
  readonly stopped?: string | undefined;
  /** This worker was given no answer just now: it may be on its way yet, and not to be found is not to be undone. */
  readonly unanswered?: Ended;
}

/** What became of a change that was begun, where nobody learnt how it ended: the one place that acts on what its tool declares. */
export async function recover(clock: Clock, means: Means, lost: Lost): Promise<Ended> {
  const { change, log, stopped, unanswered } = lost;
  const { recovery } = means.tool;
  switch (recovery.kind) {
    case 'unknown':
      return unknownEnd(log, unanswered);
    case 'repeatable': {
      if (stopped !== undefined || !(await lost.noteBegun())) return unknownEnd(log, unanswered);
      const again = await attempt(clock, means, lost);
      // A refusal says nothing of the time before.
      return again.state === 'done' ? again : unknownEnd(log, again.state === 'unknown' ? again : unanswered);
    }
    case 'checkable': {
      const found = await lookFor(clock, (signal) => recovery.look(JSON.parse(change.args), means.account, signal, change.id), log);
      if (typeof found !== 'string') return doneEnd(found);
      if (found === 'not-known' || unanswered) return unknownEnd(log, unanswered);
      if (stopped !== undefined) return { state: 'failed', result: { text: stopped } };
      return (await lost.noteBegun()) ? carryOut(clock, means, lost) : notWrittenDown;
    }
  }
}

/** Nobody does it again. */
export function unknownEnd(log: Log, end: Ended = { state: 'unknown' }): Ended {
  log.error('change.unknown');
  return end;
}

async function lookFor(clock: Clock, look: (signal: AbortSignal) => Promise<Found>, log: Log): Promise<Found> {
  const found = await within(clock, lookPatience, look).catch((error: unknown) => {
    log.warn('change.not-looked-up', { error });
    return 'not-known' as const;
  });
  log.info('change.looked-up', { found: typeof found === 'string' ? found : 'done' });
  return found;
}

async function attempt(clock: Clock, { tool, account }: Means, { change, hold, log }: Begun): Promise<Ended> {
  const began = clock.monotonic();
  // After a freeze, too, in which no timer told.
  if (hold.isLost()) hold.lost.throwIfAborted();
  try {
    const work = (tooLong: AbortSignal) => tool.perform(JSON.parse(change.args), account, AbortSignal.any([tooLong, hold.lost]), change.id);
    const effect = await within(clock, patience, work);
    log.info('change.done', { milliseconds: Math.round(clock.monotonic() - began) });
    return doneEnd(effect);
  } catch (error) {
    // What became of it is for who comes after.
    hold.lost.throwIfAborted();
    if (error instanceof ToolFailure) {
      log.warn('change.failed', { error });
      return { state: 'failed', result: { text: shorten(error.message, textLimits.changeResult) } };
    }
    log.warn('change.unanswered', { error });
    return {
      state: 'unknown',
      ...(error instanceof UncertainChange ? { result: { text: shorten(error.message, textLimits.changeResult) } } : {}),
    };
  }
}

function doneEnd({ text, link }: Effect): Ended {
  return { state: 'done', result: { text: shorten(text, textLimits.changeResult), ...(link ? { link } : {}) } };
}

async function within<Result>(clock: Clock, milliseconds: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const tooLong = createDeadline(clock, milliseconds);
  try {
    return await work(tooLong.signal);
  } finally {
    tooLong.end();
  }
}
