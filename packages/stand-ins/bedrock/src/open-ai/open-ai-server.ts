/** Any server with OpenAI's chat completions: Ollama, vLLM, llama.cpp, LM Studio, OpenAI itself. */
export interface OpenAiServer {
  /** With or without `/v1`, with or without `/chat/completions`. */
  readonly url: string;
  readonly apiKey?: string;
  readonly fetch?: typeof fetch;
}

export function endpointOf({ url }: OpenAiServer, path: string): string {
  const base = url.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  return `${/\/v\d+$/.test(base) ? base : `${base}/v1`}/${path}`;
}

export function headersOf({ apiKey }: OpenAiServer): Record<string, string> {
  return { 'content-type': 'application/json', ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) };
}

/** The innermost reason why a fetch failed, such as `connect ECONNREFUSED 127.0.0.1:11434`. */
export function networkReasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof AggregateError) return networkReasonOf(error.cause.errors[0]);
  return error.cause === undefined ? error.message : networkReasonOf(error.cause);
}
