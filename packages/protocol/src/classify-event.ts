import { type Question, questionIdOf } from './question.ts';
import { type EventEnvelope, type SlackEvent, slackEventSchema } from './slack-envelope.ts';
import type { Verdict } from './verdict.ts';

export interface ClassifyRules {
  /** Bot ids (`B…`) whose messages count as questions. */
  readonly allowedBotIds: readonly string[];
}

/** Subtypes of `message` that a person wrote; all others are edits, deletions or the channel talking about itself. */
const writtenByPeople = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message', 'bot_message']);

/** The others are ignored unread: their fields have other shapes. */
const knownTypes = new Set(['message', 'app_mention', 'agent_session_stopped']);

/** Questions are direct messages and mentions; everything else said in a channel is not addressed to us. */
export function classifyEvent(envelope: EventEnvelope, rules: ClassifyRules): Verdict {
  if (!knownTypes.has(envelope.event.type)) return ignore(`event ${envelope.event.type}`);
  const parsed = slackEventSchema.safeParse(envelope.event);
  if (!parsed.success) return { kind: 'malformed', reason: `${envelope.event.type} of another shape` };
  const event = parsed.data;
  if (event.type === 'agent_session_stopped') return stopOf(event, envelope);
  if (!writtenByPeople.has(event.subtype)) return ignore(`subtype ${event.subtype}`);
  return authorProblem(event, envelope, rules) ?? questionOf(event, envelope);
}

function authorProblem(
  event: SlackEvent,
  { api_app_id, authorizations }: EventEnvelope,
  { allowedBotIds }: ClassifyRules,
): Verdict | undefined {
  if (event.app_id === api_app_id) return ignore('our own message');
  if (event.user !== undefined && authorizations?.some(({ user_id }) => user_id === event.user)) return ignore('our own message');
  if (event.bot_id !== undefined && !allowedBotIds.includes(event.bot_id)) return ignore('another bot');
  // It may open a thread; answering its answers would be a conversation without end.
  if (event.bot_id !== undefined && event.thread_ts !== undefined && event.thread_ts !== event.ts) return ignore('a bot in a thread');
  if (event.subtype === 'bot_message' && event.bot_id === undefined) return ignore('a bot without id');
  if (event.user === 'USLACK' || event.user === 'USLACKBOT') return ignore('Slack itself');
  return undefined;
}

function questionOf(event: SlackEvent, envelope: EventEnvelope): Verdict {
  const author = event.user ?? event.bot_id;
  if (!author || !event.channel || !event.ts) return ignore('no user, channel or ts');
  const botUserId = envelope.authorizations?.[0]?.user_id ?? '';
  const isDirect = event.channel_type === 'im';
  const isMention = event.type === 'app_mention' || (botUserId !== '' && (event.text ?? '').includes(`<@${botUserId}>`));
  if (!isDirect && !isMention) return ignore('not addressed to us');
  const userTeamId = event.user_team ?? event.team ?? envelope.team_id;
  const text = event.text ?? '';
  if (!isMention && text.trim() === '' && !event.files?.length) return ignore('nothing said');
  const identity = { teamId: envelope.team_id, channelId: event.channel, messageTs: event.ts };
  const question: Question = {
    kind: 'question',
    id: questionIdOf(identity),
    ...identity,
    threadTs: event.thread_ts ?? event.ts,
    userId: author,
    ...(event.bot_id === undefined ? {} : { botId: event.bot_id }),
    userTeamId,
    botUserId,
    text,
    files: filesOf(event),
    isDirect,
    isExternal: envelope.is_ext_shared_channel === true || userTeamId !== envelope.team_id,
  };
  return { kind: 'question', question };
}

function filesOf(event: SlackEvent): Question['files'] {
  return (event.files ?? []).map((file) => ({
    id: file.id,
    name: file.name ?? 'file',
    mimetype: file.mimetype ?? 'application/octet-stream',
    size: file.size ?? 0,
    ...(file.url_private_download === undefined ? {} : { url: file.url_private_download }),
  }));
}

function stopOf(event: SlackEvent, { team_id }: EventEnvelope): Verdict {
  if (!event.channel || !event.thread_ts) return ignore('a stop without thread');
  const action = { kind: 'stop', teamId: team_id, channelId: event.channel, threadTs: event.thread_ts, userId: event.user ?? '' } as const;
  return { kind: 'action', action };
}

function ignore(reason: string): Verdict {
  return { kind: 'ignore', reason };
}
