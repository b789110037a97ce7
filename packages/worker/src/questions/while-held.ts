import type { SlackCall } from '@vera/slack/slack-calls';

/** Another worker goes on with the question, or may any moment. */
export class LeaseLostError extends Error {
  readonly code = 'lease-lost';
}

/** Slack for as long as a question is held: once it is `lost` nothing more is written, nor tried again. */
export function whileHeld(call: SlackCall, lost: AbortSignal): SlackCall {
  return async (method, args, policy) => {
    if (lost.aborted && !takesAway(method, args)) throw new LeaseLostError(`${method} came too late`);
    return call(method, args, { ...policy, signal: lost });
  };
}

/** What came too late is taken away whoever holds the question; a stream that is ended so says nothing more. */
function takesAway(method: string, { chunks, metadata }: Readonly<Record<string, unknown>>): boolean {
  return /^(?:chat|files)\.delete$/.test(method) || (method === 'chat.stopStream' && chunks === undefined && metadata === undefined);
}
