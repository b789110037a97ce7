import { setTimeout as sleep } from 'node:timers/promises';
import { textLimits } from '@vera/protocol/shorten';
import { readReplies } from '@vera/slack/read-replies';
import type { SlackCall } from '@vera/slack/slack-calls';
import { isRefusedWith, SlackError } from '@vera/slack/slack-error';
import { isObject } from '../is-object.ts';
import { plainName } from '../plain-name.ts';

export interface OutgoingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** For whoever cannot see it. */
  readonly altText?: string;
}

export interface UploadParams {
  readonly call: SlackCall;
  /** Hosts that may get the bytes: Slack's own, or the origin of another Slack. */
  readonly isSlackHost: (url: URL) => boolean;
  /** Milliseconds between looks at what became of it. */
  readonly looks?: readonly number[];
}

export interface UploadPlace {
  readonly channel: string;
  readonly threadTs: string;
}

/** Nobody knows how long Slack may take; after these 15 seconds whoever waits for the answer has waited enough. */
const patientLooks = [0, 300, 700, 1_000, 2_000, 3_000, 4_000, 4_000];
const uploadPatience = 30_000;

/**
 * Shares a file in a thread, and gives the `ts` of the message that does. Undefined when no such message is there: Slack answers `ok` before
 * it has shared anything (https://github.com/paradigmxyz/centaur/pull/311). `onId` is told the file as soon as there is one.
 */
export async function uploadFile(
  params: UploadParams,
  place: UploadPlace,
  file: OutgoingFile,
  onId: (id: string) => void,
): Promise<string | undefined> {
  const { call } = params;
  const { name, bytes, altText } = file;
  const about = { filename: name, length: bytes.byteLength, ...(altText ? { alt_txt: altText } : {}) };
  const asked = await call('files.getUploadURLExternal', about, { repeatable: true });
  const id = String(asked.file_id);
  onId(id);
  await send(params, String(asked.upload_url), bytes);
  // Without words of ours: Slack would open the links in them.
  const where = { channel_id: place.channel, thread_ts: place.threadTs };
  await call('files.completeUploadExternal', { files: [{ id, title: plainName(name, textLimits.name) }], ...where }).catch(unlessLost);
  return findShare(params, place, id);
}

async function send({ isSlackHost }: UploadParams, address: string, bytes: Uint8Array): Promise<void> {
  const url = URL.parse(address);
  if (!url || !isSlackHost(url)) throw new UploadError('Slack names a place for the file that is not its own');
  const headers = { 'content-type': 'application/octet-stream' };
  const body = Buffer.from(bytes);
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(uploadPatience),
  }).catch((cause: unknown) => {
    throw new UploadError('Slack does not take the bytes of a file', { cause });
  });
  if (!response.ok) throw new UploadError(`Slack answered ${response.status} to the bytes of a file`);
}

async function findShare({ call, looks = patientLooks }: UploadParams, place: UploadPlace, id: string): Promise<string | undefined> {
  for (const pause of looks) {
    await sleep(pause);
    const { file } = await call('files.info', { file: id }, { repeatable: true }).catch(unlessNotYet);
    const share = sharesIn(file, place.channel)[0];
    if (!share) continue;
    if (await isInThread(call, place, share)) return share.ts;
    // The thread's root was deleted meanwhile, so that it stands in the channel, for all to see.
    await call('chat.delete', { channel: place.channel, ts: share.ts }, { repeatable: true }).catch(() => undefined);
    return undefined;
  }
  return undefined;
}

/** Whether it was done, the looks at it will tell. */
function unlessLost(error: unknown): Record<string, unknown> {
  if (!(error instanceof SlackError) || error.kind === 'refused') throw error;
  return {};
}

/** So soon after, Slack may not know the file itself. */
function unlessNotYet(error: unknown): Record<string, unknown> {
  return isRefusedWith(error, notYet) ? {} : unlessLost(error);
}

const notYet = new Set(['file_not_found', 'not_visible', 'access_denied']);

/** Where Slack does not say of which thread it is, the thread does. */
async function isInThread(call: SlackCall, { channel, threadTs }: UploadPlace, { ts, thread_ts }: Share): Promise<boolean> {
  if (thread_ts !== undefined) return thread_ts === threadTs;
  const read = await readReplies(call, { channel, threadTs }, { pageSize: 200, pages: 5, oldest: threadTs }).catch(unlessGone);
  return read?.messages.some((message) => message.ts === ts) ?? false;
}

function unlessGone(error: unknown): undefined {
  if (!isRefusedWith(error, gone)) throw error;
}

const gone = new Set(['thread_not_found', 'channel_not_found']);

interface Share {
  readonly ts: string;
  readonly thread_ts?: string;
}

function sharesIn(file: unknown, channel: string): Share[] {
  const shares = isObject(file) && isObject(file.shares) ? Object.values(file.shares) : [];
  return shares.flatMap((byChannel) => (isObject(byChannel) && Array.isArray(byChannel[channel]) ? (byChannel[channel] as Share[]) : []));
}

export class UploadError extends Error {
  readonly code = 'upload';
}
