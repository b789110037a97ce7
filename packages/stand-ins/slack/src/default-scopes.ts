/** The bot scopes of Vera's manifest, and no other: a call that needs more fails on this machine as it would in Slack. */
export const defaultScopes: readonly string[] = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'chat:write',
  'files:read',
  'groups:history',
  'im:history',
  'mpim:history',
  'users:read',
];
