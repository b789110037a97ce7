import type { StopRequest } from '../src/ledger.ts';
import { questionOf } from './question-of.ts';

/** Ann stops what is open in the thread of `questionOf`, after all that was asked there; `more` replaces fields. */
export function stopOf(more: Partial<StopRequest> = {}): StopRequest {
  const { teamId, channelId, threadTs, userId } = questionOf('100.000001');
  return { teamId, channelId, threadTs, userId, ts: '4000000000.000000', mayStopAll: false, ...more };
}

/** The same where no thread is named. */
export function stopOutside(more: Partial<StopRequest> = {}): StopRequest {
  const { threadTs: _, ...stop } = stopOf(more);
  return stop;
}
