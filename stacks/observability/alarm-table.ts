import { type Alarm, promises } from './alarm.ts';
import { alarmsOfWorker } from './alarms-of-worker.ts';
import type { Metrics } from './metrics.ts';

/** Each one asks for a human: what is tried again by itself rings from the second or third time on, what nothing tries again rings at once. */
export function alarmTable(metrics: Metrics): Readonly<Record<string, Alarm>> {
  const { worker } = metrics;
  return {
    ...atTheDoor(metrics),
    ...inThePortal(metrics),
    ...onTheWay(metrics),
    ...alarmsOfWorker(worker),
    ...bySweeper(metrics),
    ...ofQuestions(metrics),
    ...ofTools(metrics),
    ...ofAudit(metrics),
  };
}

function atTheDoor({ lambda, ours }: Metrics): Record<string, Alarm> {
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
      of: ours('question.record-failed'),
      // Once repairs itself: Slack delivers at once, again at once, after one and after five minutes.
      from: 2,
      minutes: 5,
    },
    'first-status-late': {
      promise: promises.seen,
      means: 'People who ask see for more than a second nothing, or nothing at all before the answer.',
      toDo: 'Look at status.told in the receiver log: how it was shown, and after how long.',
      of: {
        // The average of a yes or no is how large a part; below three of them one slow start would be a part of a few questions.
        expression: 'IF(late < 3, 0, part)',
        label: 'part of first statuses that were late',
        metrics: { late: ours('first-status.late'), part: ours('first-status.late', 'Average') },
      },
      from: 0.01,
      minutes: 60,
    },
    'clicks-failed': {
      promise: promises.clicked,
      means:
        'A click (a yes, a no, a thumb, “Stop”, “Try again”) was not taken. Slack showed the person a warning and does not send it again.',
      toDo: 'Find it in the receiver log by action.failed.',
      of: ours('action.failed'),
      from: 1,
      minutes: 5,
    },
  };
}

function inThePortal({ lambda, ours }: Metrics): Record<string, Alarm> {
  return {
    'portal-failed': {
      promise: promises.connected,
      means: 'Somebody who came to the page of their accounts was told that something went wrong.',
      toDo: 'Find it in the auth portal log by portal.failed.',
      of: ours('portal.failed'),
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

function bySweeper({ lambda, ours }: Metrics): Record<string, Alarm> {
  return {
    'questions-wait': {
      promise: promises.ended,
      means: 'A question has been without a worker for five minutes; after fifteen the person is told that it was lost.',
      toDo: 'Look at the invoker log for question.invoke-failed, then at the worker log.',
      of: ours('queue.age', 'Maximum'),
      from: 300,
      minutes: 5,
    },
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

function ofQuestions({ ours }: Metrics): Record<string, Alarm> {
  return {
    'questions-lost': {
      promise: promises.ended,
      means: 'A question was given up and the person told so.',
      toDo: 'Find it in the sweeper log by question.lost, then in the worker log by its id.',
      of: ours('question.lost'),
      from: 1,
      minutes: 5,
    },
    'changes-unknown': {
      promise: promises.changed,
      means: 'A change in another system was begun, and nobody learnt how it ended; the person was told to look.',
      toDo: 'Find it in the worker log by change.unknown.',
      of: ours('change.unknown'),
      from: 1,
      minutes: 5,
    },
    'questions-failed': {
      promise: promises.answered,
      means: 'Many questions end in an apology.',
      toDo: 'Find them in the worker log by question.failed; the code says which kind.',
      of: ours('question.failed'),
      from: 5,
      minutes: 15,
    },
    'questions-all-failed': {
      promise: promises.answered,
      means: 'In six hours questions ended in an apology, and none in an answer.',
      toDo: 'Find them in the worker log by question.failed; the code says which kind.',
      of: {
        // Both have a number for each minute in which a question ended, as each end tells all outcomes, nought included.
        expression: 'IF(answered < 1, failed, 0)',
        label: 'failed, none answered',
        metrics: { failed: ours('question.failed'), answered: ours('question.answered') },
      },
      // Where few ask, the many of the alarm above never come together.
      from: 2,
      minutes: 360,
    },
  };
}

/** What a person asks for is still answered, without what only this server knows. */
function ofTools({ toolServers, toolErrors }: Metrics): Record<string, Alarm> {
  const ofServer = (server: string): [string, Alarm] => [
    `tools-failing-${server}`,
    {
      promise: promises.answered,
      means: `Half of what is asked of ${server === 'other' ? 'Vera’s own tools' : server} fails: answers go without it, and say so.`,
      toDo: 'Find it in the worker log by tool.called with the status error, and by mcp.unavailable, whose code says why.',
      of: {
        expression: 'IF(errors < 5, 0, part)',
        label: 'part of calls that failed',
        metrics: { errors: toolErrors(server), part: toolErrors(server, 'Average') },
      },
      from: 0.5,
      minutes: 60,
      runbook: 'tools-failing',
    },
  ];
  return Object.fromEntries(toolServers.map(ofServer));
}

function ofAudit({ ours }: Metrics): Record<string, Alarm> {
  return {
    'acts-unwritten': {
      promise: promises.written,
      means: 'An act could not be written into the audit log. A change was then not made; of all else only a line of the log tells.',
      toDo: 'Find audit.failed in the logs of worker, receiver, auth portal and sweeper, and keep that line.',
      of: ours('audit.failed'),
      // Tried for as long as the person may wait, and then by nobody.
      from: 1,
      minutes: 5,
    },
    'audit-broken': {
      promise: promises.written,
      means: 'Somebody removed, changed or wrote over a line of the audit log.',
      toDo: 'Run pnpm vera audit verify, which names the line, and find out who may write to the table. What broke: audit.broken in the sweeper log.',
      of: ours('audit.broken'),
      from: 1,
      // It is told again every ten minutes for as long as it is so.
      minutes: 15,
    },
    'audit-unwatched': {
      promise: promises.written,
      means: 'The sweeper cannot follow the audit log: what somebody does to its last lines now, nobody will see.',
      toDo: 'Look at the sweeper log for audit.not-copied.',
      of: ours('audit.not-copied'),
      // Tried every five seconds; each try may take fifteen.
      from: 10,
      minutes: 5,
    },
  };
}
