import { buildDiscoveryUrls } from '@modelcontextprotocol/sdk/client/auth.js';
import { checkResourceAllowed } from '@modelcontextprotocol/sdk/shared/auth-utils.js';
import * as z from 'zod';
import { boundedJson } from './bounded-json.ts';
import { type ClientMethod, clientMethods } from './client-credentials.ts';
import type { Fetch } from './guarded-fetch.ts';
import { McpFailure } from './mcp-failure.ts';
import { isConfidential } from './server-data.ts';

export interface TokenEndpoint {
  readonly tokenUrl: string;
  readonly resource?: string | undefined;
  readonly methods: readonly ClientMethod[];
}

// Looser than the MCP library's: servers for machines leave out what only people's browsers need.
const resourceSchema = z.object({
  resource: z.url().optional().catch(undefined),
  authorization_servers: z.array(z.url()).min(1).optional().catch(undefined),
});
const serverSchema = z.object({
  issuer: z.url(),
  token_endpoint: z.url(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional().catch(undefined),
});

/**
 * Where a server's tokens are to be had: its resource metadata (RFC 9728), named by its refusal or at the usual places, names the
 * authorization server, whose metadata (RFC 8414, OpenID Connect) names the endpoint. Without any it is the server's own origin, as in MCP
 * of 2025-03-26. `refusal`: what the server said when it refused us; undefined where it was not asked yet.
 */
export async function findTokenEndpoint(server: URL, refusal: string | undefined, send: Fetch): Promise<TokenEndpoint> {
  const resource = await firstOf(resourcePlaces(server, refusal), resourceSchema, send);
  if (resource?.resource !== undefined) isOfServer(resource.resource, server);
  const issuer = resource?.authorization_servers?.[0] ?? server.origin;
  const found = await firstOf(
    buildDiscoveryUrls(issuer).map(({ url }) => url),
    serverSchema,
    send,
  );
  const named = resource?.resource === undefined ? {} : { resource: resource.resource };
  if (!found) {
    // No secret goes to an address that is a guess before the server has said what it has to say.
    if (resource?.authorization_servers || refusal === undefined)
      throw new McpFailure('misconfigured', `${issuer} does not say where its tokens are to be had`);
    return { tokenUrl: new URL('/token', server).href, ...named, methods: clientMethods };
  }
  if (plain(found.issuer) !== plain(issuer))
    throw new McpFailure('misconfigured', `the tokens should come from ${issuer}, whose metadata are of ${found.issuer}`);
  secured(found.token_endpoint);
  const known = clientMethods.filter((method) => found.token_endpoint_auth_methods_supported?.includes(method));
  return { tokenUrl: found.token_endpoint, ...named, methods: known.length > 0 ? known : clientMethods };
}

function resourcePlaces(server: URL, refusal: string | undefined): URL[] {
  const named = refusal === undefined ? undefined : /resource_metadata="?([^",\s]+)/i.exec(refusal)?.[1];
  const path = server.pathname.replace(/\/$/, '');
  const places = [
    ...(named && URL.canParse(named) ? [named] : []),
    `/.well-known/oauth-protected-resource${path}`,
    '/.well-known/oauth-protected-resource',
  ];
  return [...new Set(places.map((place) => new URL(place, server).href))].map((place) => new URL(place));
}

/** The first of these documents that is there and is what it should be. */
async function firstOf<Schema extends z.ZodType>(
  places: readonly URL[],
  schema: Schema,
  send: Fetch,
): Promise<z.output<Schema> | undefined> {
  for (const place of places) {
    secured(place.href);
    const parsed = schema.safeParse(await documentAt(place, send));
    if (parsed.success) return parsed.data;
  }
  return undefined;
}

const patience = 5_000;

async function documentAt(place: URL, send: Fetch): Promise<unknown> {
  try {
    const init: RequestInit = { headers: { accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(patience) };
    const response = await send(place, init);
    if (!response.ok) {
      await response.body?.cancel();
      return undefined;
    }
    return await boundedJson(response);
  } catch (error) {
    // What is not there is looked for at the next place; what may not be looked at is said.
    if (error instanceof McpFailure) throw error;
    return undefined;
  }
}

/** Issuers are the same with or without the last slash: servers say it both ways. */
function plain(issuer: string): string {
  return new URL(issuer).href.replace(/\/$/, '');
}

/** A token for another place, even on the same host, would be this server's to misuse there (RFC 9728, 3.3). */
function isOfServer(resource: string, server: URL): void {
  if (checkResourceAllowed({ requestedResource: server, configuredResource: resource })) return;
  throw new McpFailure('misconfigured', `the resource at ${server.href} says that it is ${resource}`);
}

/** The client's secret goes there. */
function secured(url: string): void {
  const { protocol, hostname, username, password } = new URL(url);
  if (username || password) throw new McpFailure('misconfigured', `an address at ${hostname} has a name and a password in it`);
  if (!isConfidential({ protocol, hostname })) throw new McpFailure('misconfigured', `${url} is not https`);
}
