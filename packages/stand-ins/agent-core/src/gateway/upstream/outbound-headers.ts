import type { McpTarget } from '../tools/gateway-target.ts';

/** What shows the server of a target that it is the gateway who calls. */
export async function outboundHeaders({ apiKey, oauth }: McpTarget): Promise<Record<string, string>> {
  if (apiKey) return { [apiKey.name.toLowerCase()]: apiKey.prefix ? `${apiKey.prefix} ${apiKey.key}` : apiKey.key };
  if (!oauth) return {};
  const { tokenUrl, clientId, clientSecret, scopes } = oauth;
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }).toString(),
  });
  if (!response.ok) throw new Error(`The token endpoint answers ${response.status}`);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return { authorization: `Bearer ${token}` };
}
