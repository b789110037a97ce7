import { type Day, hour, quietDays } from './day.ts';

export interface Fault {
  readonly what: string;
  /** Days as always, unless told. */
  readonly on?: (day: Day) => void;
  /** What CloudWatch is told of it, besides what is as always. */
  readonly tells: (day: Day, at: number) => void;
  readonly rings: readonly string[];
  /** Left out where it is the same wherever the worker runs. */
  readonly worker?: 'agentcore' | 'lambda';
}

/** When each begins. */
export const begins = 10 * hour;
const each = (minutes: number, from: number, tell: (minute: number) => void) => {
  for (let minute = from; minute < from + hour; minute += minutes) tell(minute);
};

/** The sweeper's looks at what no worker has: again after each two minutes that a delivery may take, until it is told as lost. */
const unheld = (day: Day, asked: number) => {
  for (let minutes = 2; minutes <= 14; minutes += 2)
    day.logs('sweeper', 'sweep.done', asked + minutes, { questions: 1, failures: 0, oldestSeconds: minutes * 60 });
};

/** How each promise breaks, for an hour or once; and what has to ring then, and nothing else. */
export const faults: readonly Fault[] = [
  {
    what: 'the ledger takes no question: Slack delivers each at once, again at once, after one and after five minutes',
    tells: (day, at) =>
      each(12, at, (asked) => {
        for (const minute of [asked, asked, asked + 1, asked + 6]) {
          day.logs('receiver', 'question.record-failed', minute);
          day.lambda('receiver', 'Url5xxCount', minute);
        }
      }),
    rings: ['receiver-errors', 'questions-unrecorded'],
  },
  {
    what: 'the receiver starts slowly, and shows each first status after seconds',
    tells: (day, at) => each(10, at, (minute) => day.logs('receiver', 'status.told', minute, { how: 'session', milliseconds: 2500 })),
    rings: ['first-status-late'],
  },
  {
    what: 'Slack takes no status from Vera any more',
    tells: (day, at) => each(10, at, (minute) => day.logs('receiver', 'status.told', minute, { how: 'not', milliseconds: 300 })),
    rings: ['first-status-late'],
  },
  {
    what: 'a question is looked for by nobody for a while, and then answered',
    tells: (day, at) => day.logs('sweeper', 'sweep.done', at, { questions: 1, failures: 0, oldestSeconds: 400 }),
    rings: ['questions-wait'],
  },
  {
    what: 'the knowledge base refuses the worker’s role',
    tells: (day, at) =>
      each(6, at, (minute) => day.logs('worker', 'tool.called', minute, { tool: 'search_knowledge_base', status: 'error' })),
    rings: ['tools-failing-other'],
  },
  {
    what: 'Jira’s key has run out, behind a gateway that is there',
    tells: (day, at) =>
      each(6, at, (minute) => day.logs('worker', 'tool.called', minute, { tool: 'gateway_jira___searchIssues', status: 'error' })),
    rings: ['tools-failing-jira'],
  },
  {
    what: 'the gateway cannot be reached: none of its tools is there',
    tells: (day, at) => each(6, at, (minute) => day.logs('worker', 'mcp.unavailable', minute, { server: 'gateway', code: 'unreachable' })),
    rings: ['tools-failing-gateway'],
  },
  {
    what: 'a click is not taken, once',
    tells: (day, at) => {
      day.logs('receiver', 'action.failed', at);
      day.lambda('receiver', 'Url5xxCount', at);
    },
    rings: ['clicks-failed'],
  },
  {
    what: 'errands cannot be handed on: 500s without Errors and without one of the counted events',
    tells: (day, at) =>
      each(1, at, (minute) => {
        day.logs('receiver', 'errand.forward-failed', minute);
        day.lambda('receiver', 'Url5xxCount', minute);
      }),
    rings: ['receiver-errors'],
  },
  {
    what: 'the receiver crashes before it logs anything',
    tells: (day, at) =>
      each(1, at, (minute) => {
        day.lambda('receiver', 'Errors', minute);
        day.lambda('receiver', 'Url5xxCount', minute);
      }),
    rings: ['receiver-errors'],
  },
  {
    what: 'the receiver is throttled',
    tells: (day, at) => day.lambda('receiver', 'Throttles', at),
    rings: ['receiver-throttled'],
  },
  {
    what: 'the portal cannot read its table',
    tells: (day, at) =>
      each(4, at, (minute) => {
        day.logs('auth-portal', 'portal.failed', minute);
        day.lambda('auth-portal', 'Url5xxCount', minute);
      }),
    rings: ['portal-failed', 'portal-errors'],
  },
  {
    what: 'the portal does not start',
    tells: (day, at) => each(4, at, (minute) => day.lambda('auth-portal', 'Url5xxCount', minute)),
    rings: ['portal-errors'],
  },
  { what: 'the portal is throttled', tells: (day, at) => day.lambda('auth-portal', 'Throttles', at), rings: ['portal-throttled'] },
  {
    what: 'the invoker is throttled',
    tells: (day, at) => each(1, at, (minute) => day.lambda('invoker', 'Throttles', minute, 2)),
    rings: ['invoker-throttled'],
  },
  {
    worker: 'agentcore',
    what: 'AgentCore is down: each question is tried three times, lies in the queue, and is told as lost',
    tells: (day, at) =>
      each(12, at, (asked) => {
        for (const minute of [asked, asked + 1, asked + 3]) day.agent('SystemErrors', minute);
        for (let minute = asked + 4; minute < asked + 16; minute += 1) day.queued(minute);
        unheld(day, asked);
        day.logs('sweeper', 'question.lost', asked + 15);
      }),
    rings: ['agent-errors', 'invoker-failures', 'questions-lost', 'questions-wait'],
  },
  {
    worker: 'agentcore',
    what: 'AgentCore has no room: each question is tried for two minutes',
    tells: (day, at) =>
      each(12, at, (asked) => {
        for (const minute of [asked, asked + 1]) day.agent('Throttles', minute, 15);
      }),
    rings: ['agent-throttled'],
  },
  {
    worker: 'agentcore',
    what: 'the image does not start: AgentCore calls that the user’s error',
    tells: (day, at) => {
      for (const minute of [at, at + 1, at + 3]) day.agent('UserErrors', minute);
      for (let minute = at + 4; minute < at + hour; minute += 1) day.queued(minute);
      unheld(day, at);
      day.logs('sweeper', 'question.lost', at + 15);
    },
    rings: ['invoker-failures', 'questions-lost', 'questions-wait'],
  },
  {
    worker: 'lambda',
    what: 'Lambda takes nothing for the worker: each question is tried three times, lies in the queue, and is told as lost',
    tells: (day, at) => {
      for (let minute = at + 4; minute < at + hour; minute += 1) day.queued(minute);
      unheld(day, at);
      day.logs('sweeper', 'question.lost', at + 15);
    },
    rings: ['invoker-failures', 'questions-lost', 'questions-wait'],
  },
  {
    worker: 'lambda',
    what: 'the worker is throttled',
    tells: (day, at) => each(1, at, (minute) => day.lambda('worker', 'Throttles', minute, 2)),
    rings: ['worker-throttled'],
  },
  {
    worker: 'lambda',
    what: 'a process of the worker dies, and the sweeper brings its question again',
    tells: (day, at) => {
      day.lambda('worker', 'Errors', at);
      for (let minute = at; minute < at + hour; minute += 1) day.queued(minute, 'worker');
    },
    rings: ['worker-failures'],
  },
  {
    worker: 'lambda',
    what: 'the worker fails at an errand, and the queue may not take it',
    tells: (day, at) => {
      day.lambda('worker', 'Errors', at);
      day.lambda('worker', 'DestinationDeliveryFailures', at);
    },
    rings: ['worker-failures-refused'],
  },
  {
    what: 'Lambda drops a question on its way to the invoker, and the queue may not take it',
    tells: (day, at) => {
      day.lambda('invoker', 'AsyncEventsDropped', at);
      day.lambda('invoker', 'DestinationDeliveryFailures', at);
    },
    rings: ['invoker-dropped', 'invoker-failures-refused'],
  },
  {
    what: 'the sweeper fails',
    tells: (day, at) => each(1, at, (minute) => day.lambda('sweeper', 'Errors', minute)),
    rings: ['sweeper-errors'],
  },
  {
    what: 'the sweeper is throttled',
    tells: (day, at) => {
      day.forget('sweeper', 'Invocations', at, at + hour);
      each(1, at, (minute) => day.lambda('sweeper', 'Throttles', minute));
    },
    rings: ['sweeper-throttled', 'sweeper-silent'],
  },
  {
    what: 'the sweeper is not run any more',
    tells: (day, at) => day.forget('sweeper', 'Invocations', at, at + hour),
    rings: ['sweeper-silent'],
  },
  { what: 'a question is lost', tells: (day, at) => day.logs('sweeper', 'question.lost', at), rings: ['questions-lost'] },
  {
    what: 'nobody knows what became of a change',
    tells: (day, at) => day.logs('worker', 'change.unknown', at),
    rings: ['changes-unknown'],
  },
  {
    what: 'the audit log takes no line of an act, once',
    tells: (day, at) => day.logs('auth-portal', 'audit.failed', at),
    rings: ['acts-unwritten'],
  },
  {
    what: 'somebody takes a line out of the audit log',
    tells: (day, at) => each(10, at, (minute) => day.logs('sweeper', 'audit.broken', minute)),
    rings: ['audit-broken'],
  },
  {
    what: 'the sweeper may not read the audit log, and each try takes its time',
    tells: (day, at) =>
      each(1, at, (minute) => {
        for (let tries = 0; tries < 4; tries += 1) day.logs('sweeper', 'audit.not-copied', minute);
      }),
    rings: ['audit-unwatched'],
  },
  {
    what: 'the model refuses, where many ask',
    tells: (day, at) => each(2, at, (minute) => day.logs('worker', 'question.failed', minute)),
    rings: ['questions-failed'],
  },
  {
    what: 'the model refuses, where few ask',
    on: quietDays,
    tells: (day, at) => {
      for (const minute of [at, at + 50, at + 100]) day.logs('worker', 'question.failed', minute);
    },
    rings: ['questions-all-failed'],
  },
];
