import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';

/** The page consists of these files; no other name is looked up. */
const types = new Map([
  ['index.html', 'text/html; charset=utf-8'],
  ['main.js', 'text/javascript; charset=utf-8'],
  ['main.css', 'text/css; charset=utf-8'],
  ['style.css', 'text/css; charset=utf-8'],
]);

export async function staticFile(folder: string, name: string): Promise<Response> {
  const type = types.get(name);
  if (type === undefined) return Response.json({ error: 'There is nothing here.' }, { status: 404 });
  const body = await readFile(join(folder, name)).catch(() => undefined);
  if (body) return new Response(body, { headers: { 'content-type': type, 'cache-control': 'no-cache' } });
  return Response.json({ error: 'The page has not been bundled yet: run "pnpm bundle".' }, { status: 404 });
}

/** Images that cannot hold scripts are shown; everything else is downloaded. */
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** A file that somebody put into a conversation. */
export function sharedFile(slack: SlackEmulator, id: string): Response {
  const file = slack.file(id);
  if (!file) return Response.json({ error: 'There is no such file.' }, { status: 404 });
  const isShown = shown.has(file.mimetype);
  const disposition = `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`;
  const type = isShown ? file.mimetype : 'application/octet-stream';
  return new Response(Buffer.from(file.bytes), { headers: { 'content-type': type, 'content-disposition': disposition } });
}
