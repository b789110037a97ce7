import { unaddressed } from '@vera/ledger/ledger';
import { wordsOf } from '@vera/protocol/message-words';
import type { Question } from '@vera/protocol/question';
import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import { closeStory } from './end-story.ts';
import { readThread } from './read-thread.ts';
import type { AnswerParams, HeldQuestion, StoryEnd } from './story.ts';
import { isSameName, thanksIn } from './thanks-in.ts';

/** Whether a message thanks Vera and says nothing else. A yes, to a card or to what she asked, is no thanks. */
export async function isThanks(params: AnswerParams, held: HeldQuestion, known?: readonly SlackMessage[]): Promise<boolean> {
  const { question } = held.lease.record;
  const { botUserId, text, files, quotes = [], shortcut } = question;
  const thanks = shortcut || files.length + quotes.length > 0 ? undefined : thanksIn(text, botUserId);
  if (!thanks) return false;
  if (thanks.rest !== '' && !isSameName(thanks.rest, await params.people.name(botUserId))) return false;
  if ((await params.leases.thread(question)).some(({ state }) => state === 'waiting')) return false;
  if (!thanks.mayAssent) return true;
  const messages = known ?? (await readThread(params, held));
  return messages !== 'gone' && !isAsking(question, messages);
}

/** Whether Vera's last words ask something; an address may have a question mark inside. */
function isAsking({ botUserId, messageTs }: Question, messages: readonly SlackMessage[]): boolean {
  const last = messages.findLast(({ user, ts }) => user === botUserId && Number(ts) < Number(messageTs));
  return last !== undefined && /[?？؟](?![\w/=&%])/u.test(wordsOf(last).text);
}

/** No sign that could be read as "done": a card would be approved by one. */
const reaction = 'heart';

/** A reaction and no answer. Where Slack takes none, nothing is lost. */
export async function takeThanks(params: AnswerParams, held: HeldQuestion): Promise<StoryEnd> {
  const { channelId: channel, messageTs: timestamp } = held.lease.record.question;
  try {
    await params.call('reactions.add', { channel, timestamp, name: reaction }, { repeatable: true, patience: 2_000 });
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    held.log.info('thanks.not-returned', { reason: error.reason });
  }
  return closeStory(params, held, 'answered', unaddressed.thanks);
}
