import { newBlockId } from '../blocks/with-ids.ts';
import type { SlackMessage } from '../contract.ts';
import { announceChanged } from '../events/announce.ts';
import type { World } from '../state/world.ts';
import { richTextOf } from '../text/rich-text.ts';
import { typedText } from './typed-text.ts';

export interface Edit {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
}

/** People edit only what they wrote. */
export function editAsPerson(world: World, { user, channel, ts, text }: Edit): void {
  const previous = world.messages.get(channel, ts);
  if (!previous) throw new Error(`no message ${ts} in ${channel}`);
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
