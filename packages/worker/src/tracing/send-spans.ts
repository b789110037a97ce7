import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { SignatureV4 } from '@smithy/signature-v4';
import { withoutAnySecret } from '@vera/service-kit/secret-texts';
import type { Told } from './span.ts';
import type { SpanShelfParams } from './span-shelf.ts';

export interface SendSpansParams {
  /** Region, credentials and hash as an AWS client of this process resolved them. */
  readonly signing: Pick<SecretsManagerClient['config'], 'credentials' | 'region' | 'sha256'>;
  /** Another origin of X-Ray. */
  readonly endpoint?: string | undefined;
  readonly resource: Readonly<Record<string, string>>;
}

class CollectorError extends Error {
  readonly code = 'collector';
}

/**
 * To X-Ray's OTLP endpoint, as protobuf, with a signature over the request.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html
 */
export function createSendSpans({ signing, endpoint, resource }: SendSpansParams): SpanShelfParams['send'] {
  // One object for all: by it they are told to be of one process.
  const origin = { resource: { attributes: resource }, instrumentationScope: { name: 'vera' } };
  return async (spans, signal) => {
    const region = await signing.region();
    const url = new URL('/v1/traces', endpoint ?? `https://xray.${region}.amazonaws.com`);
    const body = ProtobufTraceSerializer.serializeRequest(spans.map((span) => readable(span, origin)));
    if (!body) throw new CollectorError('The spans could not be written');
    const signer = new SignatureV4({ service: 'xray', region, credentials: signing.credentials, sha256: signing.sha256 });
    const { headers } = await signer.sign({
      ...{ protocol: url.protocol, hostname: url.hostname, port: url.port === '' ? undefined : Number(url.port), path: url.pathname, body },
      ...{ method: 'POST', query: {}, headers: { host: url.host, 'content-type': 'application/x-protobuf' } },
    } as Parameters<typeof signer.sign>[0]);
    const { host: _, ...sent } = headers;
    const answer = await fetch(url, { method: 'POST', headers: sent, body: body as Uint8Array<ArrayBuffer>, signal });
    const said = new Uint8Array(await answer.arrayBuffer());
    if (!answer.ok) throw new CollectorError(`The collector answered with ${answer.status}`);
    // Answered well, whatever of it was taken.
    const { rejectedSpans = 0 } = said.length === 0 ? {} : (ProtobufTraceSerializer.deserializeResponse(said).partialSuccess ?? {});
    if (Number(rejectedSpans) > 0) throw new CollectorError(`The collector refused ${rejectedSpans} of ${spans.length} spans`);
  };
}

type Readable = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number];

/** In the form of OpenTelemetry's own SDK, which its serializer takes. */
function readable({ context, parent, at, until, hasFailed, attributes, links, ...span }: Told, origin: object): Readable {
  const shown = Object.entries(attributes).map(([name, value]) => [name, typeof value === 'string' ? redacted(value) : value]);
  return {
    ...span,
    spanContext: () => context,
    parentSpanContext: parent === undefined ? undefined : { ...context, spanId: parent },
    startTime: hrTime(at),
    endTime: hrTime(until),
    duration: hrTime(until - at),
    status: { code: hasFailed ? 2 : 0 },
    attributes: Object.fromEntries(shown),
    links: [...links],
    events: [],
    ended: true,
    ...origin,
    ...{ droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
  } as unknown as Readable;
}

/** Cut behind that: half a secret is not known again. */
function redacted(text: string): string {
  return withoutAnySecret(text).slice(0, longestValue);
}

/** Longer than any name or id. X-Ray refuses spans of more than 200 KB. */
const longestValue = 4_000;

/** Seconds, and nanoseconds of the one that began. */
function hrTime(milliseconds: number): [number, number] {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)];
}
