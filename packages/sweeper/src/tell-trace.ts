import { type QuestionRecord, sweeperName } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { componentOf, questionNames } from '@vera/protocol/span-names';
import { type Hop, partsOf, spanOf, type Trace } from '@vera/protocol/trace';
import { kernelId } from '@vera/service-kit/kernel-random';
import type { Log } from '@vera/service-kit/log';
import type { SignedCall } from '@vera/service-kit/signed-calls';

export interface TellTraceParams {
  readonly call: SignedCall;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

/** Ends the trace of a question as it was found overdue. */
export type TellTrace = (record: QuestionRecord, end: LostEnd) => Promise<void>;

export interface LostEnd {
  /** When telling it began, in epoch milliseconds. */
  readonly at: number;
  /** `lost`, or what was found in its thread. */
  readonly outcome: string;
}

/**
 * What no worker tells of a question that is given up: how it came in, where none ever had it; its last attempt, where its worker died; and its end.
 * To X-Ray's OTLP endpoint, which takes JSON as well as protobuf. Never rejects: the question is closed by then, whatever becomes of this.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html
 */
export function createTellTrace({ call, now, log }: TellTraceParams): TellTrace {
  return async (record, { at, outcome }) => {
    const { trace } = record.question;
    if (!trace || !partsOf(trace).isSampled) return;
    const told = [...hopsLeft(record, trace).map(toldHop), { name: 'lost', id: spanOf(kernelId()), at, until: now(), outcome }];
    const body = JSON.stringify(exported(told.map((span) => written(span, record.question, trace))));
    try {
      const answer = await call({ service: 'xray', path: '/v1/traces', headers: { 'content-type': 'application/json' }, body });
      const { partialSuccess } = JSON.parse(answer || '{}');
      if (Number(partialSuccess?.rejectedSpans ?? 0) > 0) log.warn('trace.not-sent', { spans: Number(partialSuccess.rejectedSpans) });
    } catch (error) {
      log.warn('trace.not-sent', { spans: told.length, error });
    }
  };
}

/** Those that each worker tells when it gets a question, and the attempt that nobody is left to tell. */
function hopsLeft(record: QuestionRecord, trace: Trace): readonly Hop[] {
  if (record.attempts === 0) return trace.hops;
  // Once it is the sweeper's, that attempt was told, or cannot be told any more.
  const cutOff = record.leaseOwner === sweeperName ? undefined : cutOffAttempt(record, trace);
  return cutOff ? [cutOff] : [];
}

/** The attempt of a worker that died with the question, of which it told nothing. */
export function cutOffAttempt({ state, leaseWrite, takenAt, dueAt }: QuestionRecord, trace: Trace): Hop | undefined {
  if (state !== 'running' || leaseWrite === undefined || takenAt === undefined) return undefined;
  return { name: 'attempt', id: spanOf(leaseWrite), parent: partsOf(trace).spanId, at: takenAt, until: dueAt };
}

interface ToldSpan {
  readonly name: string;
  readonly id: string;
  readonly parent?: string | undefined;
  readonly at: number;
  readonly until: number;
  readonly component?: string;
  readonly outcome?: string;
}

function toldHop({ until, ...hop }: Hop): ToldSpan {
  return {
    ...hop,
    until: Math.max(hop.at, until ?? hop.at),
    component: componentOf[hop.name],
    ...(hop.name === 'attempt' ? { outcome: 'cut-off' } : {}),
  };
}

const failed = new Set(['cut-off', 'lost']);

/** As OTLP has it in JSON: ids in hexadecimal digits, nanoseconds as text. https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
function written({ name, id, parent, at, until, component = 'sweeper', outcome }: ToldSpan, question: Question, trace: Trace) {
  const { traceId, spanId: root } = partsOf(trace);
  const attributes = {
    [questionNames.question]: question.id,
    [questionNames.conversation]: `${question.channelId}/${question.threadTs}`,
    [questionNames.component]: component,
    ...(outcome === undefined ? {} : { [questionNames.outcome]: outcome }),
  };
  return {
    ...{ traceId, spanId: id, name, kind: serverKind, attributes: texts(attributes) },
    ...(id === root && parent === undefined ? {} : { parentSpanId: parent ?? root }),
    ...{ startTimeUnixNano: nanoseconds(at), endTimeUnixNano: nanoseconds(until) },
    status: { code: failed.has(outcome ?? '') ? 2 : 0 },
  };
}

const serverKind = 2;

function exported(spans: readonly object[]) {
  const resource = { attributes: texts({ 'service.name': 'vera-sweeper' }) };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'vera' }, spans }] }] };
}

function texts(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

function nanoseconds(milliseconds: number): string {
  return `${Math.round(milliseconds * 1000)}000`;
}
