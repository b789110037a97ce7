import { ConverseCommand, type ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { gifSample, jpegSample, pdfSample, pngSample, webpSample } from '@vera/stand-in-kit/sample-files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BedrockRuntimeEmulator, createBedrockRuntime } from '../src/create-bedrock-runtime.ts';
import { scriptedModel } from '../src/scripted-model.ts';
import { bedrockClient } from './clients.ts';
import { converseInput, modelId, says, toolNamed } from './converse-input.ts';
import { signature } from './signature.ts';

let bedrock: BedrockRuntimeEmulator;

beforeAll(async () => {
  bedrock = await createBedrockRuntime({ record: createCallRecord(), model: scriptedModel(() => 'Fine.') });
});
afterAll(() => bedrock[Symbol.asyncDispose]());

type Changes = Partial<ConverseStreamCommandInput>;

async function send(changes: Changes) {
  return bedrockClient(bedrock.url).send(new ConverseCommand(converseInput(changes)));
}

const tools = { tools: [toolNamed('search')] };
const call = { role: 'assistant' as const, content: [{ toolUse: { toolUseId: 'tooluse_1', name: 'search', input: {} } }] };
const result = (toolUseId = 'tooluse_1') => ({ role: 'user' as const, content: [{ toolResult: { toolUseId, content: [{ text: 'x' }] } }] });
const pictureOf = (bytes: Uint8Array, format: 'png' | 'jpeg' | 'gif' | 'webp' = 'png') => ({ image: { format, source: { bytes } } });
const picture = pictureOf(pngSample());
const file = (name: string, bytes: Uint8Array = pdfSample()) => ({ document: { name, format: 'pdf' as const, source: { bytes } } });
const beside = (...content: (typeof picture | ReturnType<typeof file>)[]): Changes => ({
  messages: [{ role: 'user', content: [{ text: 'x' }, ...content] }],
});
const schemaOf = (json: object) => ({
  toolConfig: {
    tools: [toolNamed('other'), { toolSpec: { name: 'search', inputSchema: { json: { type: 'object', ...json } as never } } }],
  },
});
const invalid = /tools\.1\.custom\.input_schema: JSON schema is invalid\. It must match JSON Schema draft 2020-12/;
const newest = 'global.anthropic.claude-opus-5-5';
const cachePoint = { cachePoint: { type: 'default' as const } };

const refusals: readonly [string, Changes, RegExp][] = [
  ['blank text', { messages: [says(' \n')] }, /text field in the ContentBlock object at messages\.0\.content\.0 is blank/],
  ['blank system text', { system: [{ text: '' }] }, /system\.0 is blank/],
  ['a message without content', { messages: [{ role: 'user', content: [] }] }, /messages\.0 is empty/],
  ['no message', { messages: [] }, /must start with a user message/],
  ['a conversation that the assistant begins', { messages: [says('Hi', 'assistant'), says('Hi')] }, /must start with a user message/],
  ['two user messages in a row', { messages: [says('Hi'), says('Hi')] }, /must alternate between user and assistant/],
  ['a call without its result', { messages: [says('Hi'), call, says('And?')], toolConfig: tools }, /Expected toolResult blocks.*tooluse_1/],
  ['a call at the end', { messages: [says('Hi'), call], toolConfig: tools }, /Expected toolResult blocks at messages\.2/],
  [
    'a result without a call',
    { messages: [says('Hi'), says('Ok', 'assistant'), result()], toolConfig: tools },
    /exceeds the number of toolUse/,
  ],
  ['tool blocks without toolConfig', { messages: [says('Hi'), call, result()] }, /toolConfig field must be defined/],
  ['a tool name of 65 characters', { toolConfig: { tools: [toolNamed('x'.repeat(65))] } }, /less than or equal to 64/],
  ['a tool name with a dot', { toolConfig: { tools: [toolNamed('jira.search')] } }, /\[a-zA-Z0-9_-\]\+/],
  [
    'a tool defined twice',
    { toolConfig: { tools: [toolNamed('search'), toolNamed('search')] } },
    /already defined at toolConfig\.tools\.0/,
  ],
  ['a schema of draft 4', schemaOf({ properties: { a: { minimum: 0, exclusiveMinimum: true } } }), invalid],
  ['a schema of draft 3', schemaOf({ properties: { a: { type: 'string', required: true } } }), invalid],
  ['a tuple of before 2020-12', schemaOf({ properties: { a: { items: [{ type: 'number' }] } } }), invalid],
  ['a type that is none', schemaOf({ properties: { a: { type: 'any' } } }), invalid],
  ['properties that are null', schemaOf({ properties: null }), invalid],
  ['a reference that leads nowhere', schemaOf({ properties: { a: { $ref: '#/$defs/a' } } }), invalid],
  ['a combiner on top', schemaOf({ anyOf: [{ required: ['a'] }] }), /tools\.1\.custom\.input_schema: input_schema does not support oneOf/],
  [
    'a property with a space in its name',
    schemaOf({ properties: { 'a b': {} } }),
    /tools\.1\.custom\.input_schema\.properties: Property keys/,
  ],
  ['an empty list of tools', { toolConfig: { tools: [] } }, /toolConfig\.tools/],
  ['a document without text beside it', { messages: [{ role: 'user', content: [file('Report')] }] }, /no text block/],
  [
    'a document named like a file',
    { messages: [{ role: 'user', content: [{ text: 'x' }, file('report_v2.pdf')] }] },
    /alphanumeric characters/,
  ],
  ['21 images', { messages: [{ role: 'user', content: [{ text: 'x' }, ...Array(21).fill(picture)] }] }, /Too many images.*21/],
  ['6 documents', { messages: [{ role: 'user', content: [{ text: 'x' }, ...Array(6).fill(file('A'))] }] }, /Too many documents.*6/],
  [
    'a picture that was cut',
    beside(pictureOf(pngSample().subarray(0, 20))),
    /messages\.0\.content\.1\.image\.source\.bytes: Could not process/,
  ],
  ['a picture of another format', beside(pictureOf(pngSample(), 'jpeg')), /specified using the image\/jpeg .* appears to be a image\/png/],
  ['a picture of 8001 pixels', beside(picture, pictureOf(pngSample(8_001, 2))), /messages\.0\.content\.2\..*max allowed size: 8000 pixels/],
  ['bytes that are no picture', beside(pictureOf(new Uint8Array([1, 2, 3]))), /Could not process image/],
  ['bytes that are no PDF', beside(file('A', new Uint8Array([1, 2, 3]))), /could not be parsed as the specified format/],
  ['a PDF that was cut', beside(file('A', pdfSample().subarray(0, 30))), /The PDF specified was not valid/],
  ['a PDF with a password', beside(file('A', pdfSample({ isProtected: true }))), /The PDF specified is password protected/],
  [
    '101 pages in two documents',
    beside(file('A', pdfSample({ pages: 51 })), file('B', pdfSample({ pages: 50, isCompressed: true }))),
    /100 PDF pages/,
  ],
  ['maxTokens of 0', { inferenceConfig: { maxTokens: 0 } }, /greater than or equal to 1/],
  ['more tokens than the model writes', { inferenceConfig: { maxTokens: 100_000 } }, /exceeds the model limit of 64000/],
  ['a temperature above 1', { inferenceConfig: { temperature: 1.5 } }, /less than or equal to 1/],
  ['temperature on a new model', { modelId: newest, inferenceConfig: { temperature: 0.2 } }, /`temperature` is deprecated for this model/],
  ['top_k on a new model', { modelId: newest, additionalModelRequestFields: { top_k: 5 } }, /`top_k` is deprecated/],
  [
    'a prefilled answer on a new model',
    { modelId: newest, messages: [says('Hi'), says('Well', 'assistant')] },
    /assistant message prefill/,
  ],
  ['temperature and topP together', { inferenceConfig: { temperature: 0.2, topP: 0.9 } }, /cannot both be specified/],
  ['a bare model id', { modelId: 'anthropic.claude-sonnet-4-6' }, /inference profile that contains this model/],
  [
    'five cache points',
    {
      system: Array(5)
        .fill([{ text: 'a' }, cachePoint])
        .flat(),
    },
    /maximum of 4 blocks with cache_control.*Found 5/,
  ],
  ['a cache point behind nothing', { system: [cachePoint, { text: 'a' }] }, /nothing available to cache/],
  ['two cache points in a row', { system: [{ text: 'a' }, cachePoint, cachePoint] }, /nothing available to cache/],
  [
    'a cache point behind the tools, of Nova',
    { modelId: 'us.amazon.nova-pro-v1:0', toolConfig: { tools: [...(tools.tools ?? []), cachePoint] } },
    /#\/toolConfig\/tools\/1: extraneous key \[cachePoint\] is not permitted/,
  ],
  [
    'a long life behind a short one',
    {
      system: [{ text: 'a' }, cachePoint],
      messages: [{ role: 'user', content: [{ text: 'Hi' }, { cachePoint: { type: 'default', ttl: '1h' } }] }],
    },
    /ttl='1h' cache_control block must not come after a ttl='5m'/,
  ],
  [
    'a life that is no life',
    { system: [{ text: 'a' }, { cachePoint: { type: 'default', ttl: '2h' as '1h' } }] },
    /system\.1\.cachePoint\.ttl.*enum value set: \[5m, 1h\]/,
  ],
  ['input beyond the context window', { messages: [says('long '.repeat(170_000))] }, /Input is too long for requested model/],
  [
    'input and maxTokens together beyond it',
    { messages: [says('long '.repeat(150_000))], inferenceConfig: { maxTokens: 60_000 } },
    /input length and `max_tokens` exceed context limit/,
  ],
];

describe('a ValidationException meets', () => {
  it.each(refusals)('%s', async (_what, changes, message) => {
    await expect(send(changes)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('an image above 3.75 MB', async () => {
    const image = { image: { format: 'png' as const, source: { bytes: new Uint8Array(4_000_000) } } };
    await expect(send({ messages: [{ role: 'user', content: [{ text: 'x' }, image] }] })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

it('an unknown model is not found', async () => {
  await expect(send({ modelId: 'us.anthropic.claude-9' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 404 },
  });
});

it('a body that is not JSON is refused as such', async () => {
  const answer = await fetch(`${bedrock.url}/model/${modelId}/converse`, { method: 'POST', headers: signature, body: '{' });
  expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'SerializationException']);
});

describe('what Bedrock takes is taken:', () => {
  const pair = [says('Hi'), call, result()];
  const accepted: readonly [string, Changes][] = [
    ['a tool call with its result', { messages: pair, toolConfig: tools }],
    ['an ARN of an inference profile', { modelId: `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${modelId}` }],
    ['temperature on an older model', { inferenceConfig: { temperature: 0.2, maxTokens: 4_096 } }],
    ['a well-named document beside text', { messages: [{ role: 'user', content: [{ text: 'x' }, file('Report (v2) [final]')] }] }],
    [
      'every format of pictures',
      beside(picture, pictureOf(jpegSample, 'jpeg'), pictureOf(gifSample, 'gif'), pictureOf(webpSample, 'webp')),
    ],
    ['100 pages', beside(file('A', pdfSample({ pages: 100, isCompressed: true })))],
    ['20 images', { messages: [{ role: 'user', content: [{ text: 'x' }, ...Array(20).fill(picture)] }] }],
    ['a gateway tool of 64 characters', { toolConfig: { tools: [toolNamed(`jira___${'x'.repeat(57)}`)] } }],
  ];
  it.each(accepted)('%s', async (_what, changes) => {
    expect((await send(changes)).output?.message?.content).toEqual([{ text: 'Fine.' }]);
  });
});
