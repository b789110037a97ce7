import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { Model } from './model.ts';
import { failureOf } from './open-ai/open-ai-failure.ts';
import { endpointOf, headersOf, networkReasonOf, type OpenAiServer } from './open-ai/open-ai-server.ts';
import { readChunks } from './open-ai/read-chunks.ts';
import { toModelEvents } from './open-ai/to-model-events.ts';
import { toOpenAiRequest } from './open-ai/to-open-ai-request.ts';
import { withoutThoughts } from './open-ai/without-thoughts.ts';

export interface OpenAiModelSettings extends OpenAiServer {
  /** The server's name of the model; servers with one model ignore it. */
  readonly model?: string;
}

/** Lets a model behind any OpenAI-compatible server answer for Bedrock: streamed, with tools. */
export function openAiModel(settings: OpenAiModelSettings): Model {
  const { fetch: send = fetch, model = 'default' } = settings;
  return async function* (request, signal) {
    const body = JSON.stringify(toOpenAiRequest(request, model));
    const response = await send(endpointOf(settings, 'chat/completions'), {
      method: 'POST',
      headers: headersOf(settings),
      body,
      signal,
    }).catch((error: unknown) => {
      throw new AwsError(503, 'ServiceUnavailableException', `The model server cannot be reached: ${networkReasonOf(error)}`);
    });
    if (!response.ok || !response.body) throw await failureOf(response);
    yield* withoutThoughts(toModelEvents(readChunks(response.body)));
  };
}

const patienceMilliseconds = 5_000;

/** The name of the model to use: the one asked for, or the first the server lists. Rejects with a sentence for a person. */
export async function checkOpenAiModel(settings: OpenAiModelSettings): Promise<string> {
  const { fetch: send = fetch, model } = settings;
  const endpoint = endpointOf(settings, 'models');
  const signal = AbortSignal.timeout(patienceMilliseconds);
  const response = await send(endpoint, { headers: headersOf(settings), signal }).catch((cause: unknown) => {
    throw new Error(`no model server answers at ${endpoint} (${networkReasonOf(cause)})`, { cause });
  });
  if (!response.ok) throw new Error(`${endpoint} answered ${response.status}; is it an OpenAI-compatible server, and is the key right?`);
  const names = await namesIn(response);
  if (names.length === 0) throw new Error(`${endpoint} lists no model; load or pull one first`);
  const chosen = model === undefined ? names[0] : names.find((name) => name === model || name === `${model}:latest`);
  if (chosen === undefined) throw new Error(`${endpoint} does not list ${model}; it has ${names.join(', ')}`);
  return chosen;
}

async function namesIn(response: Response): Promise<string[]> {
  try {
    const { data } = (await response.json()) as { readonly data: readonly { readonly id: string }[] };
    return data.map(({ id }) => id);
  } catch {
    return [];
  }
}
