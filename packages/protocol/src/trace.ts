import * as z from 'zod/mini';

const spanId = () => z.string().check(z.regex(/^(?!0{16})[0-9a-f]{16}$/));

/** What a process that exports nothing itself did for a question: the worker that gets it tells it in its place. */
const hopSchema = z.object({
  /** `attempt`: one whose worker died, and which nobody else tells. */
  name: z.enum(['receive', 'record', 'click', 'invoke', 'resend', 'attempt']),
  id: spanId(),
  /** None of the first. */
  parent: z.optional(spanId()),
  /** Epoch milliseconds. */
  at: z.number(),
  /** Left out where it lasted until whoever came next had the question. */
  until: z.optional(z.number()),
});
export type Hop = z.infer<typeof hopSchema>;

/**
 * The trace of a question, as W3C has it, and the hops on its way so far. Ours alone: nothing that Slack, a tool or the platform says of traces is
 * read. What does not look like it is none, and no reason to refuse a question.
 */
export const traceSchema = z.object({
  traceparent: z.string().check(z.regex(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[01]$/)),
  hops: z.array(hopSchema).check(z.maxLength(40)),
});
export type Trace = z.infer<typeof traceSchema>;

/** A new trace, of which the first hop is the root. */
export function beginTrace(traceId: string, isSampled: boolean, first: Hop): Trace {
  return { traceparent: `00-${traceId}-${first.id}-${isSampled ? '01' : '00'}`, hops: [first] };
}

/** The id of the span of whatever has an id of the kernel's. */
export function spanOf(id: string): string {
  return id.slice(0, 16);
}

/** Trace, span and whether anything of it is kept. */
export function partsOf({ traceparent }: Pick<Trace, 'traceparent'>): { traceId: string; spanId: string; isSampled: boolean } {
  const [, traceId = '', spanId = '', flags] = traceparent.split('-');
  return { traceId, spanId, isSampled: flags === '01' };
}

/** The same with one hop more, below which the next one will be. Of one that nobody keeps only the ids go on. */
export function onward(trace: Trace, { parent = partsOf(trace).spanId, ...hop }: Hop): Trace {
  const { traceId, isSampled } = partsOf(trace);
  if (!isSampled) return trace;
  return { traceparent: `00-${traceId}-${hop.id}-01`, hops: [...trace.hops, { parent, ...hop }] };
}

/** Whoever has the question now knows until when it was on its way. */
export function arrived(trace: Trace, at: number): Trace {
  return { ...trace, hops: trace.hops.map((hop) => ({ ...hop, until: hop.until ?? at })) };
}
