import type { OwnIdentity } from '@vera/slack/own-identity';

/** Somebody in Slack, as far as it says: https://docs.slack.dev/reference/objects/user-object */
export interface SlackUser {
  readonly id?: string;
  readonly name?: string;
  readonly real_name?: string;
  readonly profile?: { readonly display_name?: string };
  readonly deleted?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly team_id?: string;
  readonly enterprise_user?: { readonly enterprise_id?: string };
}

/**
 * Whether somebody is of this company: no guest, not gone, nobody of another company. A guest has the workspace's own team id, and Slack
 * calls nobody a stranger whom the app meets in a shared channel: each says something, none says it all.
 */
export function isColleague(user: SlackUser, own: OwnIdentity): boolean {
  const isLimited = user.deleted || isGuest(user) || user.is_stranger;
  return !isLimited && isOfUs(user, own);
}

/** In this workspace for some channels only. */
export function isGuest({ is_restricted, is_ultra_restricted }: SlackUser): boolean {
  return is_restricted === true || is_ultra_restricted === true;
}

/** On Enterprise Grid a company has many workspaces, and one organisation. */
export function isOfUs({ team_id, enterprise_user }: SlackUser, own: OwnIdentity): boolean {
  if (team_id !== undefined && team_id === own.team_id) return true;
  return own.enterprise_id !== undefined && enterprise_user?.enterprise_id === own.enterprise_id;
}
