import { randomUUID } from 'node:crypto';
import { newBlockId } from '../blocks/with-ids.ts';
import type { PersonFile, PersonMessage, SlackEmulator } from '../contract.ts';
import { announceChanged, announcePosted } from '../events/announce.ts';
import { newFileId } from '../files/file-store.ts';
import { inMessage, toFileObject } from '../files/to-file-object.ts';
import type { SlackMessage } from '../slack-message.ts';
import { type Directory, isDirect } from '../state/directory.ts';
import type { World } from '../state/world.ts';
import { richTextOf } from '../text/rich-text.ts';
import { toMrkdwn } from '../text/to-mrkdwn.ts';
import type { WorkspaceUser } from '../workspace.ts';
import { attachmentsOf } from './forwarded.ts';

/** A person writes, or another app's bot. */
export function postAsPerson(world: World, written: PersonMessage): SlackMessage {
  const { user: userId, channel: channelId, text, threadTs, files, broadcast, richText } = written;
  const { user, channel } = requireMember(world, userId, channelId);
  const root = threadTs === undefined ? undefined : world.messages.get(channel.id, threadTs);
  if (threadTs !== undefined && !root) throw new Error(`no thread ${threadTs} in ${channel.id}`);
  const ts = world.timestamps.next();
  const mrkdwn = typedText(world.directory, text);
  const uploads = (files ?? []).map((file) =>
    upload(world, file, { user: user.id, channel: channel.id, ts, isPrivate: isDirect(channel) }),
  );
  const message: SlackMessage = {
    type: 'message',
    ...(uploads.length > 0 ? { subtype: 'file_share', files: uploads, upload: true, display_as_bot: false } : {}),
    ...(broadcast && root ? { subtype: 'thread_broadcast' } : {}),
    ...authorOf(world, user, uploads.length > 0),
    ts,
    channel: channel.id,
    text: mrkdwn,
    ...blocksOf(mrkdwn, richText),
    ...attachmentsOf(world, written),
    ...(root ? { thread_ts: root.thread_ts ?? root.ts, ...(root.user === undefined ? {} : { parent_user_id: root.user }) } : {}),
  };
  world.messages.put(message);
  announcePosted(world, message);
  return message;
}

function blocksOf(mrkdwn: string, richText: PersonMessage['richText']): Pick<SlackMessage, 'blocks'> {
  if (richText) return { blocks: [{ type: 'rich_text', block_id: newBlockId(), elements: richText }] };
  return mrkdwn === '' ? {} : { blocks: [richTextOf(mrkdwn, newBlockId())] };
}

function authorOf(
  { directory }: World,
  { id, botId, workflowId, name, realName, teamId }: WorkspaceUser,
  isUpload: boolean,
): Partial<SlackMessage> {
  const team = teamId ?? directory.workspace.teamId;
  if (botId === undefined) {
    // Shares of files come without the client's own id and the team.
    return { user: id, ...(isUpload ? {} : { client_msg_id: randomUUID(), team }), ...foreignTeam(team, directory.workspace.teamId) };
  }
  // As captured in https://github.com/caipe-io/ai-platform-engineering/pull/1624.
  if (workflowId !== undefined) return { subtype: 'bot_message', bot_id: botId, workflow_id: workflowId, username: realName, team };
  const appId = `A${botId.slice(1)}`;
  const profile = { id: botId, deleted: false, name: realName || name, updated: 1_766_422_444, app_id: appId, user_id: id, team_id: team };
  return { user: id, bot_id: botId, app_id: appId, team, bot_profile: profile };
}

/** Slack names the team of a person from elsewhere thrice. */
function foreignTeam(team: string, ownTeam: string): Record<string, string> {
  return team === ownTeam ? {} : { user_team: team, source_team: team };
}

function upload(
  world: World,
  { name, mimetype, bytes, as }: PersonFile,
  { user, ...share }: { readonly user: string; readonly channel: string; readonly ts: string; readonly isPrivate: boolean },
): Record<string, unknown> {
  const file = world.files.put({
    id: newFileId(),
    name,
    title: name,
    mimetype,
    ...(as ? { as } : {}),
    user,
    created: Math.floor(world.clock.now() / 1000),
    bytes,
    length: bytes.byteLength,
    isComplete: true,
    shares: [share],
  });
  return inMessage(toFileObject(world, file), file);
}

/** Throws where Slack's own clients would not let a person write. */
function requireMember({ directory }: World, userId: string, channelId: string) {
  const user = directory.user(userId);
  const channel = directory.channel(channelId);
  if (!user) throw new Error(`no user ${userId}`);
  if (!channel) throw new Error(`no channel ${channelId}`);
  if (!channel.members.includes(userId)) throw new Error(`${userId} is not in ${channelId}`);
  if (channel.isArchived) throw new Error(`${channelId} is archived`);
  return { user, channel };
}

/** The message changes without a word of its author, as it does for every link Slack has a preview of. */
export function attach(world: World, { channel, ts, attachments }: Parameters<SlackEmulator['attach']>[0]): void {
  const previous = messageAt(world, channel, ts);
  const message = { ...previous, attachments: [...(previous.attachments ?? []), ...attachments] };
  world.messages.put(message);
  announceChanged(world, message, previous);
}

/** People edit only what they wrote. */
export function editAsPerson(world: World, { user, channel, ts, text }: Parameters<SlackEmulator['edit']>[0]): void {
  const previous = messageAt(world, channel, ts);
  if (previous.user !== user) throw new Error(`${user} did not write ${ts}`);
  const mrkdwn = typedText(world.directory, text);
  const message: SlackMessage = {
    ...previous,
    text: mrkdwn,
    blocks: mrkdwn === '' ? [] : [richTextOf(mrkdwn, newBlockId())],
    edited: { user, ts: world.timestamps.next() },
  };
  world.messages.put(message);
  announceChanged(world, message, previous);
}

/** Throws where there is none. */
export function messageAt({ messages }: World, channel: string, ts: string): SlackMessage {
  const message = messages.get(channel, ts);
  if (!message) throw new Error(`no message ${ts} in ${channel}`);
  return message;
}

/** What Slack's composer makes of typed text: names after an @ become mentions, the rest is escaped. */
function typedText({ workspace }: Directory, text: string): string {
  const { users, botName, botUserId } = workspace;
  const people = [{ id: botUserId, names: [botName] }, ...users.map(({ id, name, realName }) => ({ id, names: [realName, name] }))];
  const byLength = people
    .flatMap(({ id, names }) => names.map((name) => ({ id, name })))
    .sort((one, other) => other.name.length - one.name.length);
  const mentioned = byLength.reduce((typed, { id, name }) => typed.replace(mentionOf(name), `$1<@${id}>`), text);
  return toMrkdwn(mentioned);
}

function mentionOf(name: string): RegExp {
  return new RegExp(`(^|[\\s(])@${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'giu');
}
