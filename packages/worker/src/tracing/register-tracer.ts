import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  type ContextManager,
  context,
  INVALID_SPAN_CONTEXT,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { spanOf } from '@vera/protocol/trace';
import { kernelId } from '@vera/service-kit/kernel-random';
import { tracerName } from './in-span.ts';
import { OpenSpan } from './span.ts';
import type { SpanShelf } from './span-shelf.ts';

export interface TracerParams {
  readonly shelf: SpanShelf;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly monotonic: () => number;
}

/** Makes OpenTelemetry's API of this process lead to the shelf; gives what takes that back. */
export function registerTracer(params: TracerParams): () => void {
  context.setGlobalContextManager(new Contexts());
  const ours = tracerBy((options, from) => begin(options, from, params));
  const silent = tracerBy((_, from) => unkept(from));
  trace.setGlobalTracerProvider({ getTracer: (name) => (name === tracerName ? ours : silent) });
  return () => {
    trace.disable();
    context.disable();
  };
}

type Named = SpanOptions & { readonly name: string };

function begin({ name, kind = 0, attributes = {}, links = [] }: Named, from: Context, { shelf, now, monotonic }: TracerParams): Span {
  const parent = trace.getSpanContext(from);
  if (!parent || (parent.traceFlags & 1) === 0) return unkept(from);
  const own = { ...parent, spanId: spanOf(kernelId()), isRemote: false };
  const onEnd = (span: OpenSpan) => shelf.ended(span.told());
  const span = new OpenSpan({ name, kind, context: own, parent: parent.spanId, at: now(), links, monotonic, onEnd });
  shelf.begun(span);
  return span.setAttributes(attributes);
}

/** Says nothing of its own; what is below it is still of the same trace. */
function unkept(from: Context): Span {
  return trace.wrapSpanContext(trace.getSpanContext(from) ?? INVALID_SPAN_CONTEXT);
}

function tracerBy(start: (options: Named, from: Context) => Span): Tracer {
  const startSpan: Tracer['startSpan'] = (name, options = {}, from = context.active()) => start({ ...options, name }, from);
  return {
    startSpan,
    startActiveSpan(name: string, ...rest: unknown[]) {
      const work = rest.at(-1) as (span: Span) => unknown;
      const [options, from = context.active()] = rest.slice(0, -1) as [SpanOptions?, Context?];
      const span = startSpan(name, options, from);
      return context.with(trace.setSpan(from, span), () => work(span)) as never;
    },
  };
}

/** What is active follows each piece of work wherever it goes on. */
class Contexts implements ContextManager {
  private readonly storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.storage.getStore() ?? ROOT_CONTEXT;
  }

  with<Args extends unknown[], Work extends (...args: Args) => ReturnType<Work>>(
    active: Context,
    work: Work,
    self?: ThisParameterType<Work>,
    ...args: Args
  ): ReturnType<Work> {
    return this.storage.run(active, () => work.call(self, ...args));
  }

  bind<Target>(active: Context, target: Target): Target {
    if (typeof target !== 'function') return target;
    return ((...args: unknown[]) => this.storage.run(active, () => target(...args))) as Target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}
