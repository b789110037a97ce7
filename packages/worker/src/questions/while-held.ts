import type { SlackCall } from '@vera/slack/slack-calls';
import type { HeldQuestion } from './story.ts';

/** Another worker goes on with the question, or may any moment. */
export class LeaseLostError extends Error {
  readonly code = 'lease-lost';
}

/** Slack for as long as a question is held: once it is lost nothing more is written, nor tried again. */
export function whileHeld(call: SlackCall, { lost, isLost }: Pick<HeldQuestion, 'lost' | 'isLost'>): SlackCall {
  return async (method, args, policy) => {
    if (isWrite(method, args) && isLost()) throw new LeaseLostError(`${method} came too late`);
    return call(method, args, { ...policy, signal: lost });
  };
}

/** What came too late is taken away whoever holds the question; a stream that is ended without a word says nothing more. */
function isWrite(method: string, { chunks, metadata }: Readonly<Record<string, unknown>>): boolean {
  if (/^(?:conversations|users|search)\.|\.(?:delete|info)$/.test(method)) return false;
  return method !== 'chat.stopStream' || chunks !== undefined || metadata !== undefined;
}
