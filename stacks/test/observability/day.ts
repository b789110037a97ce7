import { keyOf } from './alarm-states.ts';
import type { Filter } from './deployed-metrics.ts';
import type { Emitters } from './emitters.ts';

type Of = 'receiver' | 'invoker' | 'sweeper' | 'auth-portal' | 'worker';

/** What happens on a day, minute by minute, in the words of those who tell CloudWatch of it. */
export interface Day {
  /** A package's code writes a line. */
  logs(writer: string, event: string, minute: number): void;
  lambda(of: Of, metric: string, minute: number, value?: number): void;
  agent(metric: string, minute: number, value?: number): void;
  /** Something lies in the queue of what a function failed at. */
  queued(minute: number, of?: Of): void;
  /** What CloudWatch has in the end. */
  data(): Map<string, Map<number, number>>;
  /** From now on nobody tells of a function's metric. */
  forget(of: Of, metric: string, from: number, to: number): void;
}

/** A day of a deployment: AWS's metrics by its dimensions, ours by what the deployed filters make of the lines. */
export function createDay(filters: readonly Filter[], { dimensions, packages }: Emitters): Day {
  const data = new Map<string, Map<number, number>>();
  const lines = new Map<string, Map<number, string[]>>();
  const seriesOf = <Value>(within: Map<string, Map<number, Value>>, key: string) => {
    const series = within.get(key) ?? new Map<number, Value>();
    within.set(key, series);
    return series;
  };
  const add = (metric: Parameters<typeof keyOf>[0], minute: number, value: number) => {
    const series = seriesOf(data, keyOf(metric));
    series.set(minute, (series.get(minute) ?? 0) + value);
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
    logs(writer, event, minute) {
      const [group = ''] = Object.entries(packages).find(([, one]) => one === writer) ?? [];
      const series = seriesOf(lines, group);
      series.set(minute, [...(series.get(minute) ?? []), event]);
    },
    lambda: (of, metric, minute, value = 1) => add(ofFunction(of, metric), minute, value),
    agent: (name, minute, value = 1) => add({ namespace: 'AWS/Bedrock-AgentCore', name, dimensions: call }, minute, value),
    queued: (minute, of = 'invoker') => add(queueOf(of), minute, 1),
    forget(of, metric, from, to) {
      for (let minute = from; minute < to; minute += 1) data.get(keyOf(ofFunction(of, metric)))?.delete(minute);
    },
    data() {
      for (const filter of filters)
        for (const [minute, events] of lines.get(filter.logGroup) ?? []) {
          const matching = events.filter((event) => event === filter.event).length;
          const value = matching > 0 ? matching * filter.value : filter.defaultValue;
          if (value !== undefined) add({ ...filter, dimensions: {} }, minute, value);
        }
      return data;
    },
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
    for (const minute of [at(2, 0), at(2, 0), at(2, 1), at(2, 2), at(2, 2)]) day.logs('receiver', 'request.refused', minute);
    // Slack brings it again, and then it is taken.
    day.logs('receiver', 'question.record-failed', at(10, 7));
    for (const minute of [at(10, 7), at(15, 50)]) day.lambda('receiver', 'Url5xxCount', minute);
    // EventBridge may be late.
    day.forget('sweeper', 'Invocations', at(4, 0), at(4, 3));
    for (const minute of [at(5, 0), at(5, 1)]) day.lambda('sweeper', 'Errors', minute);
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

/** Where few ask: nobody, these days. */
export function quietDays(day: Day): void {
  for (let minute = 0; minute < 48 * hour; minute += 1) day.lambda('sweeper', 'Invocations', minute);
}

function answered(day: Day, minute: number): void {
  day.logs('receiver', 'question.recorded', minute);
  day.lambda('receiver', 'Invocations', minute);
  day.lambda('invoker', 'Invocations', minute);
  day.agent('Invocations', minute);
  day.logs('worker', 'question.answered', minute + 1);
  day.logs('worker', 'change.done', minute + 1);
}
