import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { refuse } from './slack-refusal.ts';

/** The arguments as they came: text from forms, anything from JSON. */
export interface ApiRequest {
  readonly args: Readonly<Record<string, unknown>>;
  readonly token: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Reads query, form, multipart or JSON. A JSON body of a method that takes none is not looked at, as in Slack: its arguments are
 * then missing.
 */
export async function readRequest(request: Request, takesJson: boolean): Promise<ApiRequest> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const { args, warnings } = request.method === 'POST' ? await readBody(request, takesJson) : { args: {}, warnings: [] };
  const { token, ...rest } = { ...query, ...args };
  const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  return { args: rest, token: bearer ?? (typeof token === 'string' && token !== '' ? token : undefined), warnings };
}

interface Body {
  readonly args: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

async function readBody(request: Request, takesJson: boolean): Promise<Body> {
  const contentType = request.headers.get('content-type') ?? '';
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded')
    return { args: Object.fromEntries(new URLSearchParams(await request.text())), warnings: [] };
  if (type === 'multipart/form-data') return { args: await readMultipart(request), warnings: [] };
  const body = await request.text();
  if (body === '') return { args: {}, warnings: [] };
  if (type === '') return refuse('missing_post_type');
  if (type !== 'application/json') return refuse('invalid_post_type');
  const args = parseObject(body);
  if (!takesJson) return { args: {}, warnings: [] };
  return { args, warnings: /charset=/i.test(contentType) ? [] : ['missing_charset'] };
}

async function readMultipart(request: Request): Promise<Record<string, unknown>> {
  try {
    return Object.fromEntries(await request.formData());
  } catch {
    return refuse('invalid_form_data');
  }
}

function parseObject(body: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(body);
    if (isJsonObject(parsed)) return parsed;
  } catch {
    return refuse('invalid_form_data');
  }
  return refuse('invalid_form_data');
}
