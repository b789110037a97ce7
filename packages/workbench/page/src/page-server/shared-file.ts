import type { SlackEmulator } from '@vera/slack-stand-in/contract';

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
