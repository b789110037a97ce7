import { randomBytes } from 'node:crypto';
import type { Workspace } from '../workspace.ts';

export type InnerEvent = Readonly<Record<string, unknown>> & { readonly type: string; readonly event_ts: string };

/** One event on its way, with the very bytes that are sent and signed; they are the same on each retry. */
export interface Envelope {
  readonly eventId: string;
  readonly eventType: string;
  readonly body: string;
}

export interface EnvelopeParams {
  readonly workspace: Workspace;
  readonly isExtShared: boolean;
  /** The organisation of whoever did it, on Enterprise Grid. */
  readonly enterpriseId?: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function envelopeOf(event: InnerEvent, { workspace, isExtShared, enterpriseId, now }: EnvelopeParams): Envelope {
  const { teamId, appId, botUserId } = workspace;
  const eventId = `Ev${randomBytes(6).toString('hex').toUpperCase()}`;
  const context = { et: event.type, tid: teamId, aid: appId, ...(typeof event.channel === 'string' ? { cid: event.channel } : {}) };
  const ours = workspace.enterpriseId ?? null;
  const envelope = {
    token: verificationToken,
    team_id: teamId,
    // Captured mentions lack both.
    ...(event.type === 'message' ? { context_team_id: teamId, context_enterprise_id: ours } : {}),
    ...(enterpriseId === undefined ? {} : { enterprise_id: enterpriseId }),
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(now / 1000),
    authorizations: [{ enterprise_id: ours, team_id: teamId, user_id: botUserId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: isExtShared,
    event_context: `4-${Buffer.from(JSON.stringify(context)).toString('base64url')}`,
  };
  return { eventId, eventType: event.type, body: slackJson(envelope) };
}

/** Deprecated, still sent; nobody should trust it. */
export const verificationToken = 'emulated-verification-token';

/** Slack escapes slashes, so that whoever serialises again before verifying is found out. */
export function slackJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('/', '\\/');
}
