import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { requireWritable } from '../api/require-channel.ts';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse, refuseWith, SlackRefusal } from '../api/slack-refusal.ts';
import { newBlockId } from '../blocks/with-ids.ts';
import { announcePosted } from '../events/announce.ts';
import { newFileId, type StoredFile } from '../files/file-store.ts';
import { isVisibleToBot, mimetypeOf, toFileObject } from '../files/to-file-object.ts';
import type { SlackMessage } from '../slack-message.ts';
import { isDirect } from '../state/directory.ts';
import type { World } from '../state/world.ts';
import { richTextOf } from '../text/rich-text.ts';
import { toMrkdwn } from '../text/to-mrkdwn.ts';
import type { WorkspaceChannel } from '../workspace.ts';
import { botAuthor, inThread, threadLeft } from './bot-message.ts';

const largestSnippet = 1024 * 1024;
const largestFile = 1024 ** 3;
const longestAltText = 1_000;

export const filesGetUploadUrlExternal: SlackMethod = ({ args, world }) => {
  const name = args.text('filename');
  const length = args.number('length') ?? 0;
  if (name === '') refuse('missing_argument');
  if (!Number.isInteger(length) || length < 1) refuseWith('invalid_arguments', ['must be greater than 0 [json-pointer:/length]']);
  if (length > largestFile) refuse('file_upload_size_restricted');
  if (args.text('snippet_type') !== '' && length > largestSnippet) refuse('snippet_too_large');
  const altText = args.optional('alt_txt') ?? args.text('alt_text');
  if (altText.length > longestAltText) refuse('alt_txt_too_large');
  const file = world.files.put({
    id: newFileId(),
    name,
    title: name,
    mimetype: mimetypeOf(name),
    user: world.directory.workspace.botUserId,
    created: Math.floor(world.clock.now() / 1000),
    bytes: new Uint8Array(),
    length,
    isComplete: false,
    shares: [],
    ...(altText === '' ? {} : { altText }),
  });
  return { upload_url: `${world.origin()}/upload/v1/${world.files.issueUpload(file.id)}`, file_id: file.id };
};

/** The files are answered at once; the message that shares them comes with an event. */
export const filesCompleteUploadExternal: SlackMethod = (call) => {
  const { args, world } = call;
  const entries = args.list('files') ?? [];
  if (entries.length === 0) refuseWith('invalid_arguments', ['no fewer than 1 items allowed [json-pointer:/files]']);
  const files = entries.map((entry) => requireUploaded(world, entry));
  const channels = readChannels(call);
  const completed = files.map((file) => world.files.put({ ...file, isComplete: true }));
  // Answered before it is shared: https://github.com/paradigmxyz/centaur/pull/311
  const shareAll = () => {
    for (const channel of channels) share(call, channel, completed);
  };
  if (channels.length > 0)
    world.files.shareLater(
      completed.map(({ id }) => id),
      shareAll,
    );
  return { files: completed.map((file) => toFileObject(world, file)) };
};

function requireUploaded({ files }: World, entry: unknown): StoredFile {
  if (!isJsonObject(entry) || typeof entry.id !== 'string')
    return refuseWith('invalid_arguments', ['missing required field: id [json-pointer:/files]']);
  const file = files.get(entry.id);
  if (!file || file.isComplete || file.bytes.byteLength !== file.length) return refuse('file_not_found');
  return typeof entry.title === 'string' && entry.title !== '' ? { ...file, title: entry.title } : file;
}

function readChannels({ args, world }: MethodCall): readonly WorkspaceChannel[] {
  const listed = args
    .text('channels')
    .split(',')
    .filter((id) => id !== '');
  if (listed.length > 100) refuse('channels_limit_exceeded');
  const ids = args.text('channel_id') === '' ? listed : [args.text('channel_id')];
  return ids.map((id) => {
    try {
      return requireWritable(world, id);
    } catch (error) {
      if (error instanceof SlackRefusal && error.reason === 'is_archived') return refuse('posting_to_channel_denied');
      throw error;
    }
  });
}

function share({ args, world }: MethodCall, channel: WorkspaceChannel, files: readonly StoredFile[]): void {
  const ts = world.timestamps.next();
  const threadTs = threadLeft(world, channel.id, args.text('thread_ts'));
  const place = { channel: channel.id, ts, isPrivate: isDirect(channel), ...(threadTs === '' ? {} : { threadTs }) };
  const shared = files.map((file) => {
    const current = world.files.get(file.id) ?? file;
    return world.files.put({ ...current, shares: [...current.shares, place] });
  });
  const text = toMrkdwn(args.text('initial_comment'));
  const message: SlackMessage = {
    type: 'message',
    subtype: 'file_share',
    ts,
    channel: channel.id,
    ...botAuthor(world),
    text,
    ...(text === '' ? {} : { blocks: [richTextOf(text, newBlockId())] }),
    files: shared.map((file) => toFileObject(world, file)),
    upload: true,
    display_as_bot: false,
    ...inThread(world, channel.id, threadTs),
  };
  world.messages.put(message);
  announcePosted(world, message);
}

/** The messages that share it stay, and say that it was deleted: https://github.com/sgratzl/slack-cleaner/issues/56 */
export const filesDelete: SlackMethod = ({ args, world }) => {
  const id = args.text('file');
  const file = world.files.get(id);
  if (!file || !isVisibleToBot(world, file)) return refuse('file_not_found');
  if (file.user !== world.directory.workspace.botUserId) return refuse('cant_delete_file');
  for (const { channel, ts } of file.shares) {
    const message = world.messages.get(channel, ts);
    const files = message?.files?.map((entry) => (entry.id === id ? { id, mode: 'tombstone' } : entry));
    if (message && files) world.messages.put({ ...message, files });
  }
  world.files.remove(id);
  return {};
};

export const filesInfo: SlackMethod = ({ args, world }) => {
  world.files.lookedAt(args.text('file'));
  const file = world.files.get(args.text('file'));
  if (!file || !isVisibleToBot(world, file)) return refuse('file_not_found');
  if (file.as === 'tombstone') return refuse('file_deleted');
  return { file: { ...toFileObject(world, file), shares: sharesOf(file) }, comments: [], response_metadata: { next_cursor: '' } };
};

function sharesOf({ shares }: StoredFile): Record<string, Record<string, { ts: string; thread_ts?: string }[]>> {
  const result: ReturnType<typeof sharesOf> = {};
  for (const { channel, ts, isPrivate, threadTs } of shares) {
    const kind = isPrivate ? 'private' : 'public';
    const byChannel = result[kind] ?? {};
    result[kind] = {
      ...byChannel,
      [channel]: [...(byChannel[channel] ?? []), { ts, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) }],
    };
  }
  return result;
}
