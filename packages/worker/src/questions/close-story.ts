import type { Outcome } from '@vera/ledger/ledger';
import type { AnswerParams, Story, StoryEnd } from './answer-question.ts';

/** Closes the record of a question that has its outcome; `left` when it is another worker's by now. */
export async function closeStory(
  params: Pick<AnswerParams, 'now'>,
  { lease, log }: Story,
  outcome: Outcome,
  reason?: string,
): Promise<StoryEnd> {
  const milliseconds = params.now() - lease.record.receivedAt;
  if (!(await lease.close(outcome, reason))) return 'left';
  log.info(`question.${outcome}`, { milliseconds, ...(reason ? { code: reason } : {}) });
  return outcome;
}
