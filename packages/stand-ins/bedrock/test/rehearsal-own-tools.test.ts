import { describe, expect, it } from 'vitest';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import type { ConverseMessage, ToolSpec } from '../src/runtime/converse-request.ts';

const toolOf = (name: string, properties: Record<string, object> = {}, required = Object.keys(properties)): ToolSpec => ({
  name,
  description: 'Everything: a tool',
  inputSchema: { json: { type: 'object', properties, required } },
});
const text = { type: 'string' };
const tools = [
  toolOf('search_knowledge_base', { query: text }),
  toolOf('echo_say', { message: text }),
  toolOf('everything_echo', { message: text }),
  toolOf('everything_get-sum', { a: { type: 'number' }, b: { type: 'number' } }),
  toolOf('everything_toggle', { isOn: { type: 'boolean' }, tags: { type: 'array' } }, []),
  toolOf('files_list_directory', { path: text }),
  toolOf('files_list_directory_with_sizes', { path: text }),
  toolOf('memory_readGraph'),
  toolOf('one_ping'),
  toolOf('two_ping'),
];
const asked = (question: string, ...more: ConverseMessage[]) =>
  rehearse({
    modelId: 'm',
    stream: true,
    system: [{ text: 'You are Vera.' }],
    messages: [{ role: 'user', content: [{ text: `Maya Lindqvist: ${question}` }] }, ...more],
    toolConfig: { tools: tools.map((toolSpec) => ({ toolSpec })) },
  } as Parameters<typeof rehearse>[0]);

describe('a question that names a tool of somebody’s own server', () => {
  it.each<[string, string, unknown]>([
    ['what does my echo server say to hello?', 'echo_say', { message: 'hello' }],
    ['echo "good morning, all"', 'everything_echo', { message: 'good morning, all' }],
    ['please use everything_echo with message="a b"', 'everything_echo', { message: 'a b' }],
    ['get sum a=2 b=40', 'everything_get-sum', { a: 2, b: 40 }],
    ['call get-sum with a=2, b=0.5', 'everything_get-sum', { a: 2, b: 0.5 }],
    ['toggle isOn=true tags=a,b', 'everything_toggle', { isOn: true, tags: ['a', 'b'] }],
    ['list directory /tmp/demo', 'files_list_directory', { path: '/tmp/demo' }],
    ['list_directory of /tmp/demo please?', 'files_list_directory', { path: '/tmp/demo' }],
    ['list directory with sizes in /tmp/demo', 'files_list_directory_with_sizes', { path: '/tmp/demo' }],
    ['read graph', 'memory_readGraph', {}],
    ['ping, of two', 'two_ping', {}],
  ])('%s', (question, name, input) => {
    expect(asked(question).calls).toEqual([{ name, input }]);
  });

  it('is told what is missing, or that two are meant, and calls nothing', () => {
    expect(asked('get sum a=2')).toEqual({
      text: expect.stringContaining('My tool `everything_get-sum` needs `b=…` in the question.'),
      calls: [],
    });
    expect(asked('ping')).toEqual({ text: expect.stringContaining('`one_ping` and `two_ping`. Which one?'), calls: [] });
  });

  it('is answered with what the tool said, as it is', () => {
    const toolUse = { toolUseId: '1', name: 'everything_echo', input: { message: 'hi' } };
    const answered = (status: string, said: string) =>
      asked(
        'echo "hi"',
        { role: 'assistant', content: [{ toolUse }] } as ConverseMessage,
        { role: 'user', content: [{ toolResult: { toolUseId: '1', status, content: [{ text: said }] } }] } as ConverseMessage,
      );
    expect(answered('success', '<data from="Everything">\nEcho: hi\n```\n</data>')).toEqual({
      text: expect.stringMatching(/^My tool `everything_echo` says:\n\n```\nEcho: hi\n'''\n```/),
      calls: [],
    });
    expect(answered('error', 'Everything could not be reached. Say so in the answer.').text).toContain('Everything could not be reached');
  });

  it.each(['who is on call for payments?', 'what happened in INC-482?', 'how long is the directory of our phones?'])(
    '%s names none',
    (question) => {
      expect(asked(question).calls.map(({ name }) => name)).not.toContainEqual(
        expect.stringMatching(/^(?:echo|everything|files|memory|one|two)_/),
      );
    },
  );
});
