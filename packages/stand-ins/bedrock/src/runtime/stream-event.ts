import { EventStreamCodec } from '@smithy/eventstream-codec';

/** One event of a ConverseStream answer, by the name it has on the wire. */
export interface StreamEvent {
  readonly type: 'messageStart' | 'contentBlockStart' | 'contentBlockDelta' | 'contentBlockStop' | 'messageStop' | 'metadata';
  readonly body: Readonly<Record<string, unknown>>;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : decoder.decode(bytes)),
  (text) => encoder.encode(text),
);

export function encodeEvent({ type, body }: StreamEvent): Uint8Array {
  return encode({ ':event-type': type, ':message-type': 'event' }, body);
}

/** An exception inside the stream; `type` begins with a small letter there, as in `throttlingException`. */
export function encodeException(type: string, body: Readonly<Record<string, unknown>>): Uint8Array {
  return encode({ ':exception-type': type, ':message-type': 'exception' }, body);
}

function encode(headers: Readonly<Record<string, string>>, body: Readonly<Record<string, unknown>>): Uint8Array {
  const named = { ...headers, ':content-type': 'application/json' };
  const typed = Object.fromEntries(Object.entries(named).map(([name, value]) => [name, { type: 'string' as const, value }]));
  return codec.encode({ headers: typed, body: encoder.encode(JSON.stringify(body)) });
}
