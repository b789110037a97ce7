import type { PersonClick } from '@vera/slack-stand-in/contract';
import { isJsonObject } from '@vera/stand-in-kit/json-object';

export interface UploadedFile {
  readonly name: string;
  readonly mimetype: string;
  readonly bytes: Uint8Array;
}

/** The fields of a request's body; `required` throws `BadRequest`. */
export interface Fields {
  required(name: string): string;
  optional(name: string): string | undefined;
  files(name: string): Promise<readonly UploadedFile[]>;
}

const mostFiles = 10;

/** Reads a JSON object, or a form when files come along. */
export async function readFields(request: Request): Promise<Fields> {
  const isForm = request.headers.get('content-type')?.startsWith('multipart/form-data');
  const values = isForm ? await readForm(request) : await readJson(request);
  const optional = (name: string) => {
    const [value, ...more] = values.get(name) ?? [];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' || more.length > 0) throw new BadRequest(`"${name}" must be one text.`);
    return value;
  };
  return {
    optional,
    required(name) {
      const value = optional(name);
      if (!value) throw new BadRequest(`"${name}" is missing.`);
      return value;
    },
    async files(name) {
      const files = (values.get(name) ?? []).filter((value) => value instanceof File && (value.name !== '' || value.size > 0)) as File[];
      if (files.length > mostFiles) throw new BadRequest(`At most ${mostFiles} files at a time.`);
      return Promise.all(files.map(toUpload));
    },
  };
}

async function readForm(request: Request): Promise<Map<string, unknown[]>> {
  const form = await request.formData().catch((cause: unknown) => {
    throw new BadRequest('The form could not be read.', { cause });
  });
  return new Map([...form.keys()].map((name) => [name, form.getAll(name)]));
}

async function readJson(request: Request): Promise<Map<string, unknown[]>> {
  const value: unknown = await request.json().catch((cause: unknown) => {
    throw new BadRequest('The body must be JSON.', { cause });
  });
  if (!isJsonObject(value)) throw new BadRequest('The body must be a JSON object.');
  return new Map(Object.entries(value).map(([name, field]) => [name, [field]]));
}

async function toUpload(file: File): Promise<UploadedFile> {
  return { name: file.name, mimetype: file.type || 'application/octet-stream', bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** What was typed into the fields of a message, from JSON: block_id → action_id → text. */
export function readTyped(json: string): NonNullable<PersonClick['values']> {
  const blocks = parsed(json);
  if (isJsonObject(blocks) && Object.values(blocks).every((fields) => isJsonObject(fields) && Object.values(fields).every(isText))) {
    return blocks as NonNullable<PersonClick['values']>;
  }
  throw new BadRequest('"values" must be JSON of texts by block and action.');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new BadRequest('"values" must be JSON.', { cause });
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** What the page asked for makes no sense; the message says why, to a person. */
export class BadRequest extends Error {
  readonly code = 'bad-request';
}
