import type { World } from '../state/world.ts';
import type { StoredFile } from './file-store.ts';

/** The bot sees what it uploaded and what was shared where it is a member. */
export function isVisibleToBot({ directory }: World, { isComplete, user, shares }: StoredFile): boolean {
  const bot = directory.workspace.botUserId;
  return isComplete && (user === bot || shares.some(({ channel }) => directory.channel(channel)?.members.includes(bot)));
}
