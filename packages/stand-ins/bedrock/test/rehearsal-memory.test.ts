import { expect, it } from 'vitest';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import type { ConverseMessage } from '../src/runtime/converse-request.ts';

const tools = ['remember', 'pause_memory', 'search_knowledge_base', 'gateway_pagerduty___listOnCalls'];

function ask(question: string, standing: readonly string[] = [], ...more: ConverseMessage[]) {
  const prompt = ['You are Vera.', 'The person who asks made these standing requests earlier.', ...standing.map((one) => `- ${one}`)];
  return rehearse({
    modelId: 'm',
    stream: true,
    system: [{ text: prompt.join('\n') }],
    messages: [{ role: 'user', content: [{ text: `Maya Lindqvist: ${question}` }] }, ...more],
    toolConfig: { tools: tools.map((name) => ({ toolSpec: { name, description: '', inputSchema: { json: {} } } })) },
  } as Parameters<typeof rehearse>[0]);
}

const text = 'give me three bullets and nothing else';
const procedure = { kind: 'procedure', name: 'standup notes', text };

it.each([
  `When I ask for standup notes, ${text}. Remember that.`,
  `When I ask for “standup notes”, ${text}, and remember this please!`,
  `Please remember: when I ask for standup notes, ${text}`,
])('what is kept of a procedure is the procedure, without the request to keep it: %s', (question) => {
  expect(ask(question).calls).toEqual([{ name: 'remember', input: procedure }]);
});

it('a procedure is followed where its words are played, and told honestly where they are not', () => {
  const calls = [{ name: 'gateway_pagerduty___listOnCalls', input: { limit: 100 } }];
  expect(ask('standup notes, please', ['When I ask for “standup notes”: say who is on call']).calls).toEqual(calls);
  const told = ask('My standup notes?', [`When I ask for “standup notes”: ${text}`]);
  expect(told).toEqual({ text: expect.stringContaining(`For “standup notes” you asked me: “${text}”`), calls: [] });
  expect(ask('standup', [`When I ask for “standup notes”: ${text}`]).calls).toMatchObject([{ name: 'search_knowledge_base' }]);
});

it.each(['Start remembering again', 'please resume my memory', 'remember again, please'])('memory is switched on again: %s', (question) => {
  expect(ask(question).calls).toEqual([{ name: 'pause_memory', input: { resume: true } }]);
});

it('a tool that refuses is told by its first sentence: the rest is for the model', () => {
  const toolUse = { toolUseId: '1', name: 'remember', input: procedure };
  const said = 'Error: Memory is paused, so nothing was offered. Say that it is off; promise nothing.';
  const answered = ask(
    `When I ask for standup notes, ${text}`,
    [],
    { role: 'assistant', content: [{ toolUse }] },
    { role: 'user', content: [{ toolResult: { toolUseId: '1', status: 'error', content: [{ text: said }] } }] },
  );
  expect(answered.text).toContain('Memory is paused, so nothing was offered.');
  expect(answered.text).not.toMatch(/Say that|promise/);
});
