import type { Model } from '@vera/bedrock-stand-in/model';
import { testDocuments, testWorkspace } from '@vera/page/test/test-workspace';
import { questionIdOf } from '@vera/protocol/question';
import { sessionIdOf } from '@vera/protocol/session-id';
import type { PersonMessage } from '@vera/slack-stand-in/contract';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import type { Timings } from '../../src/environments.ts';
import { names } from '../../src/names.ts';
import { type LocalSystem, type SystemOptions, startSystem } from '../../src/start-system.ts';

export interface LogLine {
  readonly service: string;
  readonly level: string;
  readonly event: string;
  readonly question?: string;
  readonly [field: string]: unknown;
}

export interface Asked {
  readonly id: string;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string;
}

/** The whole system with the real deployables, small delays and a model of the test's own. */
export interface TestSystem extends LocalSystem {
  readonly log: readonly LogLine[];
  /** Everything the processes wrote, unparsed. */
  readonly lines: readonly string[];
  ask(message: Partial<PersonMessage> & { readonly text: string }): Asked;
  /** Vera's messages in the thread of a question, oldest first. */
  replies(asked: Asked): readonly SlackMessage[];
  /** Her messages that end a question; there must be one. */
  outcomes(asked: Asked): readonly SlackMessage[];
  /** The messages of the answer once its outcome is visible and recorded. Rejects after `patience` milliseconds. */
  answered(asked: Asked, patience?: number): Promise<readonly SlackMessage[]>;
  /** The text people read in them. */
  text(messages: readonly SlackMessage[]): string;
  until(isSo: () => boolean, what: string | (() => string), patience?: number): Promise<void>;
  /** Kills the processes of the worker, those that have this question's thread in hand, or sends them another signal; tells whether there was one. */
  killWorkers(asked?: Asked, signal?: NodeJS.Signals): boolean;
}

/** A dead worker is noticed soon; on a loaded machine a living one is taken for dead at times, too. */
export const impatient: Timings = { receiverGrace: 1, sweeperGrace: 2, unheld: 10, lease: 2, heartbeat: 1 };

/** `VERA_PLATFORM=v1` runs all of it as on V1, `VERA_PLATFORM=lambda` as on Lambda; a few tests do in any case. */
// biome-ignore lint/style/noProcessEnv: one switch for all tests of the whole system.
export const platform = (['v1', 'lambda'] as const).find((one) => one === process.env.VERA_PLATFORM) ?? 'v2';

export async function startTestSystem(model: Model, options: Partial<SystemOptions> = {}): Promise<TestSystem> {
  const lines: string[] = [];
  const log: LogLine[] = [];
  const system = await startSystem({
    slack: { workspace: testWorkspace },
    documentsFolder: testDocuments,
    linkOf: (path) => `http://documents.test/${path}`,
    timings: { receiverGrace: 2, sweeperGrace: 10, lease: 20, heartbeat: 1 },
    retryDelays: [200, 400],
    sweepEvery: 500,
    ...options,
    worker: { platform, ...options.worker },
    model,
    onLog({ component, line }) {
      lines.push(line);
      const parsed = parse(line);
      if (parsed) log.push(parsed);
      options.onLog?.({ component, line });
    },
  });
  return { ...system, ...handsOn(system, log), log, lines, [Symbol.asyncDispose]: () => system[Symbol.asyncDispose]() };
}

function handsOn({ slack, agentCore, lambda }: LocalSystem, log: readonly LogLine[]) {
  const replies = ({ channel, threadTs, ts }: Asked) =>
    slack.messages(channel, threadTs).filter(({ user, ts: own }) => user === slack.workspace.botUserId && own > ts);
  const outcomes = (asked: Asked) => replies(asked).filter(({ metadata }) => isOutcomeOf(asked, metadata));
  const hands = {
    replies,
    outcomes,
    text: (messages: readonly SlackMessage[]) => messages.map(({ markdown, text }) => markdown ?? text).join('\n'),
    until,
    killWorkers(asked?: Asked, signal: NodeJS.Signals = 'SIGKILL') {
      const place = asked && { teamId: slack.workspace.teamId, channelId: asked.channel, threadTs: asked.threadTs, userId: '' };
      const session = place && sessionIdOf(place, 'thread');
      const sessions = agentCore.sessions.filter(({ id }) => session === undefined || id === session);
      const instances = lambda.instances.filter(
        ({ functionName, event = '' }) => functionName === names.worker && event.includes(asked ? asked.id : ''),
      );
      for (const { id } of sessions) agentCore.kill(id, signal);
      for (const { pid } of instances) process.kill(pid, signal);
      return sessions.length + instances.length > 0;
    },
    ask(message: Partial<PersonMessage> & { readonly text: string }): Asked {
      const channel = message.channel ?? 'C0OPS';
      const text = channel.startsWith('D') ? message.text : `<@${slack.workspace.botUserId}> ${message.text}`;
      const { ts } = slack.post({ user: 'U0ANN', ...message, channel, text });
      const id = questionIdOf({ teamId: slack.workspace.teamId, channelId: channel, messageTs: ts });
      return { id, channel, ts, threadTs: message.threadTs ?? ts };
    },
    async answered(asked: Asked, patience = 60_000) {
      const closed = ['question.answered', 'question.failed', 'question.stopped', 'question.lost'];
      const isClosed = () => log.some(({ event, question }) => question === asked.id && closed.includes(event));
      await until(
        () => outcomes(asked).length > 0 && isClosed(),
        () => `an outcome of ${asked.id}:\n${storyOf(asked, log)}`,
        patience,
      );
      return replies(asked);
    },
  };
  return hands;
}

function isOutcomeOf({ id }: Asked, metadata: SlackMessage['metadata']): boolean {
  return metadata?.event_payload.question === id && metadata.event_payload.outcome !== undefined;
}

/** What the processes told about a question: why it did not end is in there. */
function storyOf({ id }: Asked, log: readonly LogLine[]): string {
  const lines = log.filter(({ question }) => question === id);
  return lines.map(({ time, service, event, ...rest }) => `${time} ${service} ${event} ${JSON.stringify(rest)}`).join('\n');
}

async function until(isSo: () => boolean, what: string | (() => string), patience = 60_000): Promise<void> {
  const end = performance.now() + patience;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Waited ${patience} ms in vain for ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function parse(line: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'event' in value ? (value as LogLine) : undefined;
  } catch {
    return undefined;
  }
}
