import { unaddressed } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import { privatePlaceOf } from '../reply/private-place.ts';
import { closeStory } from './end-story.ts';
import { isOutsider } from './is-outsider.ts';
import { otherQuestions } from './other-questions.ts';
import type { AnswerParams, HeldQuestion, StoryEnd } from './story.ts';

/** Whether what was written on in a thread, without her name, is said to Vera: nobody else has spoken since she was last spoken to. */
export function isForVera({ followUp, botUserId, userId, messageTs }: Question, messages: readonly SlackMessage[]): boolean {
  if (followUp === undefined) return true;
  if (followUp === 'hint') return false;
  const before = messages.filter(({ ts }) => Number(ts) < Number(messageTs));
  const isWithVera = ({ user, text = '' }: SlackMessage) => user === botUserId || (user === userId && text.includes(`<@${botUserId}`));
  const since = before.slice(before.findLastIndex(isWithVera) + 1);
  return since.every((message) => message.bot_id === undefined && (followUp === 'thread' || message.user === userId));
}

/** Leaves it to the people, and tells its author once a thread, seen by nobody else, how to go on; not where it only thanks, nor whom Vera
 * would not answer. */
export async function leaveToPeople(params: AnswerParams, held: HeldQuestion, isThanked: boolean): Promise<StoryEnd> {
  const { question } = held.lease.record;
  const others = await otherQuestions(params, question);
  const isHinted = others.some(({ reason }) => reason === unaddressed.hinted);
  const isSilent = isThanked || isHinted || (await isOutsider(params.people, question));
  if (!isSilent) await hint(params, held);
  return closeStory(params, held, 'stopped', isSilent ? unaddressed.silent : unaddressed.hinted);
}

async function hint({ call }: AnswerParams, { lease, log }: HeldQuestion): Promise<void> {
  const { question } = lease.record;
  const text = `I left this to the people in the thread. If it is for me, write <@${question.botUserId}> and your question.`;
  try {
    await call('chat.postEphemeral', { ...privatePlaceOf(question), text }, { patience: 5_000 });
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    log.warn('follow-up.not-hinted', { error });
  }
}
