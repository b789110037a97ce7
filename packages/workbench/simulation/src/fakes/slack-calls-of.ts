import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import { NoAnswer, type SimulatedProcess } from '../simulated-process.ts';
import type { FakeSlack } from './fake-slack.ts';

const lostRetries = 3;

/** Slack's client of one process, as patient as ours is (`slack/src/slack-calls.ts`): a lost answer is asked for again only where that is harmless. */
export function slackCallsOf(process: SimulatedProcess, slack: FakeSlack): SlackCall {
  return async (method, args, { repeatable = false, patience = 60_000, ...policy } = {}) => {
    const { signal } = policy as { readonly signal?: AbortSignal };
    const act = () => slack.do(method, args);
    let lost = repeatable ? 0 : lostRetries;
    for (let waited = 0; ; ) {
      const answer = await process.call(`slack ${method}`, act).catch(unlessAnswered);
      if (!(answer instanceof NoAnswer)) return answer;
      const pause = pauseAfter(answer, lost);
      if (pause === undefined || waited + pause > patience || signal?.aborted) throw errorOf(method, answer);
      if (answer.kind === 'lost') lost += 1;
      waited += pause;
      await process.clock.pause(pause, signal);
      if (signal?.aborted) throw errorOf(method, answer);
    }
  };
}

function unlessAnswered(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error;
  throw error;
}

function errorOf(method: string, { kind }: NoAnswer): SlackError {
  return kind === 'throttled' ? new SlackError('ratelimited', method, 'ratelimited') : new SlackError('lost', method, 'no answer');
}

function pauseAfter({ kind }: NoAnswer, lost: number): number | undefined {
  if (kind === 'throttled') return 1_000;
  return lost < lostRetries ? 200 * 2 ** lost : undefined;
}
