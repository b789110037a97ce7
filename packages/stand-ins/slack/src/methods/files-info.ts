import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { StoredFile } from '../files/file-store.ts';
import { isVisibleToBot } from '../files/is-visible-to-bot.ts';
import { toFileObject } from '../files/to-file-object.ts';

export const filesInfo: SlackMethod = ({ args, world }) => {
  const file = world.files.get(args.text('file'));
  if (!file || !isVisibleToBot(world, file)) return refuse('file_not_found');
  return { file: { ...toFileObject(world, file), shares: sharesOf(file) }, comments: [], response_metadata: { next_cursor: '' } };
};

function sharesOf({ shares }: StoredFile): Record<string, Record<string, { ts: string }[]>> {
  const result: Record<string, Record<string, { ts: string }[]>> = {};
  for (const { channel, ts, isPrivate } of shares) {
    const kind = isPrivate ? 'private' : 'public';
    const byChannel = result[kind] ?? {};
    result[kind] = { ...byChannel, [channel]: [...(byChannel[channel] ?? []), { ts }] };
  }
  return result;
}
