import { pngSample } from '@vera/stand-in-kit/sample-files';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Content, Turn } from '../../src/agent/agent.ts';
import { tool } from '../../src/tools/tool.ts';
import { type Ran, startAgent } from './start-agent.ts';

const damaged: Content = { kind: 'image', format: 'png', name: 'screen.png', bytes: pngSample().subarray(0, 20) };
const whole: Content = { kind: 'image', format: 'png', name: 'fine.png', bytes: pngSample() };
const noPdf: Content = { kind: 'document', format: 'pdf', name: 'report.pdf', bytes: Buffer.from('PK'), pages: 1 };
const says = (text: string, ...files: Content[]): Turn => ({ role: 'user', content: [{ kind: 'text', text }, ...files] });
const leftOut = ({ events }: Ran) => events.flatMap((event) => (event.kind === 'left-out' ? [event.words] : []));
const look = (name: string, title = name) =>
  tool({ name, title, description: 'Looks', inputSchema: z.object({ q: z.string() }), callback: () => 'seen' });

describe('a part that the model refuses', () => {
  test('a picture: left out once, said, and remembered for every later question', async () => {
    await using agent = await startAgent(() => 'Fine.');
    const turns = [says('Ann: what is this?', whole, damaged)];
    const first = await agent.run({ turns });
    expect([first.text, first.end, leftOut(first)]).toEqual(['Fine.', 'completed', ['The language model does not accept “screen.png”']]);
    const calls = agent.record.calls.length;
    const later = await agent.run({
      turns: [...turns, { role: 'assistant', content: [{ kind: 'text', text: 'Fine.' }] }, says('Ann: and now?')],
    });
    expect([later.end, leftOut(later)]).toEqual(['completed', ['The language model does not accept “screen.png”']]);
    // The first question took two requests, this one takes one.
    expect(agent.record.calls.length - calls).toBe(calls / 2);
    const content = agent.bedrock.requests.at(-1)?.messages[0]?.content ?? [];
    expect(content.map(({ text, image }) => text ?? image?.format)).toEqual([
      'Ann: what is this?',
      'png',
      '(A file that was here is not shown: the model does not accept it.)',
    ]);
    expect(leftOut(await agent.run({ turns: [says('Bob: other things', whole)] }))).toEqual([]);
  });

  test('several of them, in several turns', async () => {
    await using agent = await startAgent(() => 'Fine.');
    const turns: Turn[] = [
      says('Ann: a', damaged),
      { role: 'assistant', content: [{ kind: 'text', text: 'b' }] },
      says('Ann: c', noPdf, whole),
    ];
    const ran = await agent.run({ turns });
    expect([ran.end, leftOut(ran)]).toEqual([
      'completed',
      ['The language model does not accept “screen.png”', 'The language model does not accept “report.pdf”'],
    ]);
  });

  test.each([
    ['toolConfig.tools.1.toolSpec.inputSchema.json is invalid'],
    ['The model returned the following errors: tools.1.custom.input_schema: JSON schema is invalid.'],
    ["1 validation error detected: Value 'x' at 'toolConfig.tools.2.member.toolSpec.name' failed to satisfy constraint"],
  ])('a tool: %s', async (message) => {
    await using agent = await startAgent(() => 'Fine.');
    agent.bedrock.inject({ kind: 'validation', message });
    const tools = [look('a'), look('b', 'Ops: b'), look('c')];
    const ran = await agent.run({ tools });
    expect([ran.end, leftOut(ran)]).toEqual(['completed', ['The language model does not accept “Ops: b”']]);
    const names = () => agent.bedrock.requests.at(-1)?.toolConfig?.tools?.flatMap(({ toolSpec }) => toolSpec?.name ?? []);
    expect(names()).toEqual(['a', 'c']);
    await agent.run({ tools });
    expect(names()).toEqual(['a', 'c']);
  });

  test('a tool’s result: the question goes on', async () => {
    await using agent = await startAgent([[{ call: 'a', input: { q: 'x' } }], 'Fine.', 'Fine.']);
    agent.bedrock.inject({ kind: 'validation', message: 'messages.2.content.0.toolResult.content.0: not accepted', after: 1 });
    expect(await agent.run({ tools: [look('a')] })).toMatchObject({ text: 'Fine.', end: 'completed' });
    expect(JSON.stringify(agent.bedrock.requests.at(-1)?.messages.at(-1))).toContain('The result is not shown');
  });

  test.each(['Could not process image', 'The model returned the following errors: image exceeds 5 MB maximum'])(
    '%s: of one kind, all',
    async (message) => {
      await using agent = await startAgent(() => 'Fine.');
      agent.bedrock.inject({ kind: 'validation', message });
      expect(leftOut(await agent.run({ turns: [says('Ann: x', whole)] }))).toEqual(['The language model does not accept “fine.png”']);
    },
  );

  test.each(['messages.0.content.0: text is not accepted', 'messages.7.content.9.image: none', 'toolConfig.tools.9.x', 'Something else'])(
    '%s: nothing that can be left out, so it is told as before, after one call',
    async (message) => {
      await using agent = await startAgent(() => 'Fine.');
      agent.bedrock.inject({ kind: 'validation', message, times: 9 });
      expect(await agent.run({ tools: [look('a')] })).toMatchObject({ end: 'unexpected' });
      expect(agent.bedrock.requests).toHaveLength(1);
    },
  );
});
