import type { World } from '../state/world.ts';

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
