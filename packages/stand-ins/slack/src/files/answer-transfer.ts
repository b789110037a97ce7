import type { World } from '../state/world.ts';
import { isVisibleToBot } from './to-file-object.ts';

/** `POST /upload/v1/<ticket>`: the bytes raw, as the documentation has it, or as the one part of a form, as the SDK sends them. */
export async function answerUpload({ files }: World, ticket: string, request: Request): Promise<Response> {
  const file = files.byUpload(ticket);
  if (!file || file.isComplete) return new Response('upload not found', { status: 404 });
  const bytes = await bytesOf(request);
  if (bytes.byteLength !== file.length) return new Response(`expected ${file.length} bytes, got ${bytes.byteLength}`, { status: 400 });
  files.put({ ...file, bytes });
  return new Response(`OK - ${bytes.byteLength}`);
}

async function bytesOf(request: Request): Promise<Uint8Array> {
  if (!request.headers.get('content-type')?.startsWith('multipart/form-data')) return new Uint8Array(await request.arrayBuffer());
  for (const part of (await request.formData()).values()) {
    if (typeof part !== 'string') return new Uint8Array(await part.arrayBuffer());
  }
  return new Uint8Array();
}

/** `GET /files-pri/<team>-<file>/…`. Whoever may not read gets the sign-in page, with status 200: Slack's trap for the unwary. */
export function answerDownload(world: World, fileId: string, request: Request): Response {
  const file = world.files.get(fileId);
  const isAllowed =
    request.headers.get('authorization') === `Bearer ${world.directory.workspace.botToken}` && world.botScopes.includes('files:read');
  if (!isAllowed || (file && !isVisibleToBot(world, file))) return signInPage(world);
  if (!file) return new Response('<!DOCTYPE html><html><body>File not found</body></html>', { status: 404, headers: html });
  const name = encodeURIComponent(file.name);
  if (file.as === 'canvas') return new Response(Buffer.from(file.bytes), { headers: html });
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
