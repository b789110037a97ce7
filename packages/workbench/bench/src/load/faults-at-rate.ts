import type { Random } from '@vera/stand-in-kit/random';
import { names } from '@vera/start/names';
import type { BenchSystem } from '../bench-system.ts';

/** Calls of one service, or of one method of Slack, for which faults are laid out. */
const horizon = 5_000;

/** Makes so large a share of all calls between the processes go wrong, as each service itself does: refused, unanswered, or done and unanswered. */
export function faultsAtRate(system: BenchSystem, rate: number, random: Random): void {
  const { dynamoDb, lambda, agentCore, secretsManager, bedrock, knowledgeBase, slack } = system;
  /** A fault strikes after so many calls that went well since the one before. */
  const layOut = <Fault extends object>(kinds: readonly Fault[], inject: (fault: Fault & { readonly after: number }) => void) => {
    for (let calls = 0; calls < horizon; ) {
      const after = Math.floor(Math.log(1 - random.next()) / Math.log(1 - rate));
      const kind = kinds[random.between(0, kinds.length - 1)];
      if (kind) inject({ ...kind, after });
      calls += after + 1;
    }
  };
  const aws = [{ kind: 'throttled' }, { kind: 'unavailable' }, { kind: 'lost-response' }, { kind: 'delay', milliseconds: 400 }] as const;
  for (const service of [dynamoDb, lambda, agentCore, secretsManager]) layOut(aws, (fault) => service.inject(fault));
  layOut(
    [
      { kind: 'throttled' },
      { kind: 'unavailable' },
      { kind: 'internal' },
      { kind: 'stream-cut', deltas: 2 },
      { kind: 'stream-internal' },
    ] as const,
    (fault) => bedrock.inject(fault),
  );
  layOut([{ kind: 'throttled' }, { kind: 'unavailable' }] as const, (fault) => knowledgeBase.inject(fault));
  for (const method of slackMethods)
    layOut(
      [
        { kind: 'ratelimited', retryAfterSeconds: 1 },
        { kind: 'http', status: 503 },
        { kind: 'unreachable' },
        { kind: 'lost-response' },
        { kind: 'delay', milliseconds: 400 },
      ] as const,
      (fault) => slack.inject({ method, ...fault }),
    );
  slack.disturbDeliveries(() => (random.chance(rate) ? random.pick([[], [0, 0], [300], [0, 1_000]]) : [0]));
  lambda.disturb(({ functionName }) => {
    if (functionName !== names.invoker || !random.chance(rate)) return undefined;
    return { copies: random.between(1, 2), delayMilliseconds: random.between(0, 1_000) };
  });
}

/** All that a question makes of calls. */
const slackMethods = [
  'agents.sessions.setStatus',
  'chat.appendStream',
  'chat.postMessage',
  'chat.startStream',
  'chat.stopStream',
  'chat.update',
  'chat.delete',
  'conversations.info',
  'conversations.replies',
  'users.info',
];
