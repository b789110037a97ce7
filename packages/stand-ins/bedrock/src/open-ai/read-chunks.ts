/** One `data:` line of a streamed chat completion. */
export interface Chunk {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string | null; readonly tool_calls?: readonly ToolCallPart[] };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null;
  readonly error?: { readonly message?: string } | string;
}

export interface ToolCallPart {
  readonly index?: number;
  readonly id?: string;
  readonly function?: { readonly name?: string; readonly arguments?: string };
}

/** The chunks of a server-sent event stream, until `[DONE]` or its end; lines that are not JSON are passed over. */
export async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Chunk> {
  const decoder = new TextDecoder();
  let waiting = '';
  for await (const bytes of body) {
    const lines = (waiting + decoder.decode(bytes, { stream: true })).split(/\r?\n/);
    waiting = lines.pop() ?? '';
    for (const line of lines) {
      const data = /^data:\s*(.*)$/.exec(line)?.[1];
      if (data === '[DONE]') return;
      const chunk = data && parsed(data);
      if (chunk) yield chunk;
    }
  }
  const last = parsed(waiting.replace(/^data:\s*/, ''));
  if (last) yield last;
}

function parsed(data: string): Chunk | undefined {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
