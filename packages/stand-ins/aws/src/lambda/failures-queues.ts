import type { CallRecord } from '../call-record.ts';
import { type Faults, refusalOf } from '../faults.ts';

/** The SQS queues that Lambda tells of what it gave up, in the name of the function and with the rights of its role. */
export interface FailuresQueues {
  /** Whether the queue took it. */
  send(queueArn: string, functionName: string, record: unknown): boolean;
  /** What lies in a queue, oldest first. */
  messagesOf(queueArn: string): readonly unknown[];
}

interface FailuresQueuesParams {
  readonly record: CallRecord;
  readonly faults: Faults;
  readonly now: () => number;
}

export function createFailuresQueues({ record: calls, faults, now }: FailuresQueuesParams): FailuresQueues {
  const queues = new Map<string, unknown[]>();
  return {
    send(queueArn, component, record) {
      const refusal = refusalOf(faults.take('SendMessage'), 'sqs:SendMessage');
      calls.add({ action: 'sqs:SendMessage', resource: queueArn, component, at: now(), status: refusal?.status ?? 200 });
      if (refusal) return false;
      queues.set(queueArn, [...(queues.get(queueArn) ?? []), record]);
      return true;
    },
    messagesOf: (queueArn) => queues.get(queueArn) ?? [],
  };
}
