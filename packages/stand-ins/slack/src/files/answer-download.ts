import type { World } from '../state/world.ts';
import { isVisibleToBot } from './is-visible-to-bot.ts';

/** `GET /files-pri/<team>-<file>/…`. Whoever may not read gets the sign-in page, with status 200: Slack's trap for the unwary. */
export function answerDownload(world: World, fileId: string, request: Request): Response {
  const file = world.files.get(fileId);
  const isAllowed =
    request.headers.get('authorization') === `Bearer ${world.directory.workspace.botToken}` && world.botScopes.includes('files:read');
  if (!isAllowed || (file && !isVisibleToBot(world, file))) return signInPage(world);
  if (!file) return new Response('<!DOCTYPE html><html><body>File not found</body></html>', { status: 404, headers: html });
  const name = encodeURIComponent(file.name);
  const headers = { 'content-type': file.mimetype, 'content-disposition': `attachment; filename*=UTF-8''${name}` };
  return new Response(Buffer.from(file.bytes), { headers });
}

const html = { 'content-type': 'text/html; charset=utf-8' };

function signInPage({ directory }: World): Response {
  const { teamDomain } = directory.workspace;
  return new Response(`<!DOCTYPE html><html><head><title>Sign in to ${teamDomain} | Slack</title></head><body></body></html>`, {
    headers: html,
  });
}
