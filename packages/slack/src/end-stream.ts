import type { SlackCall } from './slack-calls.ts';
import { isRefusedWith } from './slack-error.ts';

export interface EndStreamParams {
  readonly call: SlackCall;
  readonly pause: (milliseconds: number) => Promise<void>;
}

interface StreamEnding extends Readonly<Record<string, unknown>> {
  readonly channel: string;
  readonly ts: string;
}

/** No stream, or none any more. */
const over = new Set(['message_not_in_streaming_state', 'message_not_found', 'stopped_by_user', 'channel_not_found']);

/** Between two tries, in milliseconds: Slack lets an app end some twenty streams a minute, and is not of one mind at once about one that broke off. */
const pauses = [300, 1_000, 3_000];

/**
 * Ends a stream that nobody writes on any more, so that it does not look for minutes as if somebody did. `ending`: what it is told. False where
 * Slack still does not end it.
 */
export async function endStream({ call, pause }: EndStreamParams, ending: StreamEnding): Promise<boolean> {
  for (const wait of [...pauses, undefined]) {
    try {
      await call('chat.stopStream', ending, { repeatable: true, patience: 5_000 });
      return true;
    } catch (error) {
      if (isRefusedWith(error, over)) return true;
      if (wait === undefined) return false;
      await pause(wait);
    }
  }
  return false;
}
