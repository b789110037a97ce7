import { context, SpanKind, trace } from '@opentelemetry/api';
import type { Lease } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { componentOf } from '@vera/protocol/span-names';
import { arrived, type Hop, partsOf, spanOf, type Trace } from '@vera/protocol/trace';
import { atMost, type Clock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import type { StoryEnd } from '../questions/story.ts';
import { within } from './in-span.ts';
import { names } from './names.ts';
import { registerTracer } from './register-tracer.ts';
import { OpenSpan, type Told } from './span.ts';
import { longestFlush, SpanShelf, type SpanShelfParams } from './span-shelf.ts';

/** What this process tells of the questions it answers. */
export interface Tracing {
  /** The same question, once this process has it. */
  arrived(question: Question): Question;
  /** An attempt as the span of its lease, below how the question came here. */
  attempt(lease: Pick<Lease, 'record' | 'taking'>, brought: Question, work: () => Promise<StoryEnd>): Promise<StoryEnd>;
  /** Sends what is over, in bounded time; never rejects. */
  flush(): Promise<unknown>;
  /** OpenTelemetry's API of this process leads nowhere again. */
  end(): void;
}

export interface TracingParams extends Clock {
  readonly send: SpanShelfParams['send'];
  readonly log: Log;
}

export function createTracing({ send, log, ...clock }: TracingParams): Tracing {
  const shelf = new SpanShelf({ ...clock, send, onLost: (lost) => log.warn('trace.not-sent', lost) });
  const end = registerTracer({ ...clock, shelf });
  // A turn that follows at once is brought by the same.
  const told = new WeakSet<Question>();
  return {
    arrived: ({ trace: from, ...question }) => ({ ...question, ...(from ? { trace: arrived(from, clock.now()) } : {}) }),
    // Another flush may be under way, with a time of its own.
    flush: () => atMost(clock, longestFlush, shelf.flush()),
    end,
    async attempt({ record, taking }, brought, work) {
      const from = brought.trace ?? record.question.trace;
      if (!from) return work();
      const { traceId, spanId: parent, isSampled } = partsOf(from);
      if (!isSampled) {
        const unkept = trace.wrapSpanContext({ traceId, spanId: parent, traceFlags: 0 });
        return context.with(trace.setSpan(context.active(), unkept), work);
      }
      if (!told.has(brought)) shelf.add(from.hops.map((hop) => toldHop(hop, from, brought)));
      told.add(brought);
      const contextOf = (id: string) => ({ traceId, spanId: spanOf(id), traceFlags: 1 });
      const links = record.formerTaking ? [{ context: contextOf(record.formerTaking) }] : [];
      const own = { name: 'attempt', kind: SpanKind.CONSUMER, context: contextOf(taking), parent, at: clock.now(), links };
      const span = new OpenSpan({ ...own, monotonic: clock.monotonic, onEnd: (ended) => shelf.attemptEnded(ended.told()) });
      span.setAttributes({ ...placeOf(record.question), [names.component]: 'worker', [names.attempt]: record.attempts });
      return within(span, async () => {
        const outcome = await work();
        span.setAttribute(names.outcome, outcome);
        return outcome;
      });
    },
  };
}

function placeOf({ id, channelId, threadTs }: Question) {
  return { [names.question]: id, [names.conversation]: `${channelId}/${threadTs}` };
}

const kindOf: Readonly<Record<Hop['name'], SpanKind>> = {
  receive: SpanKind.SERVER,
  record: SpanKind.CLIENT,
  click: SpanKind.SERVER,
  invoke: SpanKind.PRODUCER,
  resend: SpanKind.PRODUCER,
  attempt: SpanKind.CONSUMER,
};

/** In the place of a process that exports nothing, or that died. */
function toldHop({ name, id, parent, at, until = at }: Hop, from: Trace, question: Question): Told {
  const isCutOff = name === 'attempt';
  return {
    name,
    kind: kindOf[name],
    context: { traceId: partsOf(from).traceId, spanId: id, traceFlags: 1 },
    parent,
    at,
    until: Math.max(at, until),
    attributes: { ...placeOf(question), [names.component]: componentOf[name], ...(isCutOff ? { [names.outcome]: 'cut-off' } : {}) },
    links: [],
    hasFailed: isCutOff,
  };
}
