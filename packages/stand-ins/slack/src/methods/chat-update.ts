import { requireChannel, requireMessage } from '../api/require-channel.ts';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { SlackMessage } from '../contract.ts';
import { announceChanged } from '../events/announce.ts';
import { toApiMessage } from '../state/api-message.ts';
import { type Content, readContent } from './message-content.ts';
import { readMetadata } from './read-metadata.ts';

const longestText = 4_000;

export const chatUpdate: SlackMethod = (call) => {
  const { args, world } = call;
  const channel = requireChannel(world, args.text('channel'));
  if (channel.isArchived) refuse('is_inactive');
  const previous = requireMessage(world, channel.id, args.text('ts'));
  if (previous.bot_id !== world.directory.workspace.botId) refuse('cant_update_message');
  if (world.streams.isLive(channel.id, previous.ts)) refuse('streaming_state_conflict');
  const content = contentOf(call, previous);
  const metadata = readMetadata(args);
  const { markdown: _markdown, tasks: _tasks, plan_title: _plan, metadata: kept, ...rest } = previous;
  const nextMetadata = metadata === undefined ? kept : metadata;
  const message: SlackMessage = {
    ...rest,
    ...content,
    ...(nextMetadata && nextMetadata !== 'none' ? { metadata: nextMetadata } : {}),
    edited: { user: world.directory.workspace.botId, ts: world.timestamps.next() },
  };
  world.messages.put(message);
  announceChanged(world, message, previous);
  return { channel: channel.id, ts: message.ts, text: message.text, message: toApiMessage(message, true) };
};

/** Nothing but metadata may be given, too; then what the message says stays. An empty list of blocks removes them. */
function contentOf(call: MethodCall, previous: SlackMessage): Content {
  const { args } = call;
  if (args.text('text').length > longestText) refuse('msg_too_long');
  const given = ['text', 'blocks', 'attachments', 'markdown_text'].some((name) => args.has(name));
  if (!given && args.has('metadata')) return previous;
  const content = readContent(call, { tooLong: 'msg_too_long', badAttachments: 'invalid_attachments' });
  return { ...(previous.attachments && !args.has('attachments') ? { attachments: previous.attachments } : {}), ...content };
}
