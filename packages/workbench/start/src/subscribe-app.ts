import { UsageError } from '@vera/operate/usage-error';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';

/** Slack waits three seconds for a new address; a person whose machine is slow presses Retry. */
const mostTries = 5;

/** Registers Vera's addresses with Slack. The receiver is woken first, since its cold start on a busy machine may take longer than Slack waits. */
export async function subscribeApp(slack: Pick<SlackEmulator, 'subscribe'>, receiver: string): Promise<void> {
  // It answers that nobody signed this, which is enough.
  await fetch(receiver).catch(() => undefined);
  for (let tries = 1; ; tries += 1) {
    try {
      return await slack.subscribe({ events: `${receiver}/slack/events`, interactivity: `${receiver}/slack/interactive` });
    } catch (cause) {
      if (tries < mostTries) continue;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new UsageError(`The receiver did not answer Slack, asked ${mostTries} times; the machine may be too busy. ${reason}`, {
        cause,
      });
    }
  }
}
