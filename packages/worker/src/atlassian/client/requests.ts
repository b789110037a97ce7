import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { AccountRefused, UncertainChange } from '../../tools/person-tool.ts';
import { ToolFailure } from '../../tools/tool.ts';
import { isCertainRefusal, refusalWords, statusWords } from './refusal-words.ts';

export interface RequestOptions {
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
  readonly readMilliseconds: number;
  readonly changeMilliseconds: number;
  /** The longest wait before a read is tried a second time. */
  readonly waitMilliseconds: number;
}

interface AtlassianRequest<Schema extends z.ZodType> {
  readonly product: 'jira' | 'confluence';
  readonly siteId: string;
  readonly token: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
  readonly schema: Schema;
  readonly signal: AbortSignal;
}

interface Requests {
  read<Schema extends z.ZodType>(request: AtlassianRequest<Schema>): Promise<z.output<Schema>>;
  change<Schema extends z.ZodType>(request: AtlassianRequest<Schema>): Promise<z.output<Schema>>;
}

interface Answered {
  readonly response: Response;
  readonly text: string;
}

const largestAnswer = 8_000_000;
const systems = { jira: 'Jira', confluence: 'Confluence' } as const;
/** No connection came about, so nothing was sent. */
const unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

export function createRequests(options: RequestOptions): Requests {
  const send = (request: AtlassianRequest<z.ZodType>, milliseconds: number) => exchange(request, milliseconds, options);
  return {
    async read(request) {
      const system = systems[request.product];
      const first = await send(request, options.readMilliseconds).catch(silence);
      const answered = await again(first, () => send(request, options.readMilliseconds), options, request.signal);
      if (answered === undefined) throw new ToolFailure(`${system} did not answer, or not in time. Nothing was changed.`);
      if (!answered.response.ok) throw refused(answered, system);
      const read = request.schema.safeParse(parsed(answered.text));
      if (!read.success) throw new ToolFailure(`${system} answered with something unexpected. Nothing was changed.`);
      return read.data;
    },
    async change(request) {
      const system = systems[request.product];
      if (request.signal.aborted) throw new ToolFailure(`This was stopped before ${system} was asked. Nothing was changed.`);
      const answered = await send(request, options.changeMilliseconds).catch((cause: unknown) => {
        if (unsent.includes(codeOf(cause))) throw new ToolFailure(`${system} could not be reached. Nothing was changed.`);
        throw new ChangeUnknown(system, 'no whole answer came', { cause });
      });
      const { status, ok } = answered.response;
      if (isCertainRefusal(status)) throw refused(answered, system);
      if (!ok) throw new ChangeUnknown(system, `it answered with status ${status}`);
      const read = request.schema.safeParse(parsed(answered.text));
      if (!read.success) throw new ChangeUnknown(system, 'its answer could not be read', { cause: read.error });
      return read.data;
    },
  };
}

async function exchange(request: AtlassianRequest<z.ZodType>, milliseconds: number, options: RequestOptions): Promise<Answered> {
  const { product, siteId, token, method, path, body, signal } = request;
  const response = await options.fetch(`${options.apiUrl}/ex/${product}/${encodeURIComponent(siteId)}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // The token goes nowhere else.
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]),
  });
  return { response, text: await readBounded(response, largestAnswer) };
}

/** What a read makes of a broken line: no answer. Why it broke tells the model nothing, and may name hosts. */
function silence(): undefined {
  return undefined;
}

/** A second try after a refusal that passes, unless the product wants a longer wait than a person would. */
async function again(
  first: Answered | undefined,
  send: () => Promise<Answered>,
  { waitMilliseconds }: RequestOptions,
  signal: AbortSignal,
): Promise<Answered | undefined> {
  if (!first || (first.response.status !== 429 && first.response.status < 500)) return first;
  const wait = Number(first.response.headers.get('retry-after') ?? 0.5) * 1_000;
  if (!(wait <= waitMilliseconds) || signal.aborted) return first;
  await sleep(wait, undefined, { signal }).catch(silence);
  return signal.aborted ? first : await send().catch(silence);
}

function refused({ response: { status, headers }, text }: Answered, system: string): ToolFailure {
  const words = statusWords(status, system, headers.get('retry-after')) + refusalWords(text, system);
  return status === 401 ? new AccountRefused(words) : new ToolFailure(words);
}

function parsed(text: string): unknown {
  try {
    // An answer without a body is one too.
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return Symbol('unreadable');
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}

/** The text of a response. Rejects as soon as it has more than `largest` bytes. */
async function readBounded({ body }: Response, largest: number): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let [length, text] = [0, ''];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > largest) {
      await reader.cancel().catch(() => undefined);
      throw new Error(`The answer has more than ${largest} bytes.`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** A change was sent and no clear answer came: it may have been made or not. Never to be repeated. */
class ChangeUnknown extends UncertainChange {
  constructor(system: string, what: string, options?: ErrorOptions) {
    super(`${system} was sent the change, but ${what}. Whether it was made is not known.`, options);
  }
}
