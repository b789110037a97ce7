import { toApiView } from '../methods/to-api-view.ts';
import type { World } from '../state/world.ts';

export function openHome(world: World, { user, tab }: { readonly user: string; readonly tab: 'home' | 'messages' }): void {
  if (!world.directory.user(user)) throw new Error(`no user ${user}`);
  const view = world.views.home(user);
  const event = {
    type: 'app_home_opened',
    user,
    channel: world.directory.openConversation([user]).id,
    tab,
    event_ts: world.timestamps.next(),
    ...(tab === 'home' && view ? { view: toApiView(world, view) } : {}),
  };
  world.feed.emit(event, false);
}
