import type { Errand } from '@vera/protocol/errand';
import type { Log } from '@vera/service-kit/log';

interface TakeErrandParams {
  /** Hands it to the invoker. */
  readonly forward: (errand: Errand) => Promise<void>;
  readonly log: Log;
}

/** More direct messages than one process of a Lambda meets before it ends. */
const mostPrompted = 10_000;

/** False when it could not be handed on. */
export type TakeErrand = (errand: Errand) => Promise<boolean>;

/**
 * Hands an errand on to a worker, before Slack is answered: a Lambda may be frozen once it has. Prompts stay where
 * they were put, so each place gets them once in this process, until something else is looked at beside it.
 */
export function createTakeErrand({ forward, log }: TakeErrandParams): TakeErrand {
  const prompted = new Map<string, string>();
  return async (errand) => {
    const { id, wish, userId: user, channelId: channel, threadTs: thread, viewedId = '' } = errand;
    const line = log.with({ errand: id, wish, user });
    const place = `${channel}|${thread}`;
    if (wish === 'prompts' && prompted.get(place) === viewedId) {
      line.info('errand.needless');
      return true;
    }
    try {
      await forward(errand);
    } catch (error) {
      line.error('errand.forward-failed', { error });
      return false;
    }
    if (prompted.size >= mostPrompted) prompted.clear();
    if (wish === 'prompts') prompted.set(place, viewedId);
    line.info('errand.forwarded');
    return true;
  };
}
