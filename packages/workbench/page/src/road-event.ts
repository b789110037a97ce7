/** One line of a component's output. */
export interface RoadEvent {
  /** Counts up; two events with one id are the same. */
  readonly id: number;
  /** Where the line was printed, such as `receiver`. */
  readonly component: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly level: string;
  /** Empty for a line that is not a JSON log line. */
  readonly event: string;
  readonly question?: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly line: string;
}

export interface PrintedLine {
  readonly id: number;
  readonly component: string;
  readonly line: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const longestLine = 4_000;

/** Understands JSON log lines; any other text is kept as it is. */
export function toRoadEvent({ id, component, line, now }: PrintedLine): RoadEvent {
  const entry = parsed(line);
  const { time, level, service, event, question, ...fields } = entry ?? {};
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return {
    id,
    component: typeof service === 'string' ? service : component,
    at: Number.isNaN(at) ? now : at,
    level: typeof level === 'string' ? level : 'info',
    event: typeof event === 'string' ? event : '',
    ...(typeof question === 'string' ? { question } : {}),
    fields,
    line: line.length > longestLine ? `${line.slice(0, longestLine)} … (${line.length} characters)` : line,
  };
}

function parsed(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
