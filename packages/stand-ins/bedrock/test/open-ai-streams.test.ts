import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { listen } from '@vera/stand-in-kit/listen';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBedrockRuntime } from '../src/create-bedrock-runtime.ts';
import { checkOpenAiModel, openAiModel } from '../src/open-ai-model.ts';
import { bedrockClient } from './clients.ts';
import { converseInput, toolNamed } from './converse-input.ts';
import { gatherStream } from './gather-stream.ts';

// Cases from outside: openai-streams.
type Answer = (body: { readonly tools?: unknown }) => Response;

/** What Bedrock's client gets to see of a server that answers so, one answer after the other. */
async function start(...answers: readonly Answer[]) {
  const asked: { readonly tools?: unknown; readonly max_tokens?: number }[] = [];
  const server = await listen(async (request) => {
    if (request.url.endsWith('/models')) return Response.json({ data: [{ id: 'm' }] });
    const body = (await request.json()) as { tools?: unknown };
    asked.push(body);
    return (answers[Math.min(asked.length, answers.length) - 1] as Answer)(body);
  });
  const bedrock = await createBedrockRuntime({ record: createCallRecord(), model: openAiModel({ url: server.url }) });
  const client = bedrockClient(bedrock.url);
  return {
    asked,
    url: server.url,
    ask: async () =>
      gatherStream(await client.send(new ConverseStreamCommand(converseInput({ toolConfig: { tools: [toolNamed('look')] } })))),
    async [Symbol.asyncDispose]() {
      await bedrock[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const sse =
  (...lines: readonly string[]): Answer =>
  () =>
    new Response(`${lines.join('\n\n')}\n\n`);
const chunk = (delta: object, finish_reason: string | null = null) => `data: ${JSON.stringify({ choices: [{ delta, finish_reason }] })}`;
const done = 'data: [DONE]';
const call = (part: object) => chunk({ tool_calls: [part] });

describe('tool calls', () => {
  it.each([
    [
      'two calls at one index',
      [
        call({ index: 0, id: 'a', function: { name: 'calculate', arguments: '{"expression":"2+3"}' } }),
        call({ index: 0, id: 'b', function: { name: 'current_time', arguments: '{}' } }),
      ],
    ],
    [
      'two at one index without ids',
      [
        call({ index: 0, function: { name: 'calculate', arguments: '{"expression":"2+3"}' } }),
        call({ index: 0, function: { name: 'current_time', arguments: '{}' } }),
      ],
    ],
    [
      'fragments after the second id',
      [
        call({ index: 0, id: 'a', function: { name: 'calculate', arguments: '{"expression"' } }),
        call({ index: 0, function: { arguments: ':"2+3"}' } }),
        call({ index: 0, id: 'b', function: { name: 'current_time', arguments: '{' } }),
        call({ index: 0, function: { arguments: '}' } }),
      ],
    ],
    [
      'the id repeated in each fragment',
      [
        call({ index: 0, id: 'a', function: { name: 'calculate', arguments: '{"expression"' } }),
        call({ index: 0, id: 'a', function: { name: 'calculate', arguments: ':"2+3"}' } }),
        call({ index: 1, id: 'b', function: { name: 'current_time', arguments: '{}' } }),
      ],
    ],
    [
      'arguments as an object',
      [
        call({ index: 0, id: 'a', function: { name: 'calculate', arguments: { expression: '2+3' } } }),
        call({ index: 1, id: 'b', function: { name: 'current_time', arguments: {} } }),
      ],
    ],
  ])('%s are two calls', async (_, lines) => {
    await using server = await start(sse(...lines, done));
    const { toolCalls, stopReason } = await server.ask();
    expect(toolCalls).toEqual([
      { name: 'calculate', input: '{"expression":"2+3"}' },
      { name: 'current_time', input: '{}' },
    ]);
    expect(stopReason).toBe('tool_use');
  });
});

describe('a service that failed is told as such, never as a complete answer', () => {
  const half = 'data: {"choices":[{"delta":{"content":"Half an ans"}}]}';
  it.each([
    ['error as its own SSE field', [half, 'error: {"code":500,"message":"boom"}']],
    ['event: error', [half, 'event: error\ndata: {"message":"boom"}']],
    ['event: error with the usual envelope', [half, 'event: error\ndata: {"error":{"message":"boom"}}', done]],
    ['an error that is no JSON', [half, 'error: boom']],
    ['an error in a chunk', [half, 'data: {"error":"boom"}', done]],
  ])('%s', async (_, lines) => {
    await using server = await start(sse(...lines));
    expect((await server.ask()).error).toMatchObject({ name: 'ModelStreamErrorException', message: 'boom' });
  });

  it('finish_reason: error', async () => {
    await using server = await start(sse(half, chunk({}, 'error')));
    expect((await server.ask()).error).toMatchObject({ name: 'ModelStreamErrorException' });
  });

  it.each([
    ['in a text', [half]],
    ['in a tool call, which is not made', [call({ index: 0, id: 'a', function: { name: 'look', arguments: '{}' } })]],
    ['in a chunk', [half, 'data: {"choices":[{"delta":{"cont']],
    ['before anything', ['']],
  ])('ends without finish_reason and without [DONE] %s', async (_, lines) => {
    await using server = await start(sse(...lines));
    const { stopReason, toolCalls } = await server.ask();
    expect([stopReason, toolCalls]).toEqual(['malformed_model_output', []]);
  });
});

describe('thoughts', () => {
  const thoughtful = [
    'reasoning … </think>The answer.',
    '<think>Hm.</think>The answer.',
    '<thinking>Hm.\n\nNo.</thinking>\n\nThe answer.',
    'hm </thinking>\nThe answer.',
    '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>The answer.<|return|>',
    '<|channel|>analysis<|message|>Hm.<|channel|>final<|message|>The answer.',
    '<think>a</think><think>b</think>The answer.',
  ];

  it('are left out, wherever the stream is cut into pieces and however the model habitually answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...thoughtful), fc.integer({ min: 1, max: 12 }), async (text, size) => {
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));
        await using server = await start(sse(...pieces.map((content) => chunk({ content })), done));
        for (let times = 0; times < 2; times += 1) expect((await server.ask()).text).toBe('The answer.');
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['Well. <think>Hm.</think>The answer.', 'Well. The answer.'],
    ['a <b>bold</b> word < 3', 'a <b>bold</b> word < 3'],
    ['Write `<think>` around it.', 'Write `<think>` around it.'],
    ['It opens with <think> and no more', 'It opens with <think> and no more'],
    ['<think>cut while thinking', ''],
  ])('%j is told as %j, also once the model is known', async (content, text) => {
    await using server = await start(sse(chunk({ content }), done));
    expect([(await server.ask()).text, (await server.ask()).text]).toEqual([text, text]);
  });

  it('hold back no answer of a model that is known to have none', async () => {
    const told = Promise.withResolvers<void>();
    const slowly: Answer = () =>
      new Response(
        new ReadableStream({
          async start(controller) {
            controller.enqueue(new TextEncoder().encode(`${chunk({ content: 'First. ' })}\n\n`));
            await told.promise;
            controller.enqueue(new TextEncoder().encode(`${done}\n\n`));
            controller.close();
          },
        }),
      );
    await using server = await start(sse(chunk({ content: 'Plain.' }), done), slowly);
    await server.ask();
    const asking = server.ask();
    setTimeout(() => told.resolve(), 50);
    expect((await asking).text).toBe('First. ');
  });
});

describe('other shapes', () => {
  const whole = { choices: [{ message: { role: 'assistant', content: 'The answer.' }, finish_reason: 'stop' }] };
  it.each([
    ['stream:true answered by one JSON body', () => Response.json(whole)],
    ['the same, printed over several lines', () => new Response(JSON.stringify(whole, undefined, 2))],
    [
      'delta.content is an array of parts',
      sse(
        chunk({
          content: [
            { type: 'text', text: 'The ' },
            { type: 'text', text: 'answer.' },
          ],
        }),
        done,
      ),
    ],
    [
      'data in several lines',
      () => new Response('data: {"choices":\ndata: [{"delta":{"content":"The answer."},"finish_reason":"stop"}]}\n\n'),
    ],
    ['comments, ids and no blank lines', () => new Response(`: ping\nid: 1\nretry: 3\n${chunk({ content: 'The answer.' })}\n${done}\n`)],
  ] as [string, Answer][])('%s', async (_, answer) => {
    await using server = await start(answer);
    expect(await server.ask()).toMatchObject({ text: 'The answer.', stopReason: 'end_turn', error: undefined });
  });
});

describe('a model that takes no tools', () => {
  const refusing =
    (message: string, status = 400): Answer =>
    ({ tools }) =>
      tools ? Response.json({ error: { message } }, { status }) : sse(chunk({ content: 'From memory.' }), done)({});

  it.each([
    'registry.ollama.ai/library/gemma:2b does not support tools',
    '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    'tools param requires --jinja flag',
    'No endpoints found that support tool use',
  ])('%s: said in words, and asked without tools from then on', async (message) => {
    await using server = await start(refusing(message));
    const text = '_This model takes no tools, so nothing was looked up for this answer._\n\nFrom memory.';
    expect([(await server.ask()).text, (await server.ask()).text]).toEqual([text, text]);
    expect(server.asked.map(({ tools }) => tools !== undefined)).toEqual([true, false, false]);
  });

  it('is found out at start', async () => {
    await using no = await start(refusing('m does not support tools'));
    await using yes = await start(() => Response.json({ choices: [] }));
    await using unsaid = await start(() => new Response('loading', { status: 503 }));
    const found = await Promise.all([no, yes, unsaid].map(({ url }) => checkOpenAiModel({ url })));
    expect(found.map(({ takesTools }) => takesTools)).toEqual([false, true, undefined]);
  });
});
