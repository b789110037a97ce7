import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the bundler puts into the page's folder. Nothing else there is served. */
const types: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'main.js': 'text/javascript; charset=utf-8',
  'main.css': 'text/css; charset=utf-8',
};

export async function staticFile(folder: string, name: string): Promise<Response> {
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (type === undefined) return new Response('Not found', { status: 404 });
  try {
    return new Response(await readFile(join(folder, name)), { headers: { 'content-type': type } });
  } catch (cause) {
    throw new Error(`The page is not bundled: ${name} is missing in ${folder}`, { cause });
  }
}
