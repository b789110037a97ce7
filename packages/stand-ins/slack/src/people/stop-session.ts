import type { World } from '../state/world.ts';

export interface Stop {
  readonly user: string;
  readonly channel: string;
  readonly threadTs: string;
}

/** Slack ends the streams itself; the app must take the session out of `processing`. */
export function stopSession(world: World, { user, channel, threadTs }: Stop): void {
  const thread = world.messages.inThread(channel, threadTs);
  if (thread.length === 0) throw new Error(`no thread ${threadTs} in ${channel}`);
  const streaming = thread.filter(({ ts }) => world.streams.isLive(channel, ts));
  for (const message of streaming) {
    world.streams.stopByUser(channel, message.ts);
    world.messages.put({ ...message, streaming_state: 'completed' });
  }
  const event = {
    type: 'agent_session_stopped',
    channel,
    user,
    thread_ts: threadTs,
    streaming_message_ts: streaming.map(({ ts }) => ts),
    event_ts: world.timestamps.next(),
  };
  world.feed.emit(event, world.directory.channel(channel)?.isExtShared ?? false);
}
