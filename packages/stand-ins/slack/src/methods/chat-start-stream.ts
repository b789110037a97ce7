import { isThread, requireWritable } from '../api/require-channel.ts';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { SlackMessage, WorkspaceChannel } from '../contract.ts';
import { announcePosted } from '../events/announce.ts';
import { botAuthor } from './bot-author.ts';
import { inThread } from './chat-post-message.ts';
import { growMessage } from './grow-message.ts';
import { readChunks } from './read-chunks.ts';

export const chatStartStream: SlackMethod = ({ args, world }) => {
  if (!world.agentFeatures) refuse('channel_type_not_supported');
  const channel = requireWritable(world, args.text('channel'));
  const threadTs = args.text('thread_ts');
  if (!isThread(world, channel.id, threadTs)) refuse('invalid_thread_ts');
  checkRecipient({ args, world }, channel);
  const chunks = readChunks(args);
  const empty: SlackMessage = {
    type: 'message',
    ts: world.timestamps.next(),
    channel: channel.id,
    ...botAuthor(world, args),
    text: '',
    ...inThread(world, channel.id, threadTs),
    streaming_state: 'in_progress',
  };
  const message = growMessage(empty, chunks);
  world.messages.put(message);
  world.streams.open(channel.id, message.ts);
  world.sessions.posted(channel.id, threadTs);
  world.sessions.setStatus(channel.id, threadTs, 'processing');
  announcePosted(world, message);
  return { channel: channel.id, ts: message.ts };
};

/** In a channel Slack must know who is being answered; in a direct conversation it does. */
function checkRecipient({ args, world }: Pick<MethodCall, 'args' | 'world'>, { kind }: WorkspaceChannel): void {
  const user = args.text('recipient_user_id');
  if (kind !== 'im') {
    if (user === '') refuse('missing_recipient_user_id');
    if (args.text('recipient_team_id') === '') refuse('missing_recipient_team_id');
  }
  if (user !== '' && !world.directory.user(user)) refuse('user_not_found');
}
