import type { Clock } from '@vera/service-kit/clock';
import { lookAt } from './look-at.ts';
import type { HeldQuestion } from './story.ts';

/** Between two looks, and how many: what Slack tells the receiver of a Stop is on record by then. */
const between = 400;
const looks = 5;

/**
 * Slack ended the stream for whoever pressed Stop. Whether they may, the receiver has put on record, or is about to; where nothing is said of it,
 * a stop is a stop.
 */
export async function isStop({ pause }: Pick<Clock, 'pause'>, held: HeldQuestion): Promise<boolean> {
  const { signal, interrupt, log } = held;
  for (let look = 0; look < looks && !signal.aborted; look += 1) {
    const { stopRequested, stopRefused } = await lookAt(held);
    if (stopRequested) break;
    if (stopRefused) {
      log.info('reply.goes-on', { why: 'who stopped it may not' });
      return false;
    }
    await pause(between, signal);
  }
  interrupt('stop');
  return true;
}
