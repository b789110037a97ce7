import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BedrockRuntimeEmulator, createBedrockRuntime } from '../src/create-bedrock-runtime.ts';
import { scriptedModel } from '../src/scripted-model.ts';
import { bedrockClient } from './clients.ts';
import { converseInput } from './converse-input.ts';
import { gatherStream } from './gather-stream.ts';
import { testGuardrail } from './test-guardrail.ts';

let bedrock: BedrockRuntimeEmulator;

beforeAll(async () => {
  const words = { say: 'one two three four five six', pieceLength: 4 };
  bedrock = await createBedrockRuntime({ record: createCallRecord(), model: scriptedModel(() => [words]), guardrails: [testGuardrail] });
});
beforeEach(() => bedrock.reset());
afterAll(() => bedrock[Symbol.asyncDispose]());

async function ask(changes = {}) {
  return gatherStream(await bedrockClient(bedrock.url).send(new ConverseStreamCommand(converseInput(changes))));
}

it.each([
  ['throttled', 'ThrottlingException', 429],
  ['unavailable', 'ServiceUnavailableException', 503],
  ['internal', 'InternalServerException', 500],
  ['access-denied', 'AccessDeniedException', 403],
  ['timeout-408', 'ModelTimeoutException', 408],
] as const)('%s is a %s', async (kind, name, httpStatusCode) => {
  bedrock.inject({ kind });
  await expect(ask()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  expect((await ask()).stopReason).toBe('end_turn');
});

it('a fault strikes as often as told, after as many requests as told', async () => {
  bedrock.inject({ kind: 'throttled', times: 2, after: 1 });
  const outcomes = [];
  for (let call = 0; call < 4; call += 1)
    outcomes.push(
      await ask().then(
        ({ stopReason }) => stopReason,
        ({ name }) => name,
      ),
    );
  expect(outcomes).toEqual(['end_turn', 'ThrottlingException', 'ThrottlingException', 'end_turn']);
});

it('the SDK retries a throttled call by itself', async () => {
  bedrock.inject({ kind: 'throttled' });
  const client = bedrockClient(bedrock.url, { maxAttempts: 2 });
  expect((await gatherStream(await client.send(new ConverseStreamCommand(converseInput())))).text).toBe('one two three four five six');
  expect(bedrock.requests).toHaveLength(2);
});

it('a validation fault carries the words it was given', async () => {
  bedrock.inject({ kind: 'validation', message: 'prompt is too long: 1 > 0' });
  await expect(ask()).rejects.toMatchObject({ name: 'ValidationException', message: 'prompt is too long: 1 > 0' });
});

it('a stream can be throttled after some deltas', async () => {
  bedrock.inject({ kind: 'stream-throttled', deltas: 2 });
  const { text, error, stopReason } = await ask();
  expect(text).toBe('one two ');
  expect(error).toMatchObject({ name: 'ThrottlingException' });
  expect(stopReason).toBeUndefined();
});

it('a stream can break with an internal error', async () => {
  bedrock.inject({ kind: 'stream-internal' });
  expect((await ask()).error).toMatchObject({ name: 'InternalServerException' });
});

it('a stream can be cut off without a word', async () => {
  bedrock.inject({ kind: 'stream-cut', deltas: 3 });
  const { text, error, stopReason } = await ask();
  expect(text).toBe('one two thre');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  expect(stopReason).toBeUndefined();
});

it('an answer can end because the context window is full', async () => {
  bedrock.inject({ kind: 'stop-reason', reason: 'model_context_window_exceeded' });
  const { text, stopReason } = await ask();
  expect(stopReason).toBe('model_context_window_exceeded');
  expect('one two three four five six'.startsWith(text) && text.length < 27).toBe(true);
});

it('max_tokens cuts the JSON of a tool call in its middle', async () => {
  bedrock.useModel(scriptedModel([['Looking.', { call: 'search', input: { query: 'the whole query' } }]]));
  bedrock.inject({ kind: 'stop-reason', reason: 'max_tokens' });
  const { toolCalls, stopReason } = await ask();
  expect(stopReason).toBe('max_tokens');
  expect(toolCalls).toEqual([{ name: 'search', input: '{"query":"the' }]);
});

it('a guardrail replaces the answer, and tells what it is told to', async () => {
  const trace = { inputAssessment: { [testGuardrail.id]: {} } };
  bedrock.inject({ kind: 'stop-reason', reason: 'guardrail_intervened', message: 'Not about that.', trace });
  const { text, stopReason, events } = await ask({
    guardrailConfig: { guardrailIdentifier: testGuardrail.id, guardrailVersion: '1', trace: 'enabled' },
  });
  expect([text, stopReason]).toEqual(['Not about that.', 'guardrail_intervened']);
  expect(events.at(-1)?.metadata?.trace?.guardrail).toEqual(trace);
});

it('a delay comes before the answer, and before another fault', async () => {
  bedrock.inject({ kind: 'delay', milliseconds: 60 });
  bedrock.inject({ kind: 'throttled' });
  const began = performance.now();
  await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
  expect(performance.now() - began).toBeGreaterThan(55);
});
