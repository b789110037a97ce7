import { createHash } from 'node:crypto';
import { clickedQuestion, isMoment } from './clicked-question.ts';
import { type Errand, toErrand } from './errand.ts';
import { type Quote, wordsOf } from './message-words.ts';
import type { Question } from './question.ts';
import { shorten, textLimits } from './shorten.ts';
import { type MessageShortcut, messageShortcutSchema } from './slack-envelope.ts';
import { filesOf } from './to-question.ts';
import type { Verdict } from './verdict.ts';

/** "Ask Vera about this", in the menu of a message: the name under which the manifest has it. */
export const askShortcutId = 'ask-about-message';
/** "How this came about": the same of what shows who asked how their answer came about. */
export const explainShortcutId = 'explain-answer';

/** A question about a message, in that message's thread, or an errand about it, by whoever clicked. */
export function classifyShortcut(payload: object): Verdict {
  const id = 'callback_id' in payload ? payload.callback_id : undefined;
  if (id !== askShortcutId && id !== explainShortcutId) return { kind: 'ignore', reason: 'not one of our shortcuts' };
  const parsed = messageShortcutSchema.safeParse(payload);
  if (!parsed.success) return { kind: 'malformed', reason: 'message_action of another shape' };
  const teamId = parsed.data.team?.id ?? parsed.data.user.team_id;
  if (!teamId) return { kind: 'malformed', reason: 'a shortcut without team' };
  return id === explainShortcutId
    ? { kind: 'errand', errand: explanationOf(parsed.data, teamId) }
    : { kind: 'question', question: questionOf(parsed.data, teamId) };
}

function explanationOf(click: MessageShortcut, teamId: string): Errand {
  const { user, channel, message, response_url: responseUrl } = click;
  const place = { channelId: channel.id, threadTs: message.thread_ts ?? message.ts, messageTs: message.ts };
  return toErrand(
    { wish: 'explain', teamId, userId: user.id, ...place, ...(responseUrl === undefined ? {} : { responseUrl }) },
    `${message.ts} ${momentOf(click)}`,
  );
}

function questionOf(click: MessageShortcut, teamId: string): Question {
  const { channel, message } = click;
  return clickedQuestion(click, {
    teamId,
    channelId: channel.id,
    messageTs: momentOf(click),
    threadTs: message.thread_ts ?? message.ts,
    text: '',
    quotes: quotesOf(message),
    files: filesOf(message),
    about: message.ts,
  });
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

/** When it was clicked, which tells one click from another, and not from its copy; else a moment of the message, one for each trigger. */
function momentOf({ action_ts, trigger_id, message, user }: MessageShortcut): string {
  if (isMoment(action_ts)) return action_ts;
  const digest = createHash('sha256')
    .update(trigger_id ?? `${user.id} ${message.ts}`)
    .digest();
  return `${message.ts.split('.')[0]}.${String(digest.readUInt32BE() % 1_000_000).padStart(6, '0')}`;
}
