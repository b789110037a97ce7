import { ConverseStreamCommand, type ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { pngSample } from '@vera/stand-in-kit/sample-files';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BedrockRuntimeEmulator, createBedrockRuntime } from '../src/create-bedrock-runtime.ts';
import { checkOpenAiModel, openAiModel } from '../src/open-ai-model.ts';
import { bedrockClient } from './clients.ts';
import { converseInput, says, toolNamed } from './converse-input.ts';
import { gatherStream } from './gather-stream.ts';

let server: Listening;
let bedrock: BedrockRuntimeEmulator;
let asked: Record<string, unknown>[];
let answer: () => Response;

beforeEach(async () => {
  asked = [];
  answer = () => streamed([{ choices: [{ delta: { content: 'Hello.' } }] }]);
  server = await listen(async (request) => {
    if (request.url.endsWith('/v1/models')) return Response.json({ data: [{ id: 'llama3.2:latest' }, { id: 'qwen3' }] });
    asked.push({
      ...((await request.json()) as object),
      authorization: request.headers.get('authorization'),
      path: new URL(request.url).pathname,
    });
    return answer();
  });
  const model = openAiModel({ url: server.url, model: 'qwen3', apiKey: 'key' });
  bedrock = await createBedrockRuntime({ record: createCallRecord(), model });
});
afterEach(async () => {
  await bedrock[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

function streamed(chunks: readonly object[], end = 'data: [DONE]\n\n'): Response {
  return new Response(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('') + end);
}

async function ask(changes: Partial<ConverseStreamCommandInput> = {}) {
  return gatherStream(await bedrockClient(bedrock.url).send(new ConverseStreamCommand(converseInput(changes))));
}

describe('what the model says', () => {
  it('is streamed, with its own count of tokens', async () => {
    answer = () =>
      streamed([
        { choices: [{ delta: { role: 'assistant', content: 'Hel' } }] },
        { choices: [{ delta: { content: 'lo.' }, finish_reason: 'stop' }] },
        { choices: [], usage: { prompt_tokens: 12, completion_tokens: 2 } },
      ]);
    const { text, stopReason, events } = await ask();
    expect([text, stopReason]).toEqual(['Hello.', 'end_turn']);
    expect(events.at(-1)?.metadata?.usage).toMatchObject({ inputTokens: 12, outputTokens: 2, totalTokens: 14 });
  });

  it('may be tool calls in fragments', async () => {
    const part = (index: number, call: object) => ({ choices: [{ delta: { tool_calls: [{ index, ...call }] } }] });
    answer = () =>
      streamed([
        part(0, { id: 'call_a', function: { name: 'search', arguments: '' } }),
        part(0, { function: { arguments: '{"query":' } }),
        part(1, { id: 'call_b', function: { name: 'clock', arguments: '{}' } }),
        part(0, { function: { arguments: '"x"}' } }),
        { choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
      ]);
    const { toolCalls, stopReason, events } = await ask();
    expect(toolCalls).toEqual([
      { name: 'search', input: '{"query":"x"}' },
      { name: 'clock', input: '{}' },
    ]);
    expect(stopReason).toBe('tool_use');
    expect(events.find(({ contentBlockStart }) => contentBlockStart)?.contentBlockStart?.start?.toolUse?.toolUseId).toBe('call_a');
  });

  it('may be tool calls without index and with a finish reason of "stop", as small servers send them', async () => {
    const calls = [{ function: { name: 'search', arguments: '{}' } }, { function: { name: 'clock', arguments: '{}' } }];
    answer = () => streamed([{ choices: [{ delta: { tool_calls: calls }, finish_reason: 'stop' }] }], '');
    const { toolCalls, stopReason } = await ask();
    expect(toolCalls.map(({ name }) => name)).toEqual(['search', 'clock']);
    expect(stopReason).toBe('tool_use');
  });

  it.each([
    [['<th', 'ink>Hm, ', 'hello?</thi', 'nk>\n\nHel', 'lo.'], 'Hello.'],
    [['<', 'b>Hello.'], '<b>Hello.'],
    [['<th'], '<th'],
  ])('is told without its thoughts: %j', async (pieces, said) => {
    answer = () => streamed(pieces.map((content) => ({ choices: [{ delta: { content } }] })));
    expect((await ask()).text).toBe(said);
  });

  it('may be cut by its limit', async () => {
    answer = () => streamed([{ choices: [{ delta: { content: 'Hel' }, finish_reason: 'length' }] }]);
    expect((await ask()).stopReason).toBe('max_tokens');
  });
});

describe('what the model is told', () => {
  it('is the conversation with its tools, calls and results', async () => {
    await ask({
      system: [{ text: 'You are Vera.' }, { cachePoint: { type: 'default' } }],
      messages: [
        says('Find it.'),
        { role: 'assistant', content: [{ text: 'Looking.' }, { toolUse: { toolUseId: 't1', name: 'search', input: { query: 'it' } } }] },
        { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'found' }] } }] },
        { role: 'assistant', content: [{ text: 'Found.' }] },
        says('Quickly.'),
      ],
      toolConfig: { tools: [toolNamed('search')] },
      inferenceConfig: { maxTokens: 100, temperature: 0.2 },
    });
    expect(asked).toMatchObject([
      {
        path: '/v1/chat/completions',
        authorization: 'Bearer key',
        model: 'qwen3',
        stream: true,
        max_tokens: 100,
        temperature: 0.2,
        messages: [
          { role: 'system', content: 'You are Vera.' },
          { role: 'user', content: 'Find it.' },
          { role: 'assistant', content: 'Looking.', tool_calls: [{ id: 't1', function: { name: 'search', arguments: '{"query":"it"}' } }] },
          { role: 'tool', tool_call_id: 't1', content: 'found' },
          { role: 'assistant', content: 'Found.' },
          { role: 'user', content: 'Quickly.' },
        ],
        tools: [{ type: 'function', function: { name: 'search', parameters: { type: 'object', required: ['query'] } } }],
      },
    ]);
  });

  it('includes images as data URLs and text documents as text', async () => {
    const bytes = new TextEncoder().encode('a,b');
    const content = [
      { text: 'Look.' },
      { image: { format: 'png' as const, source: { bytes: pngSample() } } },
      { document: { name: 'Table', format: 'csv' as const, source: { bytes } } },
    ];
    await ask({ messages: [{ role: 'user', content }] });
    expect(asked[0]?.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look.' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${pngSample().toString('base64')}` } },
          { type: 'text', text: 'Document “Table”:\na,b' },
        ],
      },
    ]);
  });
});

describe('a refusal of the server becomes what Bedrock would say:', () => {
  it.each([
    [429, 'rate limit', 'ThrottlingException'],
    [401, 'bad key', 'AccessDeniedException'],
    [404, 'model not found', 'ResourceNotFoundException'],
    [500, 'out of memory', 'ModelErrorException'],
    [400, 'unknown parameter', 'ValidationException'],
  ])('%i %s', async (status, text, name) => {
    answer = () => Response.json({ error: { message: text } }, { status });
    await expect(ask()).rejects.toMatchObject({ name, message: expect.stringContaining(text) });
  });

  it('a full context window', async () => {
    answer = () => Response.json({ error: { message: "This model's maximum context length is 4096 tokens." } }, { status: 400 });
    await expect(ask()).rejects.toMatchObject({ name: 'ValidationException', message: 'Input is too long for requested model.' });
  });

  it('an error in the middle of a stream', async () => {
    answer = () => streamed([{ choices: [{ delta: { content: 'Hel' } }] }, { error: { message: 'GPU fell off' } }]);
    const { text, error } = await ask();
    expect(text).toBe('Hel');
    expect(error).toMatchObject({ name: 'ModelStreamErrorException', message: 'GPU fell off' });
  });

  it('a server that is gone', async () => {
    await server[Symbol.asyncDispose]();
    await expect(ask()).rejects.toMatchObject({ name: 'ServiceUnavailableException', message: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('checking a server', () => {
  it.each(['', '/', '/v1', '/v1/chat/completions'])('takes its address with "%s" at the end', async (end) => {
    expect(await checkOpenAiModel({ url: server.url + end })).toEqual({ name: 'llama3.2:latest', takesTools: true });
  });

  it('finds the model asked for, also without its tag', async () => {
    expect((await checkOpenAiModel({ url: server.url, model: 'qwen3' })).name).toBe('qwen3');
    expect((await checkOpenAiModel({ url: server.url, model: 'llama3.2' })).name).toBe('llama3.2:latest');
  });

  it('names the models there are when it is not among them', async () => {
    await expect(checkOpenAiModel({ url: server.url, model: 'gpt-9' })).rejects.toThrow(
      /does not list gpt-9; it has llama3\.2:latest, qwen3/,
    );
  });

  it('says that nobody answers', async () => {
    await server[Symbol.asyncDispose]();
    await expect(checkOpenAiModel({ url: server.url })).rejects.toThrow(/no model server answers at .*ECONNREFUSED/);
  });

  it('says that it is no such server, or has no model', async () => {
    await using other = await listen(({ url }) =>
      url.includes('empty') ? Response.json({ data: [] }) : new Response('no', { status: 404 }),
    );
    await expect(checkOpenAiModel({ url: other.url })).rejects.toThrow(/answered 404; is it an OpenAI-compatible server/);
    await expect(checkOpenAiModel({ url: `${other.url}/empty` })).rejects.toThrow(/lists no model/);
  });
});
