import { stopReaction } from './action.ts';
import { asksToStop } from './asks-to-stop.ts';
import { authorProblem, type ClassifyRules } from './author-problem.ts';
import { classifyChange } from './classify-change.ts';
import { toErrand } from './errand.ts';
import { wordsOf } from './message-words.ts';
import { type EventEnvelope, type SlackEvent, slackEventSchema } from './slack-envelope.ts';
import { toQuestion } from './to-question.ts';
import type { MeantAs, Verdict } from './verdict.ts';

/** The others are ignored unread: their fields have other shapes. */
const knownTypes = new Set([
  'message',
  'app_mention',
  'agent_session_stopped',
  'reaction_added',
  'member_joined_channel',
  'app_home_opened',
  'app_context_changed',
  'assistant_thread_started',
  'assistant_thread_context_changed',
]);

/** Questions are direct messages, mentions, and what is written on in a thread; everything else said in a channel is not addressed to us. */
export function classifyEvent(envelope: EventEnvelope, rules: ClassifyRules): Verdict {
  if (!knownTypes.has(envelope.event.type)) return ignore(`event ${envelope.event.type}`);
  const parsed = slackEventSchema.safeParse(envelope.event);
  if (!parsed.success) return { kind: 'malformed', reason: `${envelope.event.type} of another shape` };
  const event = parsed.data;
  const notice = noticeOf(event, envelope);
  if (notice) return notice;
  const change = classifyChange(event, envelope, rules, (message) =>
    meantAs({ ...message, type: 'message', ...placeIn(event) }, envelope, rules),
  );
  if (change) return change;
  const problem = authorProblem(event, envelope, rules);
  if (problem !== undefined) return ignore(problem);
  const said = questionOf(event, envelope);
  return (said.kind === 'question' || said.kind === 'follow-up') && asksToStop(said.question) ? stopInWords(said) : said;
}

function placeIn({ channel, channel_type }: SlackEvent): Pick<SlackEvent, 'channel' | 'channel_type'> {
  return { channel, channel_type };
}

function meantAs(message: SlackEvent, envelope: EventEnvelope, rules: ClassifyRules): MeantAs {
  if (authorProblem(message, envelope, rules) !== undefined) return 'nothing';
  const { kind } = questionOf(message, envelope);
  return kind === 'question' || kind === 'follow-up' ? kind : 'nothing';
}

/** Of what is no message. */
function noticeOf(event: SlackEvent, envelope: EventEnvelope): Verdict | undefined {
  switch (event.type) {
    case 'agent_session_stopped':
      return stopOf(event, envelope);
    case 'reaction_added':
      return stopByReaction(event, envelope);
    case 'app_home_opened':
      return homeOf(event, envelope);
    case 'app_context_changed':
      return promptsOf(event, envelope);
    case 'assistant_thread_started':
    case 'assistant_thread_context_changed':
      return threadOf(event, envelope);
    case 'member_joined_channel':
      return joinOf(event, envelope);
    default:
      return undefined;
  }
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

function stopOf({ channel: channelId, thread_ts: threadTs, user: userId, event_ts: ts }: SlackEvent, envelope: EventEnvelope): Verdict {
  if (!channelId || !threadTs) return ignore('a stop without thread');
  if (!userId || !ts) return ignore('a stop by nobody, or at no time');
  return { kind: 'action', action: { kind: 'stop', teamId: envelope.team_id, channelId, threadTs, userId, ts } };
}

function stopByReaction(
  { reaction, item, item_user: author, user: userId, event_ts: ts }: SlackEvent,
  { team_id: teamId, authorizations }: EventEnvelope,
): Verdict {
  const isOurs = authorizations?.some(({ user_id }) => user_id === userId);
  if (reaction !== stopReaction || isOurs || item?.type !== 'message') return ignore('event reaction_added');
  const { channel: channelId, ts: about } = item;
  if (!channelId || !about || !userId || !ts) return ignore('a stop by nobody, or of nothing');
  return { kind: 'action', action: { kind: 'stop', teamId, channelId, about, ...(author ? { author } : {}), userId, ts } };
}

/** A message of its own, outside a thread, is about no thread: it ends what its author asked in the channel. */
function stopInWords(said: Extract<Verdict, { kind: 'question' | 'follow-up' }>): Verdict {
  const { teamId, channelId, threadTs, messageTs: ts, userId } = said.question;
  return { kind: 'stop', said, stop: { kind: 'stop', teamId, channelId, ...(threadTs === ts ? {} : { threadTs }), userId, ts } };
}

function homeOf(event: SlackEvent, envelope: EventEnvelope): Verdict {
  const { user: userId, tab, event_ts = '' } = event;
  if (!userId) return ignore('a home of nobody');
  // The event came long before the tab: without it, the home tab was meant.
  if (tab === undefined || tab === 'home')
    return { kind: 'errand', errand: toErrand({ wish: 'home', teamId: envelope.team_id, userId }, event_ts) };
  return tab === 'messages' ? promptsOf(event, envelope) : ignore('a tab that is not ours');
}

function promptsOf({ user: userId, channel: channelId, context, event_ts = '' }: SlackEvent, { team_id: teamId }: EventEnvelope): Verdict {
  if (!userId || !channelId) return ignore('prompts for nobody or nowhere');
  const errand = { wish: 'prompts', teamId, userId, channelId, ...viewedIn(context?.entities.map(({ value }) => value) ?? []) } as const;
  return { kind: 'errand', errand: toErrand(errand, event_ts) };
}

/** A channel by its id, or that of a message. */
function viewedIn(values: readonly unknown[]): { readonly viewedId?: string } {
  const ids = values.map((value) => (typeof value === 'object' && value !== null && 'channel_id' in value ? value.channel_id : value));
  const viewedId = ids.find((id) => typeof id === 'string' && /^[CG][A-Z0-9]{2,20}$/.test(id));
  return typeof viewedId === 'string' ? { viewedId } : {};
}

/** Slack tells of everybody who comes into a channel that we are in. */
function joinOf(
  { user: userId, channel: channelId, event_ts = '' }: SlackEvent,
  { team_id: teamId, authorizations }: EventEnvelope,
): Verdict {
  if (!userId || !channelId || !authorizations?.some(({ user_id }) => user_id === userId)) return ignore('somebody else came');
  return { kind: 'errand', errand: toErrand({ wish: 'welcome', teamId, userId, channelId }, event_ts) };
}

/** Of apps that were agents before Slack called them so; others have the tab of their direct messages. */
function threadOf({ assistant_thread: thread, event_ts = '' }: SlackEvent, { team_id: teamId }: EventEnvelope): Verdict {
  const { user_id: userId, channel_id: channelId, thread_ts: threadTs, context } = thread ?? {};
  if (!userId || !channelId || !threadTs) return ignore('an assistant thread without place');
  const errand = { wish: 'prompts', teamId, userId, channelId, threadTs, ...viewedIn([context?.channel_id]) } as const;
  return { kind: 'errand', errand: toErrand(errand, event_ts) };
}

function ignore(reason: string): Verdict {
  return { kind: 'ignore', reason };
}
