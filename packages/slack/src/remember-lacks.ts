import { SlackError } from './slack-error.ts';

type Call<Policy> = (method: string, args: Readonly<Record<string, unknown>>, policy?: Policy) => Promise<Record<string, unknown>>;

/** Asks Slack for nothing again in this process that the workspace does not have. */
export function rememberLacks<Policy>(call: Call<Policy>): Call<Policy> {
  const lacking = new Map<string, string>();
  return async (method, args, policy) => {
    const lack = lacking.get(method) ?? lacking.get(lackingIn(method, args));
    if (lack !== undefined) throw new SlackError('refused', method, lack);
    try {
      return await call(method, args, policy);
    } catch (error) {
      const reason = error instanceof SlackError ? error.reason : '';
      if (lackedByWorkspace.has(reason) || (reason === 'missing_scope' && adornments.has(method))) lacking.set(method, reason);
      if (reason === 'channel_type_not_supported') lacking.set(lackingIn(method, args), reason);
      throw error;
    }
  };
}

/** Whatever it is asked for. */
const lackedByWorkspace = new Set(['feature_disabled', 'feature_not_enabled', 'not_agent_app', 'not_enabled', 'unknown_method']);

/** Nobody waits for these: a right to them that is missing is not looked for again either. */
const adornments = new Set(['views.publish', 'reactions.add', 'reactions.remove', 'assistant.threads.setSuggestedPrompts']);

/** A kind of channel is told by the first letter of its id. */
function lackingIn(method: string, { channel, channel_id }: Readonly<Record<string, unknown>>): string {
  return `${method} ${String(channel ?? channel_id).charAt(0)}`;
}
