import type { SlackEmulator } from '../contract.ts';
import type { World } from '../state/world.ts';
import { clickAsPerson } from './click-as-person.ts';
import { deleteMessage } from './delete-message.ts';
import { editAsPerson } from './edit-as-person.ts';
import { openHome } from './open-home.ts';
import { postAsPerson } from './post-as-person.ts';
import { stopSession } from './stop-session.ts';

type Hands = Omit<SlackEmulator, 'url' | 'port' | 'workspace' | 'isDisabled' | 'calls' | 'inject' | 'reset' | typeof Symbol.asyncDispose>;

/** What people can do, and what can be seen. */
export function handsOf(world: World): Hands {
  return {
    subscribe: (urls) => world.feed.subscribe(urls),
    post: (message) => postAsPerson(world, message),
    edit: (change) => editAsPerson(world, change),
    remove({ channel, ts }) {
      const message = world.messages.get(channel, ts);
      if (!message) throw new Error(`no message ${ts} in ${channel}`);
      deleteMessage(world, message);
    },
    click: (click) => clickAsPerson(world, click),
    stop: (stop) => stopSession(world, stop),
    allowRedirect: (uri) => void world.redirectUris.add(uri),
    authorize: (grant) => world.grants.issueCode(grant),
    openHome: (home) => openHome(world, home),
    messages: (channel, threadTs) =>
      threadTs === undefined ? world.messages.inChannel(channel) : world.messages.inThread(channel, threadTs),
    ephemerals: (user) => world.ephemerals.of(user),
    session: (channel, threadTs) => world.sessions.get(channel, threadTs),
    file: (id) => world.files.get(id),
    deliveries: world.feed.log.deliveries,
    idle: () => world.feed.idle(),
    disturbDeliveries(disturb) {
      world.feed.disturbance = disturb;
    },
    advance: (milliseconds) => world.clock.advance(milliseconds),
    renameBot: (name) => world.directory.renameBot(name),
    onChange: (listener) => world.changes.onChange(listener),
  };
}
