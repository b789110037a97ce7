import { type Attributes, context, type Span, SpanKind, trace } from '@opentelemetry/api';
import { names, type Operation } from './names.ts';

/** All spans of ours are this tracer's; what libraries make of their own leaves with none. */
export const tracerName = 'vera';

/** A span below the one that is active; nothing comes of it outside a question whose trace is kept. */
export function startSpan(name: string, attributes: Attributes = {}, kind: SpanKind = SpanKind.CLIENT): Span {
  return trace.getTracer(tracerName).startSpan(name, { kind, attributes });
}

/** One of an operation that GenAI conventions name, on `what`. */
export function startOperation(operation: Operation, what: string | undefined, attributes: Attributes = {}): Span {
  const kind = operation === 'invoke_agent' || operation === 'execute_tool' ? SpanKind.INTERNAL : SpanKind.CLIENT;
  return startSpan(what === undefined ? operation : `${operation} ${what}`, { [names.operation]: operation, ...attributes }, kind);
}

/** Does work as part of a span, which ends with it. */
export async function within<Result>(span: Span, work: () => Promise<Result>): Promise<Result> {
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    failed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** By its code or its kind: messages quote what they were given. */
export function failed(span: Span, error: unknown): void {
  span.setStatus({ code: 2 });
  span.setAttribute(names.error, errorTypeOf(error));
}

function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Each step of an iteration as part of a span, whoever asks for it. */
export async function* stepsWithin<Item>(span: Span, given: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  const active = trace.setSpan(context.active(), span);
  const steps = given[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await context.with(active, () => steps.next());
      if (step.done) return;
      yield step.value;
    }
  } finally {
    await context.with(active, () => steps.return?.());
  }
}

/** What tells others to which trace their part belongs; nothing outside of one. */
export function traceparentNow(): string | undefined {
  const active = trace.getSpanContext(context.active());
  return active && `00-${active.traceId}-${active.spanId}-0${active.traceFlags & 1}`;
}
