import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

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
