import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import type { AwsDefaults } from '@vera/service-kit/aws-defaults';

type HttpHandler = AwsDefaults['requestHandler'];

/** What an AWS client is made with that reaches nobody: it signs with no real key, and its answers are these. */
export function rehearsedAws() {
  let calls = 0;
  const requestHandler: Pick<HttpHandler, 'handle' | 'updateHttpClientConfig' | 'httpHandlerConfigs'> = {
    async handle({ path }) {
      if (!path.endsWith('/converse-stream')) return { response: answerOf('application/x-amz-json-1.0', [Buffer.from('{}')]) };
      calls += 1;
      return { response: answerOf('application/vnd.amazon.eventstream', (calls === 1 ? toolCall : words).map(toMessage)) };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
  return { region: 'us-east-1', credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' }, maxAttempts: 1, requestHandler };
}

function answerOf(contentType: string, chunks: readonly Buffer[]) {
  return { statusCode: 200, headers: { 'content-type': contentType }, body: Readable.from(chunks) };
}

type ModelEvent = readonly [type: string, payload: object];

const at = { contentBlockIndex: 0 };
const begin: ModelEvent = ['messageStart', { role: 'assistant' }];
const endWith = (stopReason: string): readonly ModelEvent[] => [
  ['contentBlockStop', at],
  ['messageStop', { stopReason }],
  ['metadata', { usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 }, metrics: { latencyMs: 1 } }],
];
const toolCall: readonly ModelEvent[] = [
  begin,
  ['contentBlockStart', { ...at, start: { toolUse: { toolUseId: 'rehearsal', name: 'calculate' } } }],
  ['contentBlockDelta', { ...at, delta: { toolUse: { input: '{"expression":"1 + 1"}' } } }],
  ...endWith('tool_use'),
];
const words: readonly ModelEvent[] = [
  begin,
  ['contentBlockDelta', { ...at, delta: { text: 'It is **2**. See [the sums](https://example.com).\n\n- one\n- two\n' } }],
  ...endWith('end_turn'),
];

/** https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html: lengths, their checksum, headers, payload, checksum. */
function toMessage([type, payload]: ModelEvent): Buffer {
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const lengths = Buffer.concat([number(headers.length + body.length + 16), number(headers.length)]);
  const message = Buffer.concat([lengths, number(crc32(lengths)), headers, body]);
  return Buffer.concat([message, number(crc32(message))]);
}

/** 7: the value is a string. */
function header(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.of(name.length), Buffer.from(name), Buffer.of(7, 0, value.length), Buffer.from(value)]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
