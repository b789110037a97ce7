import type { Question } from '@vera/protocol/question';
import type { People } from '../thread/people.ts';

/**
 * Whether there is one thing to say to a question: whoever asks is no colleague, or others than colleagues read along. An event tells of
 * other companies only; guests have the workspace's own team. Rejects where Slack does not say: the question comes again then.
 */
export async function isOutsider(people: Pick<People, 'isColleague'>, question: Question): Promise<boolean> {
  const { isExternal, botId, userId } = question;
  if (isExternal) return true;
  // A bot that was allowed to ask may have no user; a workflow asks as the person it names.
  if (botId !== undefined && botId === userId) return false;
  return !(await people.isColleague(userId));
}
