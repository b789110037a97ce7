import type { Clock } from '@vera/service-kit/clock';
import { SlackError } from '@vera/slack/slack-error';

/** Tries again, ever more slowly, while Slack gives no answer. `patience`: milliseconds. */
export async function persist<Result>(
  { monotonic, pause }: Pick<Clock, 'monotonic' | 'pause'>,
  work: (isRepeated: boolean) => Promise<Result>,
  patience = 300_000,
): Promise<Result> {
  const started = monotonic();
  for (let wait = 250; ; wait = Math.min(wait * 2, 15_000)) {
    try {
      return await work(wait > 250);
    } catch (error) {
      const isOver = monotonic() - started + wait > patience;
      if (!(error instanceof SlackError) || error.kind === 'refused' || isOver) throw error;
      await pause(wait);
    }
  }
}
