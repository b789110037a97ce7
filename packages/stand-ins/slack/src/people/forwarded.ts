import type { PersonMessage } from '../contract.ts';
import { permalinkOf } from '../methods/chat.ts';
import type { SlackMessage } from '../slack-message.ts';
import type { World } from '../state/world.ts';

/** The attachments of a message that somebody sends: what they forward, in the form in which Slack shares a message, and their own. */
export function attachmentsOf(world: World, { user, forward, attachments = [] }: PersonMessage): Pick<SlackMessage, 'attachments'> {
  const all = [...(forward ? [shared(world, user, forward)] : []), ...attachments];
  return all.length === 0 ? {} : { attachments: all.map((attachment, index) => ({ id: index + 1, ...attachment })) };
}

/** Throws where the person could not see what they forward. */
function shared(world: World, userId: string, { channel: id, ts }: NonNullable<PersonMessage['forward']>) {
  const { messages, directory } = world;
  const channel = directory.channel(id);
  const message = channel?.members.includes(userId) ? messages.get(id, ts) : undefined;
  if (!channel || !message) throw new Error(`no message ${ts} in ${id}`);
  const author = message.user === undefined ? undefined : directory.user(message.user);
  const { attachments = [], files = [], blocks, text } = message;
  const first = attachments[0] ?? {};
  return {
    ts,
    channel_id: id,
    channel_team: directory.workspace.teamId,
    is_msg_unfurl: true,
    is_share: true,
    ...(message.user === undefined ? { author_subname: message.username } : { author_id: message.user, author_name: author?.realName }),
    fallback: `[${new Date(Number(ts) * 1000).toUTCString()}] ${author?.name ?? message.username ?? 'app'}: ${text}`,
    from_url: permalinkOf(world, message),
    text: text || [first.title, first.text].filter((line) => typeof line === 'string').join('\n'),
    ...(blocks === undefined ? {} : { message_blocks: [{ team: directory.workspace.teamId, channel: id, ts, message: { blocks } }] }),
    ...(typeof first.fields === 'object' ? { fields: first.fields } : {}),
    files,
    footer: `Posted in #${channel.name}`,
  };
}
