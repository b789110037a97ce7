import type { ContentBlock, ConverseMessage, ConverseRequest, ToolChoice, ToolResultContent } from '../runtime/converse-request.ts';

const textFormats = new Set(['txt', 'md', 'csv', 'html']);

/** A Converse request in the words of OpenAI's chat completions. */
export function toOpenAiRequest({ system = [], messages, toolConfig, inferenceConfig = {} }: ConverseRequest, model: string): object {
  const instructions = system.flatMap(({ text }) => text ?? []).join('\n\n');
  const tools = (toolConfig?.tools ?? []).flatMap(({ toolSpec }) => toolSpec ?? []);
  const { maxTokens, temperature, topP, stopSequences } = inferenceConfig;
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [...(instructions ? [{ role: 'system', content: instructions }] : []), ...messages.flatMap(toMessages)],
    tools:
      tools.length > 0 ? tools.map(({ name, description, inputSchema }) => toFunction(name, description, inputSchema.json)) : undefined,
    tool_choice: toToolChoice(toolConfig?.toolChoice),
    max_tokens: maxTokens,
    temperature,
    top_p: topP,
    stop: stopSequences,
  };
}

function toFunction(name: string, description: string | undefined, parameters: unknown): object {
  return { type: 'function', function: { name, description, parameters } };
}

function toToolChoice(choice: ToolChoice | undefined): unknown {
  if (choice?.tool) return { type: 'function', function: { name: choice.tool.name } };
  if (choice?.any) return 'required';
  return choice?.auto ? 'auto' : undefined;
}

/** Results of tools are messages of their own there, and come before what the person says. */
function toMessages({ role, content }: ConverseMessage): object[] {
  if (role === 'assistant') return [toAssistantMessage(content)];
  const results = content.flatMap(({ toolResult }) => toolResult ?? []);
  const said = content.flatMap(toParts);
  const answers = results.map((result) => ({
    role: 'tool',
    tool_call_id: result.toolUseId,
    content: result.content.map(toText).join('\n'),
  }));
  const isText = said.every((part) => part.type === 'text');
  const joined = isText ? said.map(({ text }) => text).join('\n\n') : said;
  return [...answers, ...(said.length > 0 ? [{ role: 'user', content: joined }] : [])];
}

function toAssistantMessage(content: readonly ContentBlock[]): object {
  const text = content.flatMap((block) => block.text ?? []).join('\n\n');
  const calls = content.flatMap(({ toolUse }) => toolUse ?? []);
  const toolCalls = calls.map(({ toolUseId, name, input }) => ({
    id: toolUseId,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
  return { role: 'assistant', content: text || null, ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}) };
}

type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: object; readonly text?: never };

function toParts({ text, image, document }: ContentBlock): Part[] {
  if (image) return [{ type: 'image_url', image_url: { url: `data:image/${image.format};base64,${image.source.bytes ?? ''}` } }];
  if (document) return [{ type: 'text', text: toText({ document }) }];
  return text === undefined ? [] : [{ type: 'text', text }];
}

function toText({ text, json, image, document }: ToolResultContent): string {
  if (text !== undefined) return text;
  if (image) return `[an image (${image.format}) that cannot be passed on from a tool]`;
  if (!document) return JSON.stringify(json ?? null);
  const { name, format = 'txt', source } = document;
  if (!textFormats.has(format)) return `[the document “${name}” (${format}), which this model cannot read]`;
  return `Document “${name}”:\n${source.text ?? Buffer.from(source.bytes ?? '', 'base64').toString('utf8')}`;
}
