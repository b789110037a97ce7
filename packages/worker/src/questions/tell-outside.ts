import type { Question } from '@vera/protocol/question';
import { guestWords, outsiderWords } from '@vera/slack/outsider-words';
import type { AnswerParams } from './story.ts';

/** Why there is no answer to a question by the shortcut, to whoever clicked alone: nothing can be said in the thread. */
export async function tellOutside(
  { tellPrivately, people }: Pick<AnswerParams, 'tellPrivately' | 'people'>,
  { shortcut, isExternal, userId }: Question,
): Promise<boolean> {
  const refusal = (await people.isGuest(userId)) ? guestWords : outsiderWords;
  return tellPrivately({ responseUrl: shortcut?.responseUrl }, isExternal ? refusal : whyNot);
}

const whyNot =
  'I cannot answer under this message: I am not in this conversation, may not write here, or the message is gone. Invite me to the ' +
  'channel and try again, or forward the message to me: in our direct messages only you and I read it.';
