import type { LabFault } from '@vera/page/lab';
import { names } from '../names.ts';
import type { LocalSystem } from '../start-system.ts';
import { endCards } from './end-cards.ts';

/** A fault of the lab, and how the system is given it. */
export interface Fault extends Omit<LabFault, 'state' | 'words'> {
  /** How long it lasts unless it is ended before; left out where it is over at once. */
  readonly seconds?: number;
  /** What there has to be for it to strike; left out where it strikes at once. */
  readonly waitsFor?: string;
  /** Undefined: there is nothing yet to strike. Otherwise the function that ends it. */
  readonly strike: () => Promise<Mend | undefined> | Mend | undefined;
  /** It did not strike, and shall not any more. */
  readonly callOff?: () => void;
}

export type Mend = () => void;

export type Broken = Pick<LocalSystem, 'platform' | 'lambda' | 'agentCore' | 'bedrock' | 'slack' | 'dynamoDb' | 'kms' | 'tools'>;

export interface FaultParts {
  readonly system: Broken;
  /** Whether answers come from the emulated Bedrock. */
  readonly hasModel: boolean;
  /** Whether a container works on a question. */
  readonly isAtWork: () => boolean;
}

/** What can be broken of a system that runs: what it does not have is not among them. */
export function labFaultsOf(parts: FaultParts): readonly Fault[] {
  return [...containerFaults(parts), ...slackFaults(parts), ...(parts.hasModel ? modelFaults(parts) : []), ...serviceFaults(parts)];
}

const isOver: Mend = () => {};

function containerFaults({ system, isAtWork }: FaultParts): readonly Fault[] {
  const part = 'Container';
  const strikeAll = (signal: NodeJS.Signals, mending?: NodeJS.Signals) => {
    const struck = isAtWork() ? containersAtWork(system) : [];
    for (const send of struck) send(signal);
    const mend = () => {
      for (const send of struck) if (mending) send(mending);
    };
    return struck.length > 0 ? mend : undefined;
  };
  return [
    {
      ...{ id: 'kill-container', part, label: 'Kill it', waitsFor: 'a container that works on a question' },
      seen: 'It dies without a word. Its lease runs out, within half a minute the sweeper sends the question again, and another container answers it, once.',
      strike: () => strikeAll('SIGKILL'),
    },
    {
      ...{ id: 'freeze-container', part, label: 'Freeze it', waitsFor: 'a container that works on a question', seconds: 15 },
      seen: 'When it wakes, its own clock tells it that its lease ran out: it writes nothing more and gives the question back, which is begun anew.',
      strike: () => strikeAll('SIGSTOP', 'SIGCONT'),
    },
    ...(system.platform === 'lambda' ? [] : sessionFaults(system, isAtWork)),
  ];
}

/** Of each, what sends it a signal. */
function containersAtWork({ agentCore, lambda }: Broken): ((signal: NodeJS.Signals) => void)[] {
  const sessions = agentCore.sessions.filter(({ state }) => state === 'running');
  const instances = lambda.instances.filter(({ functionName, state }) => functionName === names.worker && state === 'busy');
  return [
    ...sessions.map(
      ({ id }) =>
        (signal: NodeJS.Signals) =>
          void agentCore.kill(id, signal),
    ),
    ...instances.map(
      ({ pid }) =>
        (signal: NodeJS.Signals) =>
          signalTo(pid, signal),
    ),
  ];
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** What only AgentCore has. */
function sessionFaults({ agentCore }: Broken, isAtWork: () => boolean): readonly Fault[] {
  const part = 'Container';
  const outlive = () => {
    const running = isAtWork() ? agentCore.sessions.filter(({ state }) => state === 'running') : [];
    for (const { id } of running) agentCore.outlive(id);
    return running.length > 0 ? isOver : undefined;
  };
  return [
    {
      ...{ id: 'eight-hours', part, label: 'Let its eight hours be over', waitsFor: 'a container that works on a question' },
      seen: 'AgentCore ends it in order: a short answer is finished; else the thread says that it is restarted, and the next container goes on.',
      strike: outlive,
    },
    {
      ...{ id: 'session-quota', part, label: 'Fill the quota of sessions', seconds: 20 },
      seen: 'A question in a new thread finds no container; the invoker tries on, and it is answered as soon as there is one.',
      strike() {
        agentCore.limitSessions(0);
        return () => agentCore.limitSessions(undefined);
      },
    },
  ];
}

function slackFaults({ system: { slack, dynamoDb } }: FaultParts): readonly Fault[] {
  const part = 'Slack';
  const disturbing = new Set<'lost' | 'unheard'>();
  const disturb = (how: 'lost' | 'unheard') => {
    disturbing.add(how);
    slack.disturbDeliveries(({ retryNumber }) => {
      if (retryNumber > 0 || disturbing.size === 0) return [0];
      return disturbing.has('lost') ? [] : 'unheard';
    });
    return () => void disturbing.delete(how);
  };
  return [
    {
      ...{ id: 'lose-deliveries', part, label: 'Lose what it delivers', seconds: 20 },
      seen: 'The first delivery of a question never arrives. Slack sends it again, and that one is answered.',
      strike: () => disturb('lost'),
    },
    {
      ...{ id: 'double-deliveries', part, label: 'Have it deliver twice', seconds: 20 },
      seen: 'Slack does not hear that a question was taken and delivers it again. The ledger knows it, and there is one answer.',
      strike: () => disturb('unheard'),
    },
    {
      ...{ id: 'end-stream', part, label: 'Let the five minutes of a stream be over', waitsFor: 'an answer that is being written' },
      seen: 'Slack ends the message that Vera is writing. What is missing follows in a new one, no word twice.',
      strike() {
        const isWriting = slack.workspace.channels.some(({ id }) => slack.messages(id).some(isStreamed));
        if (!isWriting) return undefined;
        slack.expireStreams();
        return isOver;
      },
    },
    {
      ...{ id: 'end-cards', part, label: 'Let the quarter of an hour of a card be over', waitsFor: 'a card that nobody decided about' },
      seen: 'Nobody decided on the change that Vera proposed: nothing is changed, and the thread says so.',
      strike: async () => ((await endCards(dynamoDb.url)) > 0 ? isOver : undefined),
    },
  ];
}

/** It is being written, and there is something to read. */
function isStreamed({ streaming_state, markdown }: { readonly streaming_state?: string; readonly markdown?: string }): boolean {
  return streaming_state === 'in_progress' && (markdown ?? '') !== '';
}

/** They strike when a call begins: one that is under way is heard out, and may be the last of its answer. */
function modelFaults({ system: { bedrock } }: FaultParts): readonly Fault[] {
  const part = 'Model';
  return [
    {
      ...{ id: 'throttle-model', part, label: 'Refuse its next two calls', waitsFor: 'the next call of the model' },
      seen: 'Bedrock has too many requests. The worker waits, longer each time, and asks again; the answer only comes later.',
      ...nextCalls(bedrock, { kind: 'throttled', times: 2 }),
    },
    {
      ...{ id: 'cut-model', part, label: 'Cut its next call', waitsFor: 'the next call of the model' },
      seen: 'The line breaks. Where nothing was shown yet the model is asked again; else what is shown stays, with the reason below.',
      ...nextCalls(bedrock, { kind: 'stream-cut', deltas: 20 }),
    },
  ];
}

/** Has struck once all that it is meant for were struck. */
function nextCalls({ inject }: Broken['bedrock'], fault: Parameters<Broken['bedrock']['inject']>[0]): Pick<Fault, 'strike' | 'callOff'> {
  let left = 0;
  let takeBack: Mend | undefined;
  const callOff = () => {
    takeBack?.();
    takeBack = undefined;
  };
  return {
    callOff,
    strike() {
      if (!takeBack) {
        left = fault.times ?? 1;
        takeBack = inject(fault, () => {
          left -= 1;
        });
      }
      if (left > 0) return undefined;
      takeBack = undefined;
      return isOver;
    },
  };
}

function serviceFaults({ system: { dynamoDb, kms, tools } }: FaultParts): readonly Fault[] {
  const part = 'Services';
  const always = { kind: 'unavailable', times: Number.POSITIVE_INFINITY } as const;
  const gateway = tools?.gateway;
  return [
    {
      ...{ id: 'ledger-away', part, label: 'Take the ledger away', seconds: 10 },
      seen: 'DynamoDB answers nobody: neither a lease nor an answer can be noted. Once it is back, there is one answer.',
      strike: () => dynamoDb.inject(always),
    },
    {
      ...{ id: 'kms-away', part, label: 'Take KMS away', seconds: 30 },
      seen: 'Nobody’s accounts can be opened: what needs one is told so, everything else is answered, nothing is lost.',
      strike: () => kms.inject(always),
    },
    ...(gateway
      ? [
          {
            ...{ id: 'tools-away', part, label: 'Take the server of tools away', seconds: 30 },
            seen: 'Jira, Confluence and PagerDuty cannot be asked. Questions are answered all the same, of what else there is.',
            strike: () => gateway.inject({ kind: 'dead', times: Number.POSITIVE_INFINITY }),
          },
        ]
      : []),
  ];
}
