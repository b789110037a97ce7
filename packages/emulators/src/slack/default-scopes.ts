/** The bot scopes of Vera's manifest. */
export const defaultScopes: readonly string[] = [
  ...['app_mentions:read', 'assistant:write', 'chat:write', 'files:read', 'files:write', 'im:write', 'reactions:write', 'users:read'],
  ...['channels', 'groups', 'im', 'mpim'].flatMap((kind) => [`${kind}:history`, `${kind}:read`]),
];
