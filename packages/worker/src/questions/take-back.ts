import { removeLeftovers } from './leftovers.ts';
import type { AnswerParams, Story } from './story.ts';

/** Takes back all that this turn has shown: nothing of it stands in the thread any more, and what is written now begins anew. */
export async function takeBack({ call }: Pick<AnswerParams, 'call'>, { writer, question, log }: Story): Promise<void> {
  const shown = await writer.takeBack();
  const left = await removeLeftovers(call, question.channelId, shown);
  if (shown.length > 0) log.info('answer.taken-back', { messages: shown.length });
  if (left.length > 0) log.error('answer.still-shown', { messages: left });
}
