import { authorProblem, type ClassifyRules } from './author-problem.ts';
import { classifyChange } from './classify-change.ts';
import { toErrand } from './errand.ts';
import { wordsOf } from './message-words.ts';
import { type EventEnvelope, type SlackEvent, slackEventSchema } from './slack-envelope.ts';
import { toQuestion } from './to-question.ts';
import type { Verdict } from './verdict.ts';

/** The others are ignored unread: their fields have other shapes. */
const knownTypes = new Set(['message', 'app_mention', 'agent_session_stopped', 'app_home_opened', 'assistant_thread_started']);

/** Questions are direct messages, mentions, and what is written on in a thread; everything else said in a channel is not addressed to us. */
export function classifyEvent(envelope: EventEnvelope, rules: ClassifyRules): Verdict {
  if (!knownTypes.has(envelope.event.type)) return ignore(`event ${envelope.event.type}`);
  const parsed = slackEventSchema.safeParse(envelope.event);
  if (!parsed.success) return { kind: 'malformed', reason: `${envelope.event.type} of another shape` };
  const event = parsed.data;
  if (event.type === 'agent_session_stopped') return stopOf(event, envelope);
  if (event.type === 'app_home_opened') return homeOf(event, envelope);
  if (event.type === 'assistant_thread_started') return threadOf(event, envelope);
  const change = classifyChange(event, envelope, rules);
  if (change) return change;
  const problem = authorProblem(event, envelope, rules);
  return problem === undefined ? questionOf(event, envelope) : ignore(problem);
}

function questionOf(event: SlackEvent, envelope: EventEnvelope): Verdict {
  const question = toQuestion(event, event, envelope);
  if (!question) return ignore('no user, channel or ts');
  const { text, quotes = [], files, botUserId, isDirect, isExternal } = question;
  const isMention = isMentionOf(event, botUserId, text);
  if (!isMention && text.trim() === '' && quotes.length === 0 && files.length === 0) return ignore('nothing said');
  if (isDirect || isMention) return { kind: 'question', question };
  const isReply = event.thread_ts !== undefined && event.thread_ts !== event.ts;
  if (!isReply || event.bot_id !== undefined) return ignore('not addressed to us');
  // There is one thing to say there, and it was said.
  if (isExternal) return ignore('not named in a shared channel');
  return addressesSomebody(text) ? ignore('addressed to somebody else') : { kind: 'follow-up', question };
}

/** A mention in what is forwarded is none: its author spoke to us, not who forwards it. */
function isMentionOf(event: SlackEvent, botUserId: string, text: string): boolean {
  const isNamedIn = (words: string) => botUserId !== '' && [`<@${botUserId}>`, `<@${botUserId}|`].some((name) => words.includes(name));
  if (isNamedIn(text)) return true;
  return event.type === 'app_mention' && !wordsOf(event).quotes.some((quote) => isNamedIn(quote.text));
}

/** A person, a group or everybody; what stands in code addresses nobody. */
function addressesSomebody(text: string): boolean {
  const spoken = text.replace(/```[\s\S]*?```/g, ' ').replace(/`[^`\n]*`/g, ' ');
  return /<@[A-Z0-9]+|<!(?:here|channel|everyone|subteam)/.test(spoken);
}

function stopOf(event: SlackEvent, { team_id }: EventEnvelope): Verdict {
  if (!event.channel || !event.thread_ts) return ignore('a stop without thread');
  const action = { kind: 'stop', teamId: team_id, channelId: event.channel, threadTs: event.thread_ts, userId: event.user ?? '' } as const;
  return { kind: 'action', action };
}

function homeOf({ user: userId, channel: channelId, tab, event_ts = '' }: SlackEvent, { team_id: teamId }: EventEnvelope): Verdict {
  if (!userId) return ignore('a home of nobody');
  // The event came long before the tab: without it, the home tab was meant.
  if (tab === undefined || tab === 'home') return { kind: 'errand', errand: toErrand({ wish: 'home', teamId, userId }, event_ts) };
  if (tab !== 'messages' || !channelId) return ignore('a tab that is not ours');
  return { kind: 'errand', errand: toErrand({ wish: 'prompts', teamId, userId, channelId }, event_ts) };
}

/** Of apps that were agents before Slack called them so; others have the tab of their direct messages. */
function threadOf({ assistant_thread: thread, event_ts = '' }: SlackEvent, { team_id: teamId }: EventEnvelope): Verdict {
  const { user_id: userId, channel_id: channelId, thread_ts: threadTs } = thread ?? {};
  if (!userId || !channelId || !threadTs) return ignore('an assistant thread without place');
  return { kind: 'errand', errand: toErrand({ wish: 'prompts', teamId, userId, channelId, threadTs }, event_ts) };
}

function ignore(reason: string): Verdict {
  return { kind: 'ignore', reason };
}
