import { EventStreamCodec } from '@smithy/eventstream-codec';
import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { StreamFault } from './runtime-fault.ts';
import type { StreamEvent } from './to-stream-events.ts';

export interface StreamParts {
  readonly fault: StreamFault | undefined;
  /** Called when the client no longer listens. */
  readonly abandon: () => void;
  /** Breaks the connection, as a network would. */
  readonly cut: () => void;
}

/** The streaming HTTP answer. Waits for the model's first word, because until then Bedrock can still refuse with a status. */
export async function streamResponse(events: AsyncGenerator<StreamEvent>, parts: StreamParts): Promise<Response> {
  const frames = toFrames(events, parts);
  const start = await frames.next();
  const first = await frames.next();
  const pending = [start, first];
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = pending.shift() ?? (await frames.next());
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: parts.abandon,
  });
  return new Response(body, { headers: { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': crypto.randomUUID() } });
}

async function* toFrames(events: AsyncGenerator<StreamEvent>, { fault, cut }: StreamParts): AsyncGenerator<Uint8Array> {
  let deltas = 0;
  let begun = false;
  try {
    for await (const event of events) {
      const due = fault && (deltas >= (fault.deltas ?? 3) || event.type === 'messageStop');
      if (due && fault.kind === 'stream-cut') return void (await cutAfterWriting(cut));
      if (due) return void (yield toException(exceptionOf(fault)));
      if (event.type === 'contentBlockDelta') deltas += 1;
      yield encodeEvent(event);
      begun ||= event.type !== 'messageStart';
    }
  } catch (error) {
    if (!begun) throw error;
    yield toException(error);
  }
}

/** Lets what was written leave, then destroys the connection. */
async function cutAfterWriting(cut: () => void): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  cut();
}

function exceptionOf({ kind }: StreamFault): AwsError {
  if (kind === 'stream-throttled') return new AwsError(429, 'ThrottlingException', 'Too many tokens, please wait before trying again.');
  return new AwsError(
    500,
    'InternalServerException',
    'The system encountered an unexpected error during processing. Try your request again.',
  );
}

const streamable = /^(?:InternalServer|ModelStreamError|Validation|Throttling|ServiceUnavailable)Exception$/;

function toException(error: unknown): Uint8Array {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AwsError) || !streamable.test(error.type)) {
    return encodeException('modelStreamErrorException', { message, originalStatusCode: 500, originalMessage: message });
  }
  return encodeException(error.type.charAt(0).toLowerCase() + error.type.slice(1), { message, ...error.fields });
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : decoder.decode(bytes)),
  (text) => encoder.encode(text),
);

function encodeEvent({ type, body }: StreamEvent): Uint8Array {
  return encode({ ':event-type': type, ':message-type': 'event' }, body);
}

/** An exception inside the stream; `type` begins with a small letter there, as in `throttlingException`. */
function encodeException(type: string, body: Readonly<Record<string, unknown>>): Uint8Array {
  return encode({ ':exception-type': type, ':message-type': 'exception' }, body);
}

function encode(headers: Readonly<Record<string, string>>, body: Readonly<Record<string, unknown>>): Uint8Array {
  const named = { ...headers, ':content-type': 'application/json' };
  const typed = Object.fromEntries(Object.entries(named).map(([name, value]) => [name, { type: 'string' as const, value }]));
  return codec.encode({ headers: typed, body: encoder.encode(JSON.stringify(body)) });
}
