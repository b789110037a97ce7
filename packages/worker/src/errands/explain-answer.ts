import type { QuestionRecord } from '@vera/ledger/ledger';
import { recordsOfMessage } from '@vera/ledger/records-of-message';
import type { Errand } from '@vera/protocol/errand';
import { explainWords } from './explain-words.ts';

/** All records of a thread. */
export type ThreadOf = (
  thread: Pick<QuestionRecord['question'], 'teamId' | 'channelId' | 'threadTs'>,
) => Promise<readonly QuestionRecord[]>;

/** Of the question that was chosen, or of that whose answer it was, in words for who asked it. */
export async function explainAnswer(threadOf: ThreadOf, { teamId, userId, channelId, threadTs, messageTs }: Errand): Promise<string> {
  if (channelId === undefined || threadTs === undefined || messageTs === undefined) return explainWords(undefined, userId);
  const records = await threadOf({ teamId, channelId, threadTs });
  const [record] = recordsOfMessage(records, messageTs);
  // What went with another question has no answer of its own.
  const whole = records.find(({ question }) => question.messageTs === record?.foldedInto);
  return explainWords(whole ?? record, userId);
}
