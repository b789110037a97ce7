import type { Known } from './known.ts';

export interface KeptTrace {
  readonly id: string;
  /** False: some of its spans never reached X-Ray, which the log has noted. */
  readonly isWhole: boolean;
}

/** Undefined where none is kept: traces are off, or this question was not among those of `tracedShare`. */
export function traceOf({ record, lines }: Pick<Known, 'record' | 'lines'>): KeptTrace | undefined {
  // As W3C has it: version, trace, span, and whether it is kept.
  const [, id, , flags] = record?.question.trace?.traceparent.split('-') ?? [];
  if (id === undefined || flags !== '01') return undefined;
  return { id, isWhole: !lines.some(({ entry }) => entry?.event === 'trace.not-sent') };
}
