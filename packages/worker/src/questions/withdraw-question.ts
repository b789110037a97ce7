import { replyMarkOf } from '@vera/slack/reply-mark';
import { ChangeBook } from '../changes/change-book.ts';
import { settleChanges } from '../changes/settle-changes.ts';
import { closeStory } from './end-story.ts';
import { findLeftovers, removeLeftovers } from './leftovers.ts';
import { otherQuestions } from './other-questions.ts';
import { readThread } from './read-thread.ts';
import type { AnswerParams, HeldQuestion, StoryEnd } from './story.ts';

/** What this turn has of it. */
interface Withdrawn extends HeldQuestion {
  readonly book?: ChangeBook;
}

/** Its message was deleted: what was said for it goes too, no change waits any more, and nobody is told anything. `posted`: by this turn. */
export async function withdrawQuestion(params: AnswerParams, held: Withdrawn, posted: readonly string[] = []): Promise<StoryEnd> {
  const { lease, book = new ChangeBook(lease, params.audit) } = held;
  // Who learnt of it by looking was not interrupted: nothing is begun any more.
  held.interrupt('withdrawn');
  const { record } = lease;
  const { question } = record;
  const thread = await readThread(params, held);
  const messages = thread === 'gone' ? [] : thread;
  const others = await otherQuestions(params, question);
  const left = findLeftovers(record, others, messages).messages;
  const said = messages.filter((message) => replyMarkOf(message)?.question === question.id).map(({ ts }) => ts);
  await removeLeftovers(params, question.channelId, [...new Set([...left, ...said, ...record.replies, ...posted])], messages);
  if (thread !== 'gone') await settleChanges(params, { ...held, question, messages, book });
  return closeStory(params, held, 'stopped', 'withdrawn');
}
