import * as z from 'zod/mini';
import { problemsBehindGateway } from './behind-gateway.ts';
import { isKnownName, type KnownName, knownServers } from './known-servers.ts';
import { type Problem, problemOfUrl, problemsOfServer, type ServerData } from './server-data.ts';

/** A known server behind the gateway, with its address where companies have one of their own. */
type KnownBehindGateway = Pick<ServerData, 'name' | 'url' | 'keyVersion'> & { readonly via: 'gateway' } & {
  readonly [Field in Exclude<keyof ServerData, 'name' | 'url' | 'keyVersion' | 'via'>]?: never;
};

/** A known server by its name, `splunk=https://…` where companies have addresses of their own; or any other by its data. */
export type ServerEntry = string | ServerData | KnownBehindGateway;

/**
 * The servers as a person writes them down, in settings or in a file. They stay as they are, for they travel in one variable of the
 * worker, and all its variables together may hold 4 KB.
 */
export const serverEntries = z.array(z.custom<ServerEntry>()).check(({ value, issues }) => {
  const names = new Set<unknown>();
  for (const [index, entry] of value.entries()) {
    const name = typeof entry === 'string' ? partsOf(entry).name : entry?.name;
    const found = [...problemsOf(entry), ...(names.has(name) ? [{ path: [], message: `${name} is there twice` }] : [])];
    names.add(name);
    // For whoever asks what was meant.
    const choice = typeof name === 'string' && !isKnownName(name) ? { params: { given: name, values: Object.keys(knownServers) } } : {};
    const more = typeof entry === 'string' ? choice : {};
    issues.push(...found.map(({ path, message }) => ({ code: 'custom' as const, path: [index, ...path], message, input: entry, ...more })));
  }
});

/** The servers that entries stand for. An address that somebody gave to a known one is meant, wherever it leads. */
export function serversOf(entries: readonly ServerEntry[]): readonly ServerData[] {
  return entries.flatMap((entry) => {
    if (typeof entry !== 'string') return isKnownName(entry.name) ? merged(entry.name, entry) : (entry as ServerData);
    const { name, url } = partsOf(entry);
    return isKnownName(name) ? { ...knownServers[name], ...(url === undefined ? {} : { url, privateNetwork: true }) } : [];
  });
}

function merged(known: KnownName, entry: Partial<ServerData>): ServerData {
  // The gateway reaches public addresses only.
  const { privateNetwork: _, ...data } = knownServers[known];
  return { ...data, ...entry };
}

function partsOf(entry: string): { readonly name: string; readonly url: string | undefined } {
  const [name = '', url] = entry.trim().split(/=(.*)/s);
  return { name, url };
}

function problemsOf(entry: unknown): Problem[] {
  if (typeof entry === 'string') {
    const message = problemOfName(partsOf(entry));
    return message ? [{ path: [], message }] : [];
  }
  const { name, via } = (entry ?? {}) as { readonly name?: unknown; readonly via?: unknown };
  if (typeof name === 'string' && isKnownName(name) && via === 'gateway') return problemsOfKnown(name, entry as KnownBehindGateway);
  const problems = problemsOfServer(entry);
  if (problems.length === 0 && via === 'gateway') problems.push(...problemsBehindGateway(entry as ServerData));
  const isTaken = name === 'gateway' || (typeof name === 'string' && isKnownName(name));
  return isTaken
    ? [...problems, { path: ['name'], message: `${name} is the name of a server that is known already: choose another` }]
    : problems;
}

function problemsOfKnown(name: KnownName, entry: KnownBehindGateway): Problem[] {
  const others = Object.keys(entry).filter((key) => !['name', 'url', 'via', 'keyVersion'].includes(key));
  if (others.length > 0) return [{ path: [], message: `${name} is known: it takes url, via and keyVersion, and no ${others.join(', ')}` }];
  if (name === 'aws') return [{ path: ['via'], message: 'AWS is signed as a role of its own, which only a direct connection can do' }];
  const data = merged(name, entry);
  const problems = problemsOfServer(data);
  return problems.length > 0 ? problems : problemsBehindGateway(data);
}

/** The session of a role goes there, and what is signed names the region in the host. */
function problemOfAws({ protocol, hostname }: URL): string | undefined {
  if (protocol === 'http:' || /^aws-mcp\.[a-z0-9-]+\.api\.aws$/.test(hostname)) return undefined;
  return 'AWS’s own server is at https://aws-mcp.us-east-1.api.aws/mcp and at https://aws-mcp.eu-central-1.api.aws/mcp';
}

function problemOfName({ name, url }: ReturnType<typeof partsOf>): string | undefined {
  if (!isKnownName(name)) return `${name} is none of ${Object.keys(knownServers).join(', ')}; of any other server give the data`;
  const known = knownServers[name];
  if (known.command !== undefined) return url === undefined ? undefined : `${name} has no address`;
  if (url === undefined) return known.url === undefined ? `${name} needs its address: ${name}=https://…` : undefined;
  return problemOfUrl(url, true) ?? (name === 'aws' ? problemOfAws(new URL(url)) : undefined);
}
