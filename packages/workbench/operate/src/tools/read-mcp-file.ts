import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { type ServerEntry, serverEntries, serversOf, toolKeysOf } from '@vera/worker/env';
import { UsageError } from '../usage-error.ts';

/** MCP servers of one's own. */
export interface OwnServers {
  readonly entries: readonly ServerEntry[];
  /** By the names under which the entries want them. */
  readonly keys: Readonly<Record<string, string>>;
  /** Where their programs are looked for. */
  readonly path: string;
}

/** Reads a file of MCP servers: a list of what `mcpServers` of the settings takes, or an object with it. Throws `UsageError` in one sentence. */
export function readMcpFile(file: string, environment: Readonly<Record<string, string | undefined>>): OwnServers {
  const refuse = (why: string) => new UsageError(`--mcp ${file}: ${why}`);
  const value = parsed(file, refuse);
  const given = typeof value === 'object' && value !== null && 'mcpServers' in value ? value.mcpServers : value;
  if (!Array.isArray(given)) throw refuse('it must be a list of servers, such as [{ "name": "files", "command": "npx", "reads": [] }].');
  const { data, error } = serverEntries.safeParse(given);
  if (!data) throw refuse(`${error.issues.map(problemWords).join('; ')}.`);
  const behind = serversOf(data).find(({ via }) => via === 'gateway');
  if (behind) throw refuse(`${behind.name} stands behind the gateway, which only AWS has: leave out via here.`);
  const keys = toolKeysOf(serversOf(data)).map((name) => [name, environment[name] ?? ''] as const);
  const missing = keys.filter(([, value]) => value.trim() === '').map(([name]) => name);
  if (missing.length > 0) throw refuse(`${missing.join(' and ')} must be in your environment: it is named there, and nothing is set.`);
  return {
    entries: data.map((entry) => fromFolder(entry, dirname(resolve(file)))),
    keys: Object.fromEntries(keys),
    path: environment.PATH ?? '',
  };
}

/** `server 1: name: …`: people count from one. */
function problemWords({ path: [index, ...rest], message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  return [`server ${Number(index) + 1}`, ...(rest.length > 0 ? [rest.join('.')] : []), message].join(': ');
}

function parsed(file: string, refuse: (why: string) => UsageError): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw refuse('there is no such file.');
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refuse(`it is no JSON (${cause instanceof Error ? cause.message : cause}).`);
  }
}

/** The worker runs elsewhere: a file beside the list is named from there. */
function fromFolder(entry: ServerEntry, folder: string): ServerEntry {
  if (typeof entry === 'string' || !('command' in entry) || entry.command === undefined) return entry;
  const placed = (text: string) => {
    const path = resolve(folder, text);
    return !isAbsolute(text) && (/^\.{1,2}(\/|$)/.test(text) || isFile(path)) ? path : text;
  };
  return { ...entry, command: placed(entry.command), ...(entry.args ? { args: entry.args.map(placed) } : {}) };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
