import { type Alarm, promises } from './alarm.ts';
import type { Metrics } from './metrics.ts';

/** What rings of where the worker runs. */
export function alarmsOfWorker(worker: Metrics['worker']): Record<string, Alarm> {
  return worker.on === 'lambda' ? inLambda(worker) : inAgentCore(worker);
}

type On<Where> = Extract<Metrics['worker'], { readonly on: Where }>;

function inAgentCore({ agent }: On<'agentcore'>): Record<string, Alarm> {
  return {
    'agent-errors': {
      promise: promises.answered,
      means: 'AgentCore fails at calls of the worker, for reasons of its own.',
      toDo: 'Look at AWS Health and the invoker log (question.invoke-failed). Questions are tried again, and told as lost after 15 minutes.',
      of: agent('SystemErrors'),
      from: 3,
      minutes: 5,
    },
    'agent-throttled': {
      promise: promises.answered,
      means: 'AgentCore takes no more calls of the worker: people wait for minutes.',
      toDo: 'Raise the account’s quotas of AgentCore: invocations a second, sessions at once.',
      // The invoker asks again for two minutes, each 5 s in the end: some 30 times for a question that comes to nothing.
      of: agent('Throttles'),
      from: 25,
      minutes: 5,
    },
  };
}

/** Where Lambda itself tries nothing again. */
function inLambda({ lambda, failures }: On<'lambda'>): Record<string, Alarm> {
  return {
    'worker-throttled': {
      promise: promises.answered,
      means: 'Lambda lets questions wait: more are asked at once than the worker, or the account, may run.',
      toDo: 'Raise worker.reservedConcurrency or the account’s limit of Lambda.',
      of: lambda('Throttles'),
      from: 10,
      minutes: 15,
    },
    'worker-failures': {
      promise: promises.ended,
      means: 'A process of the worker died or ran out of time, or an errand failed three times. The queue holds what it had in hand.',
      toDo: 'Look at the worker log. A question is brought again by the sweeper, an errand by nobody.',
      of: failures,
      from: 1,
      minutes: 5,
    },
    'worker-failures-refused': {
      promise: promises.ended,
      means: 'The failures queue did not take what the worker failed at, so that an errand is gone.',
      toDo: 'Look at the worker’s right to sqs:SendMessage, and at the queue.',
      of: lambda('DestinationDeliveryFailures'),
      from: 1,
      minutes: 5,
    },
  };
}
