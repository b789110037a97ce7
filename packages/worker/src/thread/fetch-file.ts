import { textLimits } from '@vera/protocol/shorten';
import type { SlackCall } from '@vera/slack/slack-calls';
import type { SlackMessageFile } from '@vera/slack/slack-message';
import type { Content } from '../agent/agent.ts';
import { plainName } from '../plain-name.ts';
import { type FileKind, fileKindOf, lookInside } from './file-kind.ts';

/** A file as content for the model, text not yet marked as data; never rejects: a file that cannot be read is a sentence that says so. */
export type FetchFile = (file: SlackMessageFile) => Promise<Content>;

export interface FetchFileParams {
  readonly call: SlackCall;
  readonly token: string;
  /** Hosts that may get the token: Slack's own, or the origin of another Slack. */
  readonly isSlackHost: (url: URL) => boolean;
  readonly log: { warn(event: string, fields: Record<string, unknown>): void };
}

/** Bytes kept for later questions of the same thread. */
const cacheBytes = 64 * 1024 * 1024;
const patience = 15_000;
const noteHead = '(File ';

export function createFetchFile(params: FetchFileParams): FetchFile {
  const cache = new Map<string, Content>();
  let cached = 0;
  return async (file) => {
    const known = file.id === undefined ? undefined : cache.get(file.id);
    if (known) return known;
    const content = await readFile(params, file);
    if (isNote(content) || file.id === undefined) return content;
    const size = sizeOf(content);
    while (cached + size > cacheBytes && cache.size > 0) {
      const [oldest, dropped] = cache.entries().next().value ?? [];
      if (oldest !== undefined) cache.delete(oldest);
      cached -= dropped ? sizeOf(dropped) : 0;
    }
    cache.set(file.id, content);
    cached += size;
    return content;
  };
}

function sizeOf(content: Content): number {
  return content.kind === 'text' ? content.text.length : content.bytes.byteLength;
}

async function readFile(params: FetchFileParams, file: SlackMessageFile): Promise<Content> {
  const name = file.name ?? 'file';
  const kind = fileKindOf(file.mimetype ?? '', name);
  if (!kind) return note(name, `files of type ${plainName(file.mimetype ?? 'unknown', textLimits.name)} cannot be read`);
  if ((file.size ?? 0) > kind.largest) return note(name, 'it is too large to be read');
  try {
    const bytes = await download(params, file, kind.largest);
    return typeof bytes === 'string' ? note(name, bytes) : toContent(kind, name, bytes);
  } catch (error) {
    params.log.warn('file.failed', { file: file.id, error });
    return note(name, 'it could not be downloaded');
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

/** What it is, its bytes say; a model refuses the whole question for a file that it cannot read. */
function toContent(kind: FileKind, name: string, bytes: Uint8Array): Content {
  const looked = lookInside(kind, bytes);
  if (typeof looked === 'string') return note(name, looked);
  if (bytes.byteLength > looked.largest) return note(name, 'it is too large to be read');
  if (looked.kind === 'image') return { kind: 'image', format: looked.format, name, bytes };
  if (looked.kind === 'document') return { kind: 'document', format: looked.format, name, bytes, pages: looked.pages };
  return { kind: 'text', text: `File "${plainName(name)}":\n${looked.text}` };
}

/** A file of which the model is told only that it is there. */
export function note(name: string, reason: string): Content {
  return { kind: 'text', text: `${noteHead}"${plainName(name)}" is not shown: ${reason}.)` };
}

/** A file that could not be read now may be read later. */
function isNote(content: Content): boolean {
  return content.kind === 'text' && content.text.startsWith(noteHead);
}
