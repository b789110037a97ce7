import { keyOf } from './alarm-states.ts';
import { pointsOf } from './counted-lines.ts';
import type { Emitters } from './emitters.ts';

type Of = 'receiver' | 'invoker' | 'sweeper' | 'auth-portal' | 'worker';

/** What happens on a day, minute by minute, in the words of those who tell CloudWatch of it. */
export interface Day {
  /** A package's code writes a line, with the fields that it usually has or with others. */
  logs(writer: string, event: string, minute: number, fields?: Readonly<Record<string, unknown>>): void;
  lambda(of: Of, metric: string, minute: number, value?: number): void;
  agent(metric: string, minute: number, value?: number): void;
  /** Something lies in the queue of what a function failed at. */
  queued(minute: number, of?: Of): void;
  /** What CloudWatch has in the end. */
  data(): Map<string, Map<number, number[]>>;
  /** From now on nobody tells of a function's metric. */
  forget(of: Of, metric: string, from: number, to: number): void;
}

/** A day of a deployment: AWS's metrics by its dimensions, ours by what CloudWatch makes of the very lines. */
export function createDay({ dimensions, measured }: Emitters): Day {
  const data = new Map<string, Map<number, number[]>>();
  const add = (metric: Parameters<typeof keyOf>[0], minute: number, value: number) => {
    const key = keyOf(metric);
    const series = data.get(key) ?? new Map<number, number[]>();
    data.set(key, series.set(minute, [...(series.get(minute) ?? []), value]));
  };
  const one = (dimension: string, end = '') => dimensions[dimension]?.find((value) => value.endsWith(end)) ?? '';
  const ofFunction = (of: Of, name: string) => ({
    namespace: 'AWS/Lambda',
    name,
    dimensions: { FunctionName: one('FunctionName', `-${of}`) },
  });
  const call = { Name: one('Name'), Operation: one('Operation'), Resource: one('Resource') };
  const queueOf = (of: Of) => ({
    namespace: 'AWS/SQS',
    name: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: one('QueueName', `-${of}-failures`) },
  });
  return {
    logs(writer, event, minute, fields) {
      const given = measured[writer];
      if (given === undefined) throw new Error(`Nobody is the ${writer}`);
      for (const point of pointsOf(given, event, fields)) add(point, minute, point.value);
    },
    lambda: (of, metric, minute, value = 1) => add(ofFunction(of, metric), minute, value),
    agent: (name, minute, value = 1) => add({ namespace: 'AWS/Bedrock-AgentCore', name, dimensions: call }, minute, value),
    queued: (minute, of = 'invoker') => add(queueOf(of), minute, 1),
    forget(of, metric, from, to) {
      for (let minute = from; minute < to; minute += 1) data.get(keyOf(ofFunction(of, metric)))?.delete(minute);
    },
    data: () => data,
  };
}

export const hour = 60;

/** Two days as they mostly are: much that repairs itself, and nothing that a human has to do. */
export function normalDays(day: Day): void {
  quietDays(day);
  for (let minute = 0; minute < 48 * hour; minute += 7) day.logs('receiver', 'event.ignored', minute);
  for (const start of [0, 24 * hour]) {
    const at = (hours: number, minutes: number) => start + hours * hour + minutes;
    for (let minute = at(8, 0); minute < at(18, 0); minute += 12) answered(day, minute);
    for (const minute of [at(3, 0), at(9, 30), at(13, 10), at(16, 40)]) day.logs('worker', 'question.failed', minute);
    for (const minute of [at(9, 45), at(15, 5)]) day.logs('worker', 'question.stopped', minute);
    mended(day, at);
    for (const minute of [at(2, 0), at(2, 0), at(2, 1), at(2, 2), at(2, 2)]) day.logs('receiver', 'request.refused', minute);
    // Slack brings it again, and then it is taken.
    day.logs('receiver', 'question.record-failed', at(10, 7));
    for (const minute of [at(10, 7), at(15, 50)]) day.lambda('receiver', 'Url5xxCount', minute);
    // EventBridge may be late.
    day.forget('sweeper', 'Invocations', at(4, 0), at(4, 3));
    for (const minute of [at(5, 0), at(5, 1)]) day.lambda('sweeper', 'Errors', minute);
    for (const minute of [at(5, 30), at(5, 30), at(5, 30), at(5, 31)]) day.logs('sweeper', 'audit.not-copied', minute);
    day.lambda('sweeper', 'Throttles', at(6, 0), 2);
    day.lambda('invoker', 'Throttles', at(11, 0), 3);
    day.agent('Throttles', at(11, 1), 8);
    day.agent('SystemErrors', at(14, 0));
    day.agent('UserErrors', at(14, 20));
    day.lambda('invoker', 'Errors', at(14, 0));
    day.lambda('auth-portal', 'Url5xxCount', at(12, 0));
    day.logs('auth-portal', 'portal.foreign-form', at(12, 30));
  }
}

/** A status that came late, a worker that died, and in the evening many who wait for their turn; a tool that fails now and then. */
function mended(day: Day, at: (hours: number, minutes: number) => number): void {
  for (const minute of [at(8, 24), at(13, 48)]) day.logs('receiver', 'status.told', minute, { how: 'session', milliseconds: 1300 });
  for (const [minute, oldestSeconds] of [
    [at(12, 12), 24],
    [at(17, 0), 130],
    [at(17, 2), 250],
  ] as const)
    day.logs('sweeper', 'sweep.done', minute, { questions: 1, failures: 0, oldestSeconds });
  day.logs('worker', 'question.leased', at(12, 13), { attempt: 2 });
  for (const minute of [at(10, 1), at(10, 2), at(14, 30)])
    day.logs('worker', 'tool.called', minute, { tool: 'search_knowledge_base', status: 'error' });
  for (const minute of [at(11, 0), at(11, 20)]) day.logs('worker', 'mcp.unavailable', minute);
}

/** Where few ask: nobody, these days. */
export function quietDays(day: Day): void {
  for (let minute = 0; minute < 48 * hour; minute += 1) day.lambda('sweeper', 'Invocations', minute);
}

function answered(day: Day, minute: number): void {
  for (const event of ['question.recorded', 'status.told']) day.logs('receiver', event, minute);
  day.lambda('receiver', 'Invocations', minute);
  day.lambda('invoker', 'Invocations', minute);
  day.agent('Invocations', minute);
  for (const event of [
    'question.leased',
    'model.called',
    'tool.called',
    'reply.started',
    'question.spent',
    'question.answered',
    'change.done',
  ])
    day.logs('worker', event, minute + 1);
}
