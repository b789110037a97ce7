import type { StreamEvent } from './to-stream-events.ts';

interface Block {
  text?: string;
  toolUse?: { toolUseId: string; name: string; input: string };
  reasoning?: { text: string; signature?: string };
}

interface BlockEvent {
  readonly contentBlockIndex?: number;
  readonly start?: { readonly toolUse: { readonly toolUseId: string; readonly name: string } };
  readonly delta?: Delta;
}

interface Delta {
  readonly text?: string;
  readonly toolUse?: { readonly input: string };
  readonly reasoningContent?: { readonly text?: string; readonly signature?: string };
}

/** The answer of Converse: the same events, gathered. */
export async function toConverseAnswer(events: AsyncIterable<StreamEvent>): Promise<object> {
  const blocks: Block[] = [];
  let ending = {};
  for await (const { type, body } of events) {
    const { contentBlockIndex: index = 0, start, delta } = body as BlockEvent;
    if (start) blocks[index] = { toolUse: { ...start.toolUse, input: '' } };
    if (delta) blocks[index] = grown(blocks[index] ?? {}, delta);
    if (type === 'messageStop' || type === 'metadata') ending = { ...ending, ...body };
  }
  return { output: { message: { role: 'assistant', content: blocks.map(toContent) } }, ...ending };
}

function grown(block: Block, { text, toolUse, reasoningContent }: Delta): Block {
  if (text !== undefined) return { text: (block.text ?? '') + text };
  if (toolUse && block.toolUse) return { toolUse: { ...block.toolUse, input: block.toolUse.input + toolUse.input } };
  const signature = reasoningContent?.signature ?? block.reasoning?.signature;
  return { reasoning: { text: (block.reasoning?.text ?? '') + (reasoningContent?.text ?? ''), ...(signature ? { signature } : {}) } };
}

function toContent({ text, toolUse, reasoning }: Block): object {
  if (toolUse) return { toolUse: { ...toolUse, input: parsed(toolUse.input) } };
  return reasoning ? { reasoningContent: { reasoningText: reasoning } } : { text };
}

/** Converse has to answer with an object even when the model wrote no JSON; what it wrote is kept as it is. */
function parsed(input: string): unknown {
  try {
    return JSON.parse(input || '{}');
  } catch {
    return input;
  }
}
