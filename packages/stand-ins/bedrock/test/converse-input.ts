import type { ConverseStreamCommandInput, Message, Tool } from '@aws-sdk/client-bedrock-runtime';

export const modelId = 'us.anthropic.claude-sonnet-4-6';

/** A request Bedrock takes, with what a test changes. */
export function converseInput(changes: Partial<ConverseStreamCommandInput> = {}): ConverseStreamCommandInput {
  return { modelId, messages: [says('How do I restore the database?')], ...changes };
}

export function says(text: string, role: 'user' | 'assistant' = 'user'): Message {
  return { role, content: [{ text }] };
}

export function toolNamed(name: string, description = 'Looks something up.'): Tool {
  const json = { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] };
  return { toolSpec: { name, description, inputSchema: { json } } };
}
