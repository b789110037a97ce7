import definitions from '@opentelemetry/otlp-transformer/build/src/generated/root.js';
import { AwsError } from '../aws-error.ts';

/** A span as it came over the wire. */
export interface ReceivedSpan {
  readonly trace: string;
  readonly id: string;
  /** Undefined: the root of its trace. */
  readonly parent: string | undefined;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly until: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of the process that sent it. */
  readonly resource: Readonly<Record<string, unknown>>;
  /** Ids of other spans. */
  readonly links: readonly string[];
  readonly isError: boolean;
  readonly bytes: number;
}

/**
 * By OpenTelemetry's own definitions, as protobufjs made them. Releases after this one publish what writes them only, made by hand: so what wrote
 * it and what reads it here have nothing in common but the protocol.
 */
const { opentelemetry } = definitions as unknown as Definitions;
const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1;
const { Span } = opentelemetry.proto.trace.v1;

export function decodeSpans(body: Uint8Array): readonly ReceivedSpan[] {
  return spansIn(decoded(body));
}

/** In JSON, in which ids are hexadecimal digits: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export function readSpans(body: Uint8Array): readonly ReceivedSpan[] {
  return spansIn(read(body));
}

function spansIn(request: DecodedRequest): readonly ReceivedSpan[] {
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map((span) => received(span, attributesOf(resource?.attributes ?? [])))),
  );
}

function decoded(body: Uint8Array): DecodedRequest {
  try {
    return ExportTraceServiceRequest.decode(body);
  } catch {
    throw noRequest();
  }
}

function read(body: Uint8Array): DecodedRequest {
  try {
    const bytesOf = (name: string, value: unknown) =>
      /^(?:trace|span|parentSpan)Id$/.test(name) ? Buffer.from(String(value), 'hex') : value;
    return ExportTraceServiceRequest.fromObject(JSON.parse(Buffer.from(body).toString(), bytesOf));
  } catch {
    throw noRequest();
  }
}

function noRequest(): AwsError {
  return new AwsError(400, 'InvalidArgument', 'The body is no ExportTraceServiceRequest');
}

function received(span: DecodedSpan, resource: ReceivedSpan['resource']): ReceivedSpan {
  const [trace, id, parent] = [span.traceId, span.spanId, span.parentSpanId].map((bytes) => Buffer.from(bytes ?? []).toString('hex'));
  if (trace?.length !== 32 || id?.length !== 16 || span.name === '')
    throw new AwsError(400, 'InvalidArgument', 'A span has no ids or no name');
  return {
    ...{ trace, id, parent: parent || undefined, name: span.name, resource },
    at: milliseconds(span.startTimeUnixNano),
    until: milliseconds(span.endTimeUnixNano),
    attributes: attributesOf(span.attributes),
    links: span.links.map(({ spanId }) => Buffer.from(spanId).toString('hex')),
    isError: span.status?.code === 2,
    bytes: Span.encode(span).finish().length,
  };
}

function milliseconds(nanoseconds: { toString(): string }): number {
  return Number(BigInt(nanoseconds.toString()) / 1000n) / 1000;
}

function attributesOf(pairs: readonly DecodedPair[]): Record<string, unknown> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, plainOf(value)]));
}

function plainOf(value: DecodedValue | null | undefined): unknown {
  if (value?.arrayValue) return value.arrayValue.values.map(plainOf);
  const whole = value?.intValue;
  return value?.stringValue ?? value?.boolValue ?? value?.doubleValue ?? (whole == null ? undefined : Number(whole.toString()));
}

interface DecodedValue {
  readonly stringValue?: string | null;
  readonly boolValue?: boolean | null;
  readonly doubleValue?: number | null;
  readonly intValue?: { toString(): string } | null;
  readonly arrayValue?: { readonly values: readonly DecodedValue[] } | null;
}

interface DecodedPair {
  readonly key: string;
  readonly value?: DecodedValue | null;
}

interface DecodedSpan {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId?: Uint8Array | null;
  readonly name: string;
  readonly startTimeUnixNano: { toString(): string };
  readonly endTimeUnixNano: { toString(): string };
  readonly attributes: readonly DecodedPair[];
  readonly links: readonly { readonly spanId: Uint8Array }[];
  readonly status?: { readonly code?: number | null } | null;
}

interface DecodedRequest {
  readonly resourceSpans: readonly {
    readonly resource?: { readonly attributes: readonly DecodedPair[] } | null;
    readonly scopeSpans: readonly { readonly spans: readonly DecodedSpan[] }[];
  }[];
}

interface RequestDefinition {
  decode(body: Uint8Array): DecodedRequest;
  fromObject(given: object): DecodedRequest;
}

/** As far as they are used here; the package's own types say nothing of them. */
interface Definitions {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: {
        readonly trace: { readonly v1: { readonly ExportTraceServiceRequest: RequestDefinition } };
      };
      readonly trace: { readonly v1: { readonly Span: { encode(span: DecodedSpan): { finish(): Uint8Array } } } };
    };
  };
}
