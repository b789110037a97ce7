import { runtimeDollars } from '@vera/worker/env';
import type { Settings } from '../settings/settings.ts';

/** How people ask. */
export interface Load {
  readonly questionsADay: number;
  /** Asked one after the other in one thread, and the pause between two of them in seconds. */
  readonly perThread: number;
  readonly pause: number;
}

/** What one question takes: assumed, to be replaced by what `question.spent` in the worker's log says of yours. */
const question = { seconds: 60, cpuSeconds: 5 };
/** Of memory AgentCore bills what a session held at most: on V2 some 1.2 GB, mostly the platform's own. */
const heldGigabytes = 1.2;
/** Until a worker is there: a restored session, a new instance of a function. Both are billed. */
const startSeconds = { agentCore: 2, lambda: 3 };
/** The sweeper comes each minute: half of that until it stops a session that is over. */
const sweep = 30;

type Costed = Pick<Settings, 'session' | 'worker'>;

/** What runs the worker, in dollars a day, on AgentCore V2 and on Lambda. Models, memory and gateway cost the same with both. */
export function dollarsADay({ questionsADay, perThread, pause }: Load, settings: Costed) {
  const idle = idleSecondsOf(settings);
  // A session that was stopped meanwhile is another one.
  const idleInAThread = pause < idle ? (perThread - 1) * pause + idle : perThread * idle;
  const starts = (pause < idle ? 1 : perThread) * startSeconds.agentCore;
  const thread = { seconds: starts + perThread * question.seconds + idleInAThread, cpuSeconds: perThread * question.cpuSeconds };
  return {
    agentCore: (questionsADay / perThread) * runtimeDollars({ ...thread, gigabytes: heldGigabytes }, 'v2'),
    lambda: questionsADay * dollarsOnLambda(settings),
  };
}

/** The seconds a session idles after a question, from which on Lambda is cheaper. */
export function breakEvenIdleSeconds(settings: Costed): number {
  const busy = { seconds: startSeconds.agentCore + question.seconds, cpuSeconds: question.cpuSeconds, gigabytes: heldGigabytes };
  const anIdleSecond = runtimeDollars({ seconds: 1, cpuSeconds: 0, gigabytes: heldGigabytes }, 'v2');
  return (dollarsOnLambda(settings) - runtimeDollars(busy, 'v2')) / anIdleSecond;
}

/** As if each came to a new instance: too dear rather than too cheap. */
function dollarsOnLambda({ worker }: Costed): number {
  const gigabytes = worker.memoryMegabytes / 1024;
  return runtimeDollars({ seconds: startSeconds.lambda + question.seconds, cpuSeconds: 0, gigabytes }, 'lambda');
}

function idleSecondsOf({ session }: Costed): number {
  const { stopAfterMinutes, idleSeconds } = session;
  return stopAfterMinutes === 'never' ? idleSeconds : Math.min(idleSeconds, stopAfterMinutes * 60 + sweep);
}

const loads: Readonly<Record<string, Load>> = {
  '5 a day, each in a thread of its own': { questionsADay: 5, perThread: 1, pause: 0 },
  '36 an hour for 8 hours, each in a thread of its own': { questionsADay: 288, perThread: 1, pause: 0 },
  '36 an hour for 8 hours, three to a thread, a minute apart': { questionsADay: 288, perThread: 3, pause: 60 },
};

/** As Markdown. */
export function costsTable(settings: Costed): string {
  const rows = Object.entries(loads).map(([asked, load]) => {
    const { agentCore, lambda } = dollarsADay(load, settings);
    return `| ${asked} | ${told(agentCore)} | ${told(lambda)} | ${agentCore > lambda ? 'Lambda' : 'AgentCore'} |`;
  });
  return ['| questions | AgentCore V2 | Lambda | cheaper |', '|---|---|---|---|', ...rows].join('\n');
}

function told(dollars: number): string {
  return `$${dollars.toFixed(3)} a day, $${(dollars * 30).toFixed(2)} a month`;
}
