import { removeLeftovers } from './leftovers.ts';
import type { AnswerParams, Story } from './story.ts';

/** Takes back all that this turn has shown: nothing of it stands in the thread any more, and what is written now begins anew. */
export async function takeBack({ call }: Pick<AnswerParams, 'call'>, story: Story): Promise<void> {
  const { question, log } = story;
  const shown = await endShowing(story);
  const left = await removeLeftovers(call, question.channelId, shown);
  if (shown.length > 0) log.info('answer.taken-back', { messages: shown.length });
  if (left.length > 0) log.error('answer.still-shown', { messages: left });
}

/** Shows nothing more, and gives the `ts` of all that this turn has shown, in words and beside them. */
export async function endShowing({ writer, outgoing }: Pick<Story, 'writer' | 'outgoing'>): Promise<readonly string[]> {
  return [...(await writer.takeBack()), ...(await outgoing.takeBack())];
}
