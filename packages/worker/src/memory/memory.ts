import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { Remembered } from './remembered.ts';

/** A question, and the thread it was asked in. */
export interface Asking {
  readonly question: Question;
  readonly messages: readonly SlackMessage[];
  readonly log: Log;
}

/** What memory does for a question. Neither rejects, and neither takes longer than its patience. */
export interface Memory {
  /** What is known of the asker that may be spoken of there; `off` while they paused it, or where it cannot be reached. */
  recall(asking: Asking): Promise<Remembered | 'off'>;
  /** Notes what the asker said, once it is answered. */
  note(asking: Asking): Promise<void>;
}
