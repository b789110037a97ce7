import { type BedrockRuntimeClient, ConverseStreamCommand, type Message, type Tool } from '@aws-sdk/client-bedrock-runtime';
import { converseInput } from './converse-input.ts';
import { gatherStream } from './gather-stream.ts';

/** A tool of a test: what Bedrock is told of it, and what it returns; an error it throws becomes an error result. */
export interface TestTool {
  readonly tool: Tool;
  readonly run: (input: Record<string, unknown>) => string | Promise<string>;
}

export interface Answered {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  /** The conversation with the answer, to go on from. */
  readonly messages: readonly Message[];
}

/** Asks as an agent would: runs the tools the model calls until it answers. `meanwhile`: told as the worker does, once the first have answered. */
export async function askAgent(
  client: BedrockRuntimeClient,
  messages: readonly Message[],
  tools: readonly TestTool[],
  meanwhile: Message['content'] = [],
): Promise<Answered> {
  let said = meanwhile;
  const history = [...messages];
  const calls: { name: string; input: unknown }[] = [];
  const system = [{ text: 'You are Vera, a colleague at Northwind.' }];
  for (;;) {
    const input = converseInput({ system, messages: history, toolConfig: { tools: tools.map(({ tool }) => tool) } });
    const { text, toolCalls, error } = await gatherStream(await client.send(new ConverseStreamCommand(input)));
    if (error) throw error;
    if (toolCalls.length === 0) return { text, calls, messages: [...messages, { role: 'assistant', content: [{ text }] }] };
    const uses = toolCalls.map((call, index) => ({
      toolUseId: `tooluse_${calls.length + index}`,
      name: call.name,
      input: JSON.parse(call.input),
    }));
    calls.push(...uses.map((use) => ({ name: use.name, input: use.input })));
    history.push({ role: 'assistant', content: uses.map((toolUse) => ({ toolUse })) });
    const results = await Promise.all(
      uses.map(async ({ toolUseId, name, input: given }) => ({ toolUseId, ...(await outcomeOf(tools, name, given)) })),
    );
    history.push({ role: 'user', content: results.map((toolResult) => ({ toolResult })) });
    const between: Message = { role: 'assistant', content: [{ text: 'I read what was said meanwhile before I go on.' }] };
    if (said.length > 0) history.push(between, { role: 'user', content: said });
    said = [];
  }
}

async function outcomeOf(tools: readonly TestTool[], name: string, input: Record<string, unknown>) {
  try {
    const text = await tools.find(({ tool }) => tool.toolSpec?.name === name)?.run(input);
    return { content: [{ text: text || '(nothing)' }] };
  } catch (error) {
    return { status: 'error' as const, content: [{ text: String(error) }] };
  }
}
