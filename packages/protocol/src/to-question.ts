import { quotedFilesOf, wordsOf } from './message-words.ts';
import { type Question, questionIdOf } from './question.ts';
import { shorten, textLimits } from './shorten.ts';
import { type EventEnvelope, type EventMessage, filesSchema, type SlackEvent } from './slack-envelope.ts';

/** More than Slack lets anybody attach. */
const mostFiles = 50;

/** The question a message would be, whoever it is addressed to; undefined without author or place. `event` tells where it stands. */
export function toQuestion(message: EventMessage, event: SlackEvent, envelope: EventEnvelope): Question | undefined {
  const author = message.user ?? message.bot_id;
  if (!author || !event.channel || !message.ts) return undefined;
  const { text, typed, quotes } = wordsOf(message);
  const userTeamId = message.user_team ?? message.team ?? envelope.team_id;
  const identity = { teamId: envelope.team_id, channelId: event.channel, messageTs: message.ts };
  return {
    kind: 'question',
    id: questionIdOf(identity),
    ...identity,
    threadTs: message.thread_ts ?? message.ts,
    userId: author,
    ...(message.bot_id === undefined ? {} : { botId: message.bot_id }),
    userTeamId,
    botUserId: envelope.authorizations?.[0]?.user_id ?? '',
    text,
    ...(typed === undefined ? {} : { typed }),
    ...editedIn(message, event),
    ...(quotes.length === 0 ? {} : { quotes: [...quotes] }),
    files: filesOf(message),
    isDirect: event.channel_type === 'im',
    isExternal: envelope.is_ext_shared_channel === true || !isColleague(userTeamId, envelope),
    ...actionTokenOf(event),
  };
}

/** Slack's time of an edit may be in whole seconds; within one, the event's own time tells which came later. */
function editedIn(message: EventMessage, event: SlackEvent): Pick<Question, 'editedTs'> {
  const told = event.subtype === 'message_changed' ? (event.ts ?? event.event_ts) : undefined;
  const times = [message.edited?.ts, told].filter((ts) => ts !== undefined);
  return times.length === 0 ? {} : { editedTs: times.join(' ') };
}

function actionTokenOf({ action_token, assistant_thread }: SlackEvent): Pick<Question, 'actionToken'> {
  const actionToken = action_token ?? assistant_thread?.action_token;
  return actionToken === undefined ? {} : { actionToken };
}

/**
 * On Enterprise Grid a company has many workspaces: another one is of the same company where Slack names the same organisation for what
 * happened and for our installation, and says that the channel is shared with nobody. What it does not say counts as no.
 */
function isColleague(userTeamId: string, envelope: EventEnvelope): boolean {
  if (userTeamId === envelope.team_id) return true;
  const ours = envelope.context_enterprise_id ?? envelope.authorizations?.[0]?.enterprise_id;
  return Boolean(ours) && ours === envelope.enterprise_id && envelope.is_ext_shared_channel === false;
}

export function filesOf(message: Pick<EventMessage, 'files' | 'attachments'>): Question['files'] {
  const files = [...filesSchema.parse(message.files), ...filesSchema.parse(quotedFilesOf(message))];
  return files.slice(0, mostFiles).map(({ id, name, mimetype, size, url_private_download }) => ({
    ...(id === undefined ? {} : { id }),
    name: shorten(name ?? 'file', textLimits.line),
    mimetype: shorten(mimetype ?? 'application/octet-stream', textLimits.line),
    size: size ?? 0,
    ...(url_private_download === undefined ? {} : { url: url_private_download }),
  }));
}
