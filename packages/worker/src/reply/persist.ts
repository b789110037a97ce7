import { setTimeout as sleep } from 'node:timers/promises';
import { SlackError } from '@vera/slack/slack-error';

/** Tries again, ever more slowly, while Slack gives no answer. `patience`: milliseconds. */
export async function persist<Result>(work: (isRepeated: boolean) => Promise<Result>, patience = 300_000): Promise<Result> {
  const started = performance.now();
  for (let wait = 250; ; wait = Math.min(wait * 2, 15_000)) {
    try {
      return await work(wait > 250);
    } catch (error) {
      const isOver = performance.now() - started + wait > patience;
      if (!(error instanceof SlackError) || error.kind === 'refused' || isOver) throw error;
      await sleep(wait);
    }
  }
}
