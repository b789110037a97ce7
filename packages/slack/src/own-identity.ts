import type { SlackCall } from './slack-calls.ts';

/** Whose token ours is, as far as Slack says: https://docs.slack.dev/reference/methods/auth.test */
export interface OwnIdentity {
  readonly user_id?: string;
  readonly team_id?: string;
  readonly enterprise_id?: string;
  /** What the workspace is called. */
  readonly team?: string;
  /** `https://….slack.com/` */
  readonly url?: string;
}

const known = new WeakMap<SlackCall, Promise<OwnIdentity>>();

/** Asked once for each token, as none of it changes; a failure is not kept. Rejects with `SlackError`. */
export function ownIdentity(call: SlackCall): Promise<OwnIdentity> {
  const kept = known.get(call);
  if (kept !== undefined) return kept;
  const identity = call('auth.test', {}, { repeatable: true, patience: 5_000 }) as Promise<OwnIdentity>;
  known.set(call, identity);
  void identity.catch(() => known.delete(call));
  return identity;
}
