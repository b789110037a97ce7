import { type MetricPoint, metricPointsIn } from '@vera/aws-stand-in/embedded-metrics';
import { createLog } from '@vera/service-kit/log';
import { createMeasure } from '@vera/service-kit/measure';
import { writersOf } from './logged-events.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a package's process is given of its deployment. */
export interface Measured {
  readonly deployment: string;
  readonly servers: readonly string[];
}

/** Lines that count something, with fields as their writers have them: the usual ones first, then what else they count. */
export const countedLines: Readonly<Record<string, readonly Fields[]>> = {
  'question.recorded': [{ user: 'U1', files: 0 }],
  'status.told': [
    { how: 'session', milliseconds: 300 },
    { how: 'not', milliseconds: 2100 },
  ],
  'question.leased': [{ attempt: 1 }],
  'reply.started': [
    { how: 'stream', ts: '1.2', milliseconds: 2400 },
    { how: 'stream', ts: '1.2', milliseconds: 90_000, waited: true },
  ],
  'question.answered': [{ milliseconds: 9_000 }],
  'question.failed': [{ milliseconds: 9_000, code: 'model' }],
  'question.stopped': [{ milliseconds: 9_000 }],
  'question.refused': [{ milliseconds: 900 }],
  'question.lost': [{ outcome: 'failed', attempts: 3 }],
  'model.called': [
    { milliseconds: 900, inputTokens: 4000, outputTokens: 300, cacheReadTokens: 3000, cacheWriteTokens: 0, stopReason: 'endTurn' },
  ],
  'question.spent': [
    { calls: 2, tokens: 9000, dollars: 0.03, turnDollars: 0.03, runtimeDollars: 0.0021 },
    { calls: 2, tokens: 9000, runtimeDollars: 0.0021 },
  ],
  'tool.called': [{ tool: 'search_knowledge_base', milliseconds: 200, status: 'success' }],
  'mcp.unavailable': [{ server: 'github', code: 'unauthorized' }],
  'change.decided': [
    { question: 'q', verdict: 'approve' },
    { question: 'q', verdict: 'deny' },
  ],
  'change.expired': [{ change: 'c', tool: 't' }],
  'change.done': [{ milliseconds: 400 }],
  'change.unknown': [{}],
  'feedback.recorded': [{ rating: 'good' }, { rating: 'bad' }],
  'sweep.done': [{ questions: 1, failures: 0, oldestSeconds: 22 }],
  'question.record-failed': [{}],
  'action.failed': [{ action: 'retry' }],
  'request.refused': [{ status: 401, reason: 'signature missing or wrong' }],
  'portal.failed': [{}],
  'audit.failed': [{ act: 'read', outcome: 'done', question: 'q', error: 'no answer in time' }],
  'audit.not-copied': [{}],
  'audit.broken': [{ number: 7, reason: 'changed' }],
};

/** What CloudWatch makes of an event's line, as the log of a deployment writes it. */
export function pointsOf(measured: Measured, event: string, fields: Fields = countedLines[event]?.[0] ?? {}): readonly MetricPoint[] {
  const key = JSON.stringify([measured, event, fields]);
  const points = known.get(key) ?? pointsIn(measured, event, fields);
  known.set(key, points);
  return points;
}

/** Days have thousands of lines, most of them alike. */
const known = new Map<string, readonly MetricPoint[]>();

function pointsIn(measured: Measured, event: string, fields: Fields): MetricPoint[] {
  const lines: string[] = [];
  const log = createLog({ service: 'any', write: (line) => void lines.push(line), measure: createMeasure(measured) });
  log.info(event, fields);
  if (lines.length > 1) throw new Error(`Not all of ${event} is counted: ${lines[1]}`);
  return lines.flatMap(metricPointsIn);
}

/** Each metric that a package's code tells, once; of those told by server, one a server. */
export function metricsToldBy(name: string, measured: Measured): MetricPoint[] {
  const events = Object.entries(countedLines).filter(([event]) => writersOf(event).includes(name));
  return events.flatMap(([event, samples]) => {
    const ofServers = event === 'tool.called' ? measured.servers.map((server) => ({ tool: `${server}_get`, status: 'success' })) : [];
    return [...samples, ...ofServers].flatMap((fields) => pointsOf(measured, event, fields));
  });
}
