import { delimiter } from 'node:path';
import type { Log } from '@vera/service-kit/log';
import { isKnownName } from './known-servers.ts';
import {
  type Authorization,
  type HttpTransport,
  type McpLimits,
  type McpServer,
  type StdioTransport,
  sentHeaders,
  usualLimits,
} from './mcp-server.ts';
import { keysOf, type ServerData, withKeys } from './server-data.ts';
import type { ServerTrouble } from './server-troubles.ts';

export interface ConfiguredServers {
  readonly servers: readonly McpServer[];
  /** Switched on, and without their key. */
  readonly unusable: readonly ServerTrouble[];
}

export interface ServerParts {
  /** Of the worker's secret. */
  readonly secrets: Readonly<Record<string, unknown>>;
  readonly region: string;
  /** Signs as the role that may only read in AWS; undefined where there is none. */
  readonly asReader?: ((url: URL) => Authorization) | undefined;
  /** Where programs are looked for, after the usual places. */
  readonly path: string;
  readonly log: Log;
}

/** What is switched on, with its keys. A missing key costs that server: the log names the key, the answer the server. */
export function configuredServers(switchedOn: readonly ServerData[], parts: ServerParts): ConfiguredServers {
  const servers: McpServer[] = [];
  const unusable: ServerTrouble[] = [];
  for (const data of switchedOn.filter(({ via }) => via !== 'gateway')) {
    const missing = missingFor(data, parts);
    if (missing.length === 0) servers.push(toMcpServer(data, parts));
    else {
      parts.log.error('mcp.key-missing', { server: data.name, names: missing, advice: 'add them to the secret named by SECRET_ID' });
      unusable.push({ title: titleOf(data), code: 'key-missing' });
    }
  }
  return { servers, unusable };
}

/** Stands among the keys that are missing where nobody may act as the role that AWS's server is used with. */
export const readerRole = 'AWS_READER_ROLE';

/** The names of the keys that it lacks. */
export function missingFor(data: ServerData, parts: ServerParts): string[] {
  const keys = keysOf(data).filter((name) => keyOf(name, parts) === '');
  return data.name === 'aws' && !parts.asReader ? [...keys, readerRole] : keys;
}

/** A key is often pasted with the end of its line. */
function keyOf(name: string, { secrets }: ServerParts): string {
  const key = secrets[name];
  return typeof key === 'string' ? key.trim() : '';
}

function toMcpServer(data: ServerData, parts: ServerParts): McpServer {
  const { name, reads, repeatable, denies = [], actsAs, headers, oauth } = data;
  return {
    name,
    title: titleOf(data),
    transport: data.url === undefined ? programOf(data, parts) : addressOf(data, data.url, parts),
    reads: new Set(reads === 'annotated' ? [] : reads),
    ...(repeatable ? { repeatable: new Set(repeatable) } : {}),
    // Of the known ones we know what their annotations are worth.
    trustsAnnotations: reads === 'annotated' || isKnownName(name),
    isDenied: (tool) => isDeniedBy(denies, tool),
    ...(actsAs ? { actsAs, isPersonal: headers === undefined && oauth === undefined } : {}),
    // Otherwise all that is asked about goes to us-east-1, wherever that server is.
    ...(name === 'aws' ? { metadata: { AWS_REGION: parts.region } } : {}),
    keys: keysOf(data).map((key) => keyOf(key, parts)),
    limits: limitsOf(data),
  };
}

export function titleOf({ title, name }: ServerData): string {
  return title ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function addressOf(data: ServerData, address: string, parts: ServerParts): HttpTransport {
  const { name, headers = {}, oauth, privateNetwork = false } = data;
  const server = new URL(address);
  const asReader = name === 'aws' ? parts.asReader : undefined;
  const fixed = asReader?.(server) ?? sentHeaders(filledIn(headers, parts));
  const authorization = oauth ? withToken(fixed, { server, oauth: filledIn(oauth, parts), isPrivateAllowed: privateNetwork }) : fixed;
  return { kind: 'http', url: server, authorization, isPrivateAllowed: privateNetwork };
}

type Oauth = NonNullable<ServerData['oauth']>;

/** What fetches tokens is loaded with the first request, as the MCP library is. */
function withToken(
  fixed: Authorization,
  { isPrivateAllowed, ...parts }: { readonly server: URL; readonly oauth: Oauth; readonly isPrivateAllowed: boolean },
): Authorization {
  let loaded: Authorization | undefined;
  return {
    async headers(request, signal) {
      const [{ createServerOauth }, { guardedFetch }] = await Promise.all([import('./server-oauth.ts'), import('./guarded-fetch.ts')]);
      loaded ??= createServerOauth({ ...parts, send: guardedFetch(isPrivateAllowed), now: Date.now });
      return { ...(await fixed.headers(request, signal)), ...(await loaded.headers(request, signal)) };
    },
    renew: () => loaded?.renew?.(),
    refused: (challenge) => loaded?.refused?.(challenge),
  };
}

function programOf({ command = '', args = [], environment = {} }: ServerData, parts: ServerParts): StdioTransport {
  return {
    kind: 'stdio',
    command,
    args,
    environment: filledIn(environment, parts),
    path: parts.path.split(delimiter).filter((folder) => folder !== ''),
  };
}

function filledIn<Values extends object>(values: Values, parts: ServerParts): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, withKeys(value, (key) => keyOf(key, parts))])) as Values;
}

/** An open time that somebody gave is also what a question waits: a program that is fetched first needs it. */
function limitsOf({ timeouts: { openSeconds, callSeconds } = {} }: ServerData): McpLimits {
  return {
    ...usualLimits,
    ...(openSeconds === undefined ? {} : { patienceMilliseconds: openSeconds * 1000, openMilliseconds: openSeconds * 1000 }),
    ...(callSeconds === undefined ? {} : { callMilliseconds: callSeconds * 1000 }),
  };
}

/** Whether one of the names is the tool's; in a name `*` stands for any characters. */
export function isDeniedBy(denies: readonly string[], tool: string): boolean {
  return denies.some((name) => patternOf(name).test(tool));
}

function patternOf(name: string): RegExp {
  const parts = name.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
