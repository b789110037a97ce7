import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { answerAws, unknownOperation } from './answer-aws.ts';
import { AwsError } from './aws-error.ts';
import type { CallRecord } from './call-record.ts';
import { type AwsFault, createFaults } from './faults.ts';
import { decodeSpans, type ReceivedSpan, readSpans } from './x-ray/decode-spans.ts';

export interface XRayParams {
  readonly port?: number;
  readonly record: CallRecord;
  readonly clock?: Clock;
}

export interface XRayEmulator extends Listening {
  /** Each once, as it was sent last; the latest ones. */
  readonly spans: readonly ReceivedSpan[];
  /** What was sent, byte by byte; the latest ones. */
  readonly bodies: readonly Uint8Array[];
  /** Those that say they are of this question, and the others of their traces. */
  spansOf(question: string): readonly ReceivedSpan[];
  /** Returns what takes back what is left of it. */
  inject(fault: AwsFault): () => void;
  reset(): void;
}

/** Of the real one: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html */
const limits = { bytes: 5_000_000, spans: 10_000, bytesOfSpan: 200_000, past: 14 * 24 * 3_600_000, future: 2 * 3_600_000 };
const mostKept = 20_000;
const json = 'application/json';
const mostBodies = 200;

/** X-Ray's OTLP endpoint for traces, as protobuf or JSON. It keeps what it is sent, as long as there is room. */
export async function createXRay({ port, record, clock = realClock }: XRayParams): Promise<XRayEmulator> {
  const kept = new Map<string, ReceivedSpan>();
  const bodies: Uint8Array[] = [];
  const faults = createFaults();

  function take(body: Uint8Array, type: string): Response {
    if (body.length > limits.bytes) throw new AwsError(413, 'RequestEntityTooLarge', 'The request is larger than 5 MB');
    bodies.push(body);
    if (bodies.length > mostBodies) bodies.shift();
    const spans = type === json ? readSpans(body) : decodeSpans(body);
    const now = clock.now();
    const isOutside = ({ at, until }: ReceivedSpan) => at < now - limits.past || until > now + limits.future;
    if (spans.length > limits.spans || spans.some(({ bytes }) => bytes > limits.bytesOfSpan) || spans.some(isOutside))
      throw new AwsError(400, 'InvalidArgument', 'The spans are too many, too large, too old or too young');
    for (const span of spans) {
      kept.delete(span.id);
      kept.set(span.id, span);
    }
    for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(id);
    return new Response(type === json ? '{}' : new Uint8Array(), { headers: { 'content-type': type } });
  }

  const answer = answerAws({
    service: 'xray',
    record,
    clock,
    faults,
    async operationOf(request) {
      if (request.method !== 'POST' || new URL(request.url).pathname !== '/v1/traces') throw unknownOperation(request);
      const type = request.headers.get('content-type') ?? '';
      if (type !== json && type !== 'application/x-protobuf') throw new AwsError(415, 'UnsupportedMediaType', `It takes no ${type}`);
      const body = new Uint8Array(await request.arrayBuffer());
      return { name: 'PutTraceSegments', needs: [{ action: 'xray:PutTraceSegments', resource: '*' }], answer: () => take(body, type) };
    },
  });
  const server = await listen(answer, port);
  const all = () => [...kept.values()];
  return {
    ...server,
    get spans() {
      return all();
    },
    bodies,
    spansOf(question) {
      const traces = new Set(all().flatMap(({ trace, attributes }) => (attributes['vera.question'] === question ? [trace] : [])));
      return all().filter(({ trace }) => traces.has(trace));
    },
    inject: faults.inject,
    reset() {
      kept.clear();
      bodies.length = 0;
    },
  };
}
