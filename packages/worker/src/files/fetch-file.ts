import { textLimits } from '@vera/protocol/shorten';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessageFile } from '@vera/slack/slack-message';
import { plainName } from '../plain-name.ts';
import { type FileKind, fileKindOf, lookInside } from './file-kind.ts';
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

async function readFile(params: FetchFileParams, named: SlackMessageFile, signal: AbortSignal | undefined): Promise<ShownFile> {
  let name = named.name ?? 'file';
  try {
    const file = named.url_private_download === undefined ? await lookUp(params.call, named) : named;
    if (typeof file === 'string') return unreadFile(name, file);
    name = file.name ?? name;
    const kind = fileKindOf(file.mimetype ?? '', name);
    if (!kind) return unreadFile(name, `files of type ${plainName(file.mimetype ?? 'unknown', textLimits.name)} cannot be read`);
    if ((file.size ?? 0) > kind.largest) return unreadFile(name, 'it is too large to be read');
    const bytes = await download(params, file, kind);
    if (typeof bytes === 'string') return unreadFile(name, bytes);
    const looked = lookInside(kind, bytes);
    return typeof looked === 'string' ? unreadFile(name, looked) : await readBytes(params.readInChild, looked, { name, bytes }, signal);
  } catch (error) {
    params.log.warn('file.failed', { file: named.id, error });
    return unreadFile(name, 'it could not be downloaded');
  }
}

/** What Slack says of a file that a message only names, or why there is nothing of it. */
async function lookUp(call: SlackCall, named: SlackMessageFile): Promise<SlackMessageFile | string> {
  if (named.id === undefined) return nowhere;
  try {
    const { file } = (await call('files.info', { file: named.id }, { repeatable: true, patience: 3_000 })) as { file?: LookedUpFile };
    if (file?.mode === 'hidden_by_limit') return 'Slack hides it, as the workspace’s plan shows newer files only';
    return file?.url_private_download === undefined ? nowhere : file;
  } catch (error) {
    if (error instanceof SlackError && error.kind === 'refused' && gone.has(error.reason)) return 'it was deleted, or I may not see it';
    throw error;
  }
}

interface LookedUpFile extends SlackMessageFile {
  readonly mode?: string;
}

const nowhere = 'Slack does not say where it is';
const gone = new Set(['file_deleted', 'file_not_found', 'access_denied']);

/** The bytes, or why there are none. */
async function download({ token, isSlackHost }: FetchFileParams, file: SlackMessageFile, kind: FileKind): Promise<Uint8Array | string> {
  const url = new URL(file.url_private_download ?? '');
  if (!isSlackHost(url)) return 'it does not lie at Slack';
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok || !response.body) return `Slack answered ${response.status}`;
  const isPage = (response.headers.get('content-type') ?? '').startsWith('text/html');
  if (isPage && kind.kind !== 'html') return notPermitted;
  const bytes = await collect(response.body, kind.largest);
  return isPage && typeof bytes !== 'string' && isLogin(bytes) ? notPermitted : bytes;
}

const notPermitted = 'Slack did not permit it';

/** Without permission Slack answers 200 with its login page, also in place of a page that somebody shared. */
function isLogin(page: Uint8Array): boolean {
  return /<title>[^<]{0,100}\bsign in\b[^<]{0,100}slack[^<]{0,100}<\/title>/i.test(new TextDecoder().decode(page.subarray(0, 20_000)));
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
