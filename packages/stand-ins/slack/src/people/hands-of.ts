import type { SlackEmulator } from '../contract.ts';
import { announceReaction } from '../events/announce.ts';
import { withReaction } from '../methods/reactions.ts';
import { toApiView } from '../methods/views.ts';
import type { World } from '../state/world.ts';
import { clickAsPerson } from './click-as-person.ts';
import { commandAsPerson } from './command-as-person.ts';
import { deleteMessage } from './delete-message.ts';
import { invite, lookAt, openAssistant, openHome } from './look-around.ts';
import { pressHome } from './press-home.ts';
import { shortcutAsPerson } from './shortcut-as-person.ts';
import { attach, editAsPerson, messageAt, postAsPerson } from './write-as-person.ts';

type Hands = Omit<SlackEmulator, 'url' | 'port' | 'workspace' | 'isDisabled' | 'calls' | 'inject' | 'reset' | typeof Symbol.asyncDispose>;

/** What people can do, and what can be seen. */
export function handsOf(world: World): Hands {
  return {
    subscribe: (urls) => world.feed.subscribe(urls),
    post: (message) => postAsPerson(world, message),
    attach: (preview) => attach(world, preview),
    edit: (change) => editAsPerson(world, change),
    remove: ({ channel, ts }) => deleteMessage(world, messageAt(world, channel, ts)),
    react: (reaction) => react(world, reaction),
    click: (click) => clickAsPerson(world, click),
    command: (command) => commandAsPerson(world, command),
    shortcut: (shortcut) => shortcutAsPerson(world, shortcut),
    pressHome: (press) => pressHome(world, press),
    home(user) {
      const view = world.views.home(user);
      return view && toApiView(world, view);
    },
    stop: (stop) => stopSession(world, stop),
    allowRedirect: (uri) => void world.redirectUris.add(uri),
    authorize: (grant) => world.grants.issueCode(grant),
    openHome: (home) => openHome(world, home),
    lookAt: (look) => lookAt(world, look),
    openAssistant: (opening) => openAssistant(world, opening),
    invite: (invitation) => invite(world, invitation),
    prompts: (channel, threadTs) => world.prompts.get(channel, threadTs),
    messages: (channel, threadTs) =>
      threadTs === undefined ? world.messages.inChannel(channel) : world.messages.inThread(channel, threadTs),
    ephemerals: (user) => world.ephemerals.of(user),
    session: (channel, threadTs) => world.sessions.get(channel, threadTs),
    file: (id) => world.files.get(id),
    shareAfter(looks) {
      world.files.looksBeforeShare = looks;
    },
    deliveries: world.feed.log.deliveries,
    idle: () => world.feed.idle(),
    disturbDeliveries(disturb) {
      world.feed.disturbance = disturb;
    },
    expireStreams: () => world.streams.expireAll(),
    advance: (milliseconds) => world.clock.advance(milliseconds),
    renameBot: (name) => world.directory.renameBot(name),
    onChange: (listener) => world.changes.onChange(listener),
  };
}

/** Twice is once, as a second click takes it away again. */
function react(world: World, { user, channel, ts, name }: Parameters<Hands['react']>[0]): void {
  const message = messageAt(world, channel, ts);
  if (message.reactions?.some((known) => known.name === name && known.users.includes(user))) throw new Error(`${user} reacted so already`);
  world.messages.put(withReaction(message, name, user));
  announceReaction(world, message, { name, user });
}

/** Slack ends the streams itself; the app must take the session out of `processing`. */
function stopSession(world: World, { user, channel, threadTs }: Parameters<Hands['stop']>[0]): void {
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
