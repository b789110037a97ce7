import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { AwsError } from '@vera/aws-stand-in/aws-error';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BedrockRuntimeEmulator, createBedrockRuntime } from '../src/create-bedrock-runtime.ts';
import { type ScriptedTurn, scriptedModel } from '../src/scripted-model.ts';
import { bedrockClient } from './clients.ts';
import { converseInput, says, toolNamed } from './converse-input.ts';
import { gatherStream } from './gather-stream.ts';
import { signature } from './signature.ts';

const record = createCallRecord();
let bedrock: BedrockRuntimeEmulator;

beforeAll(async () => {
  bedrock = await createBedrockRuntime({ record, model: scriptedModel(() => 'Hello.') });
});
beforeEach(() => {
  bedrock.reset();
  record.reset();
});
afterAll(() => bedrock[Symbol.asyncDispose]());

async function ask(turn: ScriptedTurn, changes = {}) {
  bedrock.useModel(scriptedModel([turn]));
  return gatherStream(await bedrockClient(bedrock.url).send(new ConverseStreamCommand(converseInput(changes))));
}

it('text comes without a contentBlockStart, and metadata after messageStop', async () => {
  const { events, text } = await ask(['Hel', 'lo.']);
  expect(text).toBe('Hello.');
  expect(events.map((event) => Object.keys(event)[0])).toEqual([
    'messageStart',
    'contentBlockDelta',
    'contentBlockDelta',
    'contentBlockStop',
    'messageStop',
    'metadata',
  ]);
  expect(events.at(-1)?.metadata).toMatchObject({ usage: { outputTokens: 2, cacheReadInputTokens: 0 } });
});

it('a tool call follows the text in a block of its own, its input in several fragments', async () => {
  const input = { query: 'restore the patient database' };
  const { events, toolCalls, stopReason } = await ask(['Let me look.', { call: 'search', input }]);
  expect(toolCalls).toEqual([{ name: 'search', input: JSON.stringify(input) }]);
  expect(events.filter(({ contentBlockDelta }) => contentBlockDelta?.delta?.toolUse).length).toBeGreaterThan(2);
  expect(events.map(({ contentBlockStart }) => contentBlockStart?.contentBlockIndex).filter(Number.isInteger)).toEqual([1]);
  expect(stopReason).toBe('tool_use');
});

it('tool input that is no JSON goes out as the model wrote it', async () => {
  expect((await ask([{ call: 'search', input: '{"query": "unfin' }])).toolCalls).toEqual([{ name: 'search', input: '{"query": "unfin' }]);
});

it('an empty answer has no block at all', async () => {
  const { events, stopReason } = await ask([]);
  expect(events.map((event) => Object.keys(event)[0])).toEqual(['messageStart', 'messageStop', 'metadata']);
  expect(stopReason).toBe('end_turn');
});

it('reasoning keeps its signature', async () => {
  const { events } = await ask([{ think: 'Hm.', signature: 'abc' }, 'Yes.']);
  const reasoning = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta?.reasoningContent ?? []);
  expect(reasoning).toEqual([{ text: 'Hm.' }, { signature: 'abc' }]);
});

it('a failure before the first word is an HTTP answer, one after it an exception in the stream', async () => {
  const throttled = new AwsError(429, 'ThrottlingException', 'Slow down.');
  await expect(ask([{ fail: throttled }])).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } });
  const { text, error } = await ask(['Half an', { fail: throttled }]);
  expect(text).toBe('Half an');
  expect(error).toMatchObject({ name: 'ThrottlingException', message: 'Slow down.' });
});

it('a model that breaks down in the middle is a ModelStreamErrorException', async () => {
  const broken = new AwsError(424, 'ModelErrorException', 'out of memory');
  expect((await ask(['Half', { fail: broken }])).error).toMatchObject({
    name: 'ModelStreamErrorException',
    originalMessage: 'out of memory',
  });
});

it('maxTokens cuts the JSON of a tool call', async () => {
  const turn = [{ call: 'search', input: { query: 'x'.repeat(200) } }];
  const { toolCalls, stopReason } = await ask(turn, { inferenceConfig: { maxTokens: 10 } });
  expect(stopReason).toBe('max_tokens');
  expect(() => JSON.parse(toolCalls[0]?.input ?? '')).toThrow(SyntaxError);
});

it('Converse gathers the same events into one message', async () => {
  bedrock.useModel(scriptedModel([['Let me ', 'look.', { call: 'search', input: { query: 'x' }, toolUseId: 'tooluse_1' }]]));
  const answer = await bedrockClient(bedrock.url).send(new ConverseCommand(converseInput()));
  expect(answer.output?.message?.content).toEqual([
    { text: 'Let me look.' },
    { toolUse: { toolUseId: 'tooluse_1', name: 'search', input: { query: 'x' } } },
  ]);
  expect(answer).toMatchObject({ stopReason: 'tool_use', usage: { totalTokens: expect.any(Number) } });
});

it('the model stops when the client goes away', async () => {
  const aborted = Promise.withResolvers<void>();
  bedrock.useModel(async function* (_request, signal) {
    signal.addEventListener('abort', () => aborted.resolve());
    yield { kind: 'text', text: 'One' };
    await aborted.promise;
  });
  const controller = new AbortController();
  const answer = await bedrockClient(bedrock.url).send(new ConverseStreamCommand(converseInput()), { abortSignal: controller.signal });
  for await (const { contentBlockDelta } of answer.stream ?? []) if (contentBlockDelta) break;
  controller.abort();
  await aborted.promise;
});

it('a script of several turns answers call by call, and says so when it is at its end', async () => {
  bedrock.useModel(scriptedModel(['one', 'two']));
  const send = async () => gatherStream(await bedrockClient(bedrock.url).send(new ConverseStreamCommand(converseInput())));
  expect([(await send()).text, (await send()).text]).toEqual(['one', 'two']);
  await expect(send()).rejects.toMatchObject({ name: 'ModelErrorException' });
});

it('a script can loop over a tool for ever', async () => {
  bedrock.useModel(scriptedModel(({ messages }) => [{ call: 'search', input: { query: `try ${messages.length}` } }]));
  const messages = [says('Find it.')];
  for (const round of [1, 2, 3]) {
    const input = converseInput({ messages, toolConfig: { tools: [toolNamed('search')] } });
    const { toolCalls } = await gatherStream(await bedrockClient(bedrock.url).send(new ConverseStreamCommand(input)));
    expect(toolCalls[0]?.input).toBe(`{"query":"try ${messages.length}"}`);
    const toolUseId = `tooluse_${round}`;
    messages.push({ role: 'assistant', content: [{ toolUse: { toolUseId, name: 'search', input: {} } }] });
    messages.push({ role: 'user', content: [{ toolResult: { toolUseId, content: [{ text: 'nothing' }] } }] });
  }
});

it('every call is recorded with who called which action on which profile and on its model, wherever that may be', async () => {
  await ask('Hello.');
  const profile = 'arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.anthropic.claude-sonnet-4-6';
  const streamed = { component: 'worker', action: 'bedrock:InvokeModelWithResponseStream', status: 200 };
  const models = ['us-east-1', 'us-east-2', 'us-west-2'].map((region) => ({
    ...streamed,
    resource: `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-sonnet-4-6`,
    context: { 'bedrock:InferenceProfileArn': profile },
  }));
  expect(record.calls).toMatchObject([{ ...streamed, resource: profile }, ...models]);
});

it.each([
  ['anthropic.claude-sonnet-4-6', ['us-east-1::foundation-model/anthropic.claude-sonnet-4-6']],
  [
    'global.anthropic.claude-sonnet-4-6',
    [
      'us-east-1:000000000000:inference-profile/global.anthropic.claude-sonnet-4-6',
      'us-east-1::foundation-model/anthropic.claude-sonnet-4-6',
      '::foundation-model/anthropic.claude-sonnet-4-6',
    ],
  ],
])('a call of %s, refused or not, is recorded with what it takes', async (modelId, resources) => {
  await bedrockClient(bedrock.url)
    .send(new ConverseCommand(converseInput({ modelId })))
    .catch(() => undefined);
  expect(record.calls.map(({ action, resource }) => `${action} ${resource}`)).toEqual(
    resources.map((resource) => `bedrock:InvokeModel arn:aws:bedrock:${resource}`),
  );
});

it('the requests are kept as they came', async () => {
  await ask('Hello.', { system: [{ text: 'You are Vera.' }] });
  expect(bedrock.requests).toMatchObject([{ stream: true, system: [{ text: 'You are Vera.' }], messages: [{ role: 'user' }] }]);
});

it('an unsigned request and an unknown path are refused', async () => {
  const post = { method: 'POST', body: '{}' };
  expect((await fetch(`${bedrock.url}/model/us.anthropic.claude-sonnet-4-6/converse`, post)).status).toBe(403);
  expect((await fetch(`${bedrock.url}/model/x/invoke`, { ...post, headers: signature })).status).toBe(404);
  expect(record.calls).toEqual([]);
});
