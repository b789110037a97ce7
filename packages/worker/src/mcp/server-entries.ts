import * as z from 'zod/mini';
import { isKnownName, knownServers } from './known-servers.ts';
import { type Problem, problemOfUrl, problemsOfServer, type ServerData } from './server-data.ts';

/** A known server by its name, `splunk=https://…` where companies have addresses of their own; or any other by its data. */
export type ServerEntry = string | ServerData;

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
    issues.push(...found.map(({ path, message }) => ({ code: 'custom' as const, path: [index, ...path], message, input: entry })));
  }
});

/** The servers that entries stand for. An address that somebody gave to a known one is meant, wherever it leads. */
export function serversOf(entries: readonly ServerEntry[]): readonly ServerData[] {
  return entries.flatMap((entry) => {
    if (typeof entry !== 'string') return entry;
    const { name, url } = partsOf(entry);
    return isKnownName(name) ? { ...knownServers[name], ...(url === undefined ? {} : { url, privateNetwork: true }) } : [];
  });
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
  const problems = problemsOfServer(entry);
  const { name } = (entry ?? {}) as { readonly name?: unknown };
  const isTaken = name === 'gateway' || (typeof name === 'string' && isKnownName(name));
  return isTaken
    ? [...problems, { path: ['name'], message: `${name} is the name of a server that is known already: choose another` }]
    : problems;
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
