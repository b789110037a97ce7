import { createHash } from 'node:crypto';
import { type Quote, wordsOf } from './message-words.ts';
import { type Question, questionIdOf } from './question.ts';
import { shorten, textLimits } from './shorten.ts';
import { type MessageShortcut, messageShortcutSchema } from './slack-envelope.ts';
import { filesOf } from './to-question.ts';
import type { Verdict } from './verdict.ts';

/** "Ask Vera about this", in the menu of a message: the name under which the manifest has it. */
export const askShortcutId = 'ask-about-message';

/** A question about a message, in that message's thread, by whoever clicked. */
export function classifyShortcut(payload: object): Verdict {
  if (!('callback_id' in payload) || payload.callback_id !== askShortcutId) return { kind: 'ignore', reason: 'not one of our shortcuts' };
  const parsed = messageShortcutSchema.safeParse(payload);
  if (!parsed.success) return { kind: 'malformed', reason: 'message_action of another shape' };
  const teamId = parsed.data.team?.id ?? parsed.data.user.team_id;
  if (!teamId) return { kind: 'malformed', reason: 'a shortcut without team' };
  return { kind: 'question', question: questionOf(parsed.data, teamId) };
}

function questionOf(click: MessageShortcut, teamId: string): Question {
  const { user, channel, message } = click;
  const identity = { teamId, channelId: channel.id, messageTs: momentOf(click) };
  return {
    kind: 'question',
    id: questionIdOf(identity),
    ...identity,
    threadTs: message.thread_ts ?? message.ts,
    userId: user.id,
    userTeamId: user.team_id ?? teamId,
    // No interaction says who we are.
    botUserId: '',
    text: '',
    quotes: quotesOf(message),
    files: filesOf(message),
    isDirect: channel.id.startsWith('D'),
    isExternal: !isColleague(click),
    shortcut: { about: message.ts, ...(click.response_url ? { responseUrl: click.response_url } : {}) },
  };
}

/** All that the message says, as its author's: what it quotes without a name of its own too, such as the attachments of an alert. */
function quotesOf(message: MessageShortcut['message']): Quote[] {
  const { text, quotes } = wordsOf(message);
  const name = message.username ?? message.bot_profile?.name ?? 'an app';
  const author = message.user === undefined ? { authorName: shorten(name, textLimits.line) } : { authorId: message.user };
  const isNameless = ({ authorId, authorName }: Quote) => authorId === undefined && authorName === undefined;
  const said = text.trim() === '' ? [] : [{ text }];
  return [...said, ...quotes].map((quote) => (isNameless(quote) ? { ...author, ...quote } : quote));
}

const moment = /^\d{1,12}\.\d{1,8}$/;

/** When it was clicked, which tells one click from another, and not from its copy; else a moment of the message, one for each trigger. */
function momentOf({ action_ts, trigger_id, message, user }: MessageShortcut): string {
  if (action_ts !== undefined && moment.test(action_ts)) return action_ts;
  const digest = createHash('sha256')
    .update(trigger_id ?? `${user.id} ${message.ts}`)
    .digest();
  return `${message.ts.split('.')[0]}.${String(digest.readUInt32BE() % 1_000_000).padStart(6, '0')}`;
}

/** On Enterprise Grid somebody of another workspace is a colleague where Slack names one organisation for both. */
export function isColleague({ user, team, enterprise }: Pick<MessageShortcut, 'user' | 'team' | 'enterprise'>): boolean {
  if (user.team_id === undefined || team === undefined || user.team_id === team.id) return true;
  return Boolean(enterprise?.id) && (team.enterprise_id === undefined || team.enterprise_id === enterprise?.id);
}
