import { textLimits } from '@vera/protocol/shorten';
import type { SlackCall } from '@vera/slack/slack-calls';
import type { SlackMessageFile } from '@vera/slack/slack-message';
import { plainName } from '../plain-name.ts';
import { fileKindOf, lookInside } from './file-kind.ts';
import { readBytes } from './read-bytes.ts';
import type { ReadInChild } from './read-in-child.ts';
import { type ShownFile, unreadFile } from './shown-file.ts';

/** A file as it is shown to the model; never rejects: one that cannot be read is a sentence that says so. */
export type FetchFile = (file: SlackMessageFile, signal?: AbortSignal) => Promise<ShownFile>;

export interface FetchFileParams {
  readonly call: SlackCall;
  readonly token: string;
  /** Hosts that may get the token: Slack's own, or the origin of another Slack. */
  readonly isSlackHost: (url: URL) => boolean;
  readonly readInChild: ReadInChild;
  readonly log: { warn(event: string, fields: Record<string, unknown>): void };
}

/** Bytes kept for later questions of the same thread. */
const cacheBytes = 64 * 1024 * 1024;
const patience = 15_000;

export function createFetchFile(params: FetchFileParams): FetchFile {
  const cache = new Map<string, ShownFile>();
  let cached = 0;
  return async (file, signal) => {
    const known = file.id === undefined ? undefined : cache.get(file.id);
    if (known) return known;
    const shown = await readFile(params, file, signal);
    // A file that could not be read now may be read later.
    if (shown.isUnread || file.id === undefined || cache.has(file.id)) return shown;
    const size = sizeOf(shown);
    while (cached + size > cacheBytes && cache.size > 0) {
      const [oldest, dropped] = cache.entries().next().value ?? [];
      if (oldest !== undefined) cache.delete(oldest);
      cached -= dropped ? sizeOf(dropped) : 0;
    }
    cache.set(file.id, shown);
    cached += size;
    return shown;
  };
}

/** What a cell takes beside its characters. */
const perCell = 64;

function sizeOf({ text, block, tables }: ShownFile): number {
  const cells = tables.flatMap(({ rows }) => rows.flat());
  return text.length + (block?.bytes.byteLength ?? 0) + cells.reduce((sum, cell) => sum + cell.text.length + perCell, 0);
}

async function readFile(params: FetchFileParams, file: SlackMessageFile, signal: AbortSignal | undefined): Promise<ShownFile> {
  const name = file.name ?? 'file';
  const kind = fileKindOf(file.mimetype ?? '', name);
  if (!kind) return unreadFile(name, `files of type ${plainName(file.mimetype ?? 'unknown', textLimits.name)} cannot be read`);
  if ((file.size ?? 0) > kind.largest) return unreadFile(name, 'it is too large to be read');
  try {
    const bytes = await download(params, file, kind.largest);
    if (typeof bytes === 'string') return unreadFile(name, bytes);
    const looked = lookInside(kind, bytes);
    return typeof looked === 'string' ? unreadFile(name, looked) : await readBytes(params.readInChild, looked, { name, bytes }, signal);
  } catch (error) {
    params.log.warn('file.failed', { file: file.id, error });
    return unreadFile(name, 'it could not be downloaded');
  }
}

/** The bytes, or why there are none. */
async function download(
  { call, token, isSlackHost }: FetchFileParams,
  file: SlackMessageFile,
  largest: number,
): Promise<Uint8Array | string> {
  const address = file.url_private_download ?? (file.id === undefined ? undefined : await addressOf(call, file.id));
  if (!address) return 'Slack does not say where it is';
  const url = new URL(address);
  if (!isSlackHost(url)) return 'it does not lie at Slack';
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok || !response.body) return `Slack answered ${response.status}`;
  // Without permission Slack answers 200 with its login page.
  const isLogin = (response.headers.get('content-type') ?? '').startsWith('text/html') && !(file.mimetype ?? '').startsWith('text/html');
  if (isLogin) return 'Slack did not permit it';
  return collect(response.body, largest);
}

async function collect(body: ReadableStream<Uint8Array>, largest: number): Promise<Uint8Array | string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > largest) return 'it is too large to be read';
    parts.push(part);
  }
  return size === 0 ? 'it is empty' : Buffer.concat(parts);
}

async function addressOf(call: SlackCall, file: string): Promise<string | undefined> {
  const answer = (await call('files.info', { file }, { repeatable: true, patience: 3_000 })) as { file?: SlackMessageFile };
  return answer.file?.url_private_download;
}
