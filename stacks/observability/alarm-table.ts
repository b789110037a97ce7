import type { Metric, Metrics } from './metrics.ts';

/** Rings where there is at least `from`, or less than `below`, within `minutes`: a window that CloudWatch moves on each minute. */
export type Alarm = {
  /** What people rely on, and what they would miss. */
  readonly promise: string;
  readonly means: string;
  readonly toDo: string;
  readonly of: Metric | MetricMaths;
  readonly minutes: number;
} & ({ readonly from: number } | { readonly below: number });

interface MetricMaths {
  readonly expression: string;
  readonly label: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

export const promises = {
  heard: 'what is said to Vera in Slack arrives, though Slack may have to send it again.',
  clicked: 'a click is taken, or the person sees that it was not.',
  connected: 'everybody can see, connect and end their own accounts.',
  ended: 'each question ends in words: an answer, a reason, or that it was lost.',
  changed: 'a change is made once, and what became of it is known.',
  answered: 'questions are answered.',
};

/** Each one asks for a human: what is tried again by itself rings from the second or third time on, what nothing tries again rings at once. */
export function alarmTable(metrics: Metrics): Readonly<Record<string, Alarm>> {
  const { worker } = metrics;
  return {
    ...atTheDoor(metrics),
    ...inThePortal(metrics),
    ...onTheWay(metrics),
    ...(worker.on === 'lambda' ? inLambda(worker) : inAgentCore(worker)),
    ...bySweeper(metrics),
    ...ofQuestions(metrics),
  };
}

function atTheDoor({ lambda, event }: Metrics): Record<string, Alarm> {
  return {
    'receiver-errors': {
      promise: promises.heard,
      means: 'Slack gets errors from the receiver and will send its messages again; after an hour of this it switches the app off.',
      toDo: 'Look at its log: question.record-failed, action.failed, errand.forward-failed, or a crash or a timeout.',
      // What is returned as 500 is none of Lambda's Errors; what crashes or takes too long is both.
      of: lambda('receiver', 'Url5xxCount'),
      from: 3,
      minutes: 5,
    },
    'receiver-throttled': {
      promise: promises.heard,
      means: 'Lambda turned Slack away: more came at once than the receiver, or the account, may run.',
      toDo: 'See who calls its URL (request.refused in its log), then raise receiver.reservedConcurrency or the account’s limit of Lambda.',
      // Clicks do not come again.
      of: lambda('receiver', 'Throttles'),
      from: 1,
      minutes: 5,
    },
    'questions-unrecorded': {
      promise: promises.heard,
      means: 'Slack delivered a question again and again, and the ledger did not take it: nobody will answer.',
      toDo: 'Find it in the receiver log by question.record-failed.',
      of: event('question.record-failed'),
      // Once repairs itself: Slack delivers at once, again at once, after one and after five minutes.
      from: 2,
      minutes: 5,
    },
    'clicks-failed': {
      promise: promises.clicked,
      means:
        'A click (a yes, a no, a thumb, “Stop”, “Try again”) was not taken. Slack showed the person a warning and does not send it again.',
      toDo: 'Find it in the receiver log by action.failed.',
      of: event('action.failed'),
      from: 1,
      minutes: 5,
    },
  };
}

function inThePortal({ lambda, event }: Metrics): Record<string, Alarm> {
  return {
    'portal-failed': {
      promise: promises.connected,
      means: 'Somebody who came to the page of their accounts was told that something went wrong.',
      toDo: 'Find it in the auth portal log by portal.failed.',
      of: event('portal.failed'),
      from: 1,
      minutes: 5,
    },
    'portal-errors': {
      promise: promises.connected,
      means:
        'The page of people’s accounts answers with errors: it fails, crashes, takes too long, or is called at an address that it does not know.',
      toDo: 'Look at the auth portal log: portal.failed, portal.address-unknown (is portalUrl right?), or lines of Lambda’s own.',
      of: lambda('auth-portal', 'Url5xxCount'),
      from: 3,
      minutes: 15,
    },
    'portal-throttled': {
      promise: promises.connected,
      means: 'Lambda turned somebody away who came to the page of their accounts.',
      toDo: 'See whether many come, then raise authPortal.reservedConcurrency or the account’s limit of Lambda.',
      of: lambda('auth-portal', 'Throttles'),
      from: 1,
      minutes: 5,
    },
  };
}

/** From the ledger to the worker; what neither ledger nor sweeper sees is counted by the queue, and the queue by Lambda. */
function onTheWay({ lambda, failures, worker }: Metrics): Record<string, Alarm> {
  return {
    'invoker-throttled': {
      promise: promises.answered,
      means: 'Lambda lets questions wait: more are handed over at once than the invoker, or the account, may run.',
      toDo: 'Raise invoker.reservedConcurrency or the account’s limit of Lambda.',
      // Lambda itself tries again, after a second, two, four and so on.
      of: lambda('invoker', 'Throttles'),
      from: 10,
      minutes: 15,
    },
    'invoker-failures': {
      promise: promises.ended,
      means: 'A question or an errand could not be handed to the worker three times. The queue holds it and the reason.',
      toDo: `Look at the invoker log and the ${worker.on === 'lambda' ? 'worker function' : 'runtime status'}.`,
      of: failures,
      from: 1,
      minutes: 5,
    },
    'invoker-dropped': {
      promise: promises.ended,
      means: 'Lambda gave up handing something to the invoker.',
      toDo: 'It should lie in the failures queue; if it does not, nobody knows of it but this alarm.',
      of: lambda('invoker', 'AsyncEventsDropped'),
      from: 1,
      minutes: 5,
    },
    'invoker-failures-refused': {
      promise: promises.ended,
      means: 'The failures queue did not take what the invoker failed at, so that it is gone.',
      toDo: 'Look at the invoker’s right to sqs:SendMessage, and at the queue.',
      of: lambda('invoker', 'DestinationDeliveryFailures'),
      from: 1,
      minutes: 5,
    },
  };
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

function bySweeper({ lambda }: Metrics): Record<string, Alarm> {
  return {
    'sweeper-errors': {
      promise: promises.ended,
      means: 'The sweeper fails: lost questions are told to nobody.',
      toDo: 'Look at its log for sweep.failed.',
      of: lambda('sweeper', 'Errors'),
      from: 5,
      minutes: 10,
    },
    'sweeper-throttled': {
      promise: promises.ended,
      means: 'Lambda does not let the sweeper run: questions whose worker died wait.',
      toDo: 'Raise sweeper.reservedConcurrency or the account’s limit of Lambda.',
      of: lambda('sweeper', 'Throttles'),
      from: 5,
      minutes: 10,
    },
    'sweeper-silent': {
      promise: promises.ended,
      means: 'The sweeper has not run for ten minutes: questions whose worker died are told to nobody.',
      toDo: 'Look at its EventBridge rule and its log.',
      of: lambda('sweeper', 'Invocations'),
      below: 1,
      minutes: 10,
    },
  };
}

function ofQuestions({ event }: Metrics): Record<string, Alarm> {
  return {
    'questions-lost': {
      promise: promises.ended,
      means: 'A question was given up and the person told so.',
      toDo: 'Find it in the sweeper log by question.lost, then in the worker log by its id.',
      of: event('question.lost'),
      from: 1,
      minutes: 5,
    },
    'changes-unknown': {
      promise: promises.changed,
      means: 'A change in another system was begun, and nobody learnt how it ended; the person was told to look.',
      toDo: 'Find it in the worker log by change.unknown.',
      of: event('change.unknown'),
      from: 1,
      minutes: 5,
    },
    'questions-failed': {
      promise: promises.answered,
      means: 'Many questions end in an apology.',
      toDo: 'Find them in the worker log by question.failed; the code says which kind.',
      of: event('question.failed'),
      from: 5,
      minutes: 15,
    },
    'questions-all-failed': {
      promise: promises.answered,
      means: 'In six hours questions ended in an apology, and none in an answer.',
      toDo: 'Find them in the worker log by question.failed; the code says which kind.',
      of: {
        // Both have a number for each minute in which the worker said anything, as their filters count nothing as 0.
        expression: 'IF(answered < 1, failed, 0)',
        label: 'failed, none answered',
        metrics: { failed: event('question.failed'), answered: event('question.answered') },
      },
      // Where few ask, the many of the alarm above never come together.
      from: 2,
      minutes: 360,
    },
  };
}
