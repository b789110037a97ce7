import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { Model } from './model.ts';
import { readChunks } from './open-ai/read-chunks.ts';
import { toModelEvents } from './open-ai/to-model-events.ts';
import { toOpenAiRequest } from './open-ai/to-open-ai-request.ts';
import { type Habit, withoutThoughts } from './open-ai/without-thoughts.ts';
import type { ConverseRequest } from './runtime/converse-request.ts';
import { validationError } from './runtime/validation-error.ts';

export interface OpenAiModelSettings extends OpenAiServer {
  /** The server's name of the model; servers with one model ignore it. */
  readonly model?: string;
  /** Found out with the first question unless told. */
  readonly takesTools?: boolean;
}

/** Stands before each answer of a model that takes no tools. */
const noTools = '_This model takes no tools, so nothing was looked up for this answer._\n\n';

/** Lets a model behind any OpenAI-compatible server answer for Bedrock: streamed, with tools where it takes them. */
export function openAiModel(settings: OpenAiModelSettings): Model {
  const { model = 'default' } = settings;
  const habit: Habit = {};
  let { takesTools = true } = settings;
  const ask = (request: ConverseRequest, signal: AbortSignal) => post(settings, toOpenAiRequest(request, model), signal);
  return async function* (request, signal) {
    const { toolConfig, ...bare } = request;
    let response = await ask(toolConfig && takesTools ? request : bare, signal);
    if (toolConfig && takesTools && (await refusesTools(response))) {
      takesTools = false;
      response = await ask(bare, signal);
    }
    if (!response.ok || !response.body) throw await failureOf(response);
    if (toolConfig && !takesTools) yield { kind: 'text', text: noTools };
    yield* withoutThoughts(toModelEvents(readChunks(response.body)), habit);
  };
}

async function post(settings: OpenAiServer, body: object, signal: AbortSignal): Promise<Response> {
  const { fetch: send = fetch } = settings;
  const request = { method: 'POST', headers: headersOf(settings), body: JSON.stringify(body), signal };
  return send(endpointOf(settings, 'chat/completions'), request).catch((error: unknown) => {
    throw new AwsError(503, 'ServiceUnavailableException', `The model server cannot be reached: ${networkReasonOf(error)}`);
  });
}

/** Ollama: `… does not support tools`; vLLM: `"auto" tool choice requires --enable-auto-tool-choice`; llama.cpp: `tools param requires --jinja flag`. */
async function refusesTools(response: Response): Promise<boolean> {
  if (response.ok || response.status === 401 || response.status === 404 || response.status === 429) return false;
  return /\btools? (?:choice|param|calling|use)|(?:does not|doesn.t|not|no) support(?:ed)? (?:\w+ )?tools?\b/i.test(
    await response.clone().text(),
  );
}

const patienceMilliseconds = 5_000;

export interface CheckedModel {
  readonly name: string;
  /** Undefined where the server did not say within a moment, such as while it loads the model. */
  readonly takesTools: boolean | undefined;
}

/** The model to use: the one asked for, or the first the server lists. Rejects with a sentence for a person. */
export async function checkOpenAiModel(settings: OpenAiModelSettings): Promise<CheckedModel> {
  const { fetch: send = fetch, model } = settings;
  const endpoint = endpointOf(settings, 'models');
  const signal = AbortSignal.timeout(patienceMilliseconds);
  const response = await send(endpoint, { headers: headersOf(settings), signal }).catch((cause: unknown) => {
    throw new Error(`no model server answers at ${endpoint} (${networkReasonOf(cause)})`, { cause });
  });
  if (!response.ok) throw new Error(`${endpoint} answered ${response.status}; is it an OpenAI-compatible server, and is the key right?`);
  const names = await namesIn(response);
  if (names.length === 0) throw new Error(`${endpoint} lists no model; load or pull one first`);
  const name = model === undefined ? names[0] : names.find((listed) => listed === model || listed === `${model}:latest`);
  if (name === undefined) throw new Error(`${endpoint} does not list ${model}; it has ${names.join(', ')}`);
  return { name, takesTools: await takesTools(settings, name) };
}

async function takesTools(settings: OpenAiServer, model: string): Promise<boolean | undefined> {
  const look = { type: 'function', function: { name: 'look', description: 'Looks', parameters: { type: 'object', properties: {} } } };
  const body = { model, max_tokens: 1, stream: false, messages: [{ role: 'user', content: 'Hello' }], tools: [look] };
  try {
    const response = await post(settings, body, AbortSignal.timeout(patienceMilliseconds));
    if (await refusesTools(response)) return false;
    return response.ok ? true : undefined;
  } catch {
    return undefined;
  }
}

async function namesIn(response: Response): Promise<string[]> {
  try {
    const { data } = (await response.json()) as { readonly data: readonly { readonly id: string }[] };
    return data.map(({ id }) => id);
  } catch {
    return [];
  }
}

/** Any server with OpenAI's chat completions: Ollama, vLLM, llama.cpp, LM Studio, OpenAI itself. */
interface OpenAiServer {
  /** With or without `/v1`, with or without `/chat/completions`. */
  readonly url: string;
  readonly apiKey?: string;
  readonly fetch?: typeof fetch;
}

function endpointOf({ url }: OpenAiServer, path: string): string {
  const base = url.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  return `${/\/v\d+$/.test(base) ? base : `${base}/v1`}/${path}`;
}

function headersOf({ apiKey }: OpenAiServer): Record<string, string> {
  return { 'content-type': 'application/json', ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) };
}

/** The innermost reason why a fetch failed, such as `connect ECONNREFUSED 127.0.0.1:11434`. */
function networkReasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof AggregateError) return networkReasonOf(error.cause.errors[0]);
  return error.cause === undefined ? error.message : networkReasonOf(error.cause);
}

const overflow = /context (?:length|window|size)|maximum context|too many tokens|prompt is too long|exceeds? the available context/i;

/** What Bedrock would have answered where an OpenAI-compatible server refused. */
async function failureOf(response: Response): Promise<AwsError> {
  const text = (await response.text()).slice(0, 500);
  const message = `The model server answered ${response.status}: ${text}`;
  if (overflow.test(text)) return validationError('Input is too long for requested model.');
  switch (response.status) {
    case 400:
    case 422:
      return validationError(message);
    case 401:
    case 403:
      return new AwsError(403, 'AccessDeniedException', message);
    case 404:
      return new AwsError(404, 'ResourceNotFoundException', message);
    case 429:
      return new AwsError(429, 'ThrottlingException', message);
    case 503:
      return new AwsError(503, 'ServiceUnavailableException', message);
    default:
      return new AwsError(424, 'ModelErrorException', message, { originalStatusCode: response.status });
  }
}
