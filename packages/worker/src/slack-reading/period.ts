/** Both as Slack's `ts`, seconds with a fraction. */
export interface Period {
  readonly oldest?: string;
  /** Exclusive. */
  readonly latest: string;
}

const day = 86_400_000;
const written = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** From dates as a model writes them: a day alone is meant whole, in UTC. Undefined for what is no period. What follows `asked` is not looked at. */
export function periodOf(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  asked: string,
): Period | undefined {
  const [start, end] = [from === undefined ? 0 : timeOf(from, 0), to === undefined ? Number.POSITIVE_INFINITY : timeOf(to, day)];
  if (start === undefined || end === undefined || start >= end) return undefined;
  const latest = end / 1000 < Number(asked) ? (end / 1000).toFixed(6) : asked;
  return { ...(from === undefined ? {} : { oldest: (start / 1000).toFixed(6) }), latest };
}

/** Epoch milliseconds; of a day alone so much after its beginning. */
function timeOf(text: string, after: number): number | undefined {
  const trimmed = text.trim();
  const time = written.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  if (Number.isNaN(time)) return undefined;
  return trimmed.includes('T') ? time : time + after;
}
