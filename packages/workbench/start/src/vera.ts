// `pnpm vera tools`: what MCP servers offer, and what becomes of it. `pnpm vera kb sync`: fills knowledge bases anew. Prints no key.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createLog } from '@vera/service-kit/log';
import { describeServers } from '@vera/worker/describe-servers';
import { type KnowledgeBaseData, type ServerEntry, serversOf, toolKeysOf } from '@vera/worker/env';
import { readMcpFile } from './read-mcp-file.ts';
import { type SyncedBase, syncKnowledgeBases } from './sync-knowledge-bases.ts';
import { tellTools } from './tell-tools.ts';
import { UsageError } from './usage-error.ts';

const help = `Usage: pnpm vera tools [--mcp FILE] [--keys FILE]
       pnpm vera kb sync [--knowledge-base ID --region REGION]

tools
Opens each MCP server and tells its tools: which only read, which write, which are denied or left out, and why.
Ends with 1 when a server could not be used.

  --mcp FILE    the servers, as JSON (docs/tools.md); otherwise mcpServers of stacks/environments/$VERA_ENVIRONMENT.ts
  --keys FILE   their keys, as the JSON of the worker's secret; otherwise variables of your environment

kb sync
Has the data sources of each knowledge base read anew, one after the other, with your AWS credentials, and follows them to the end.
Ends with 1 when a document is not in, and says which. Ctrl-C stops looking; what runs in AWS goes on.

  --knowledge-base ID --region REGION    that one; otherwise knowledgeBases of stacks/environments/$VERA_ENVIRONMENT.ts
`;

const settingsPrinter = fileURLToPath(new URL('../../../../stacks/settings/print-settings.ts', import.meta.url));

try {
  process.exitCode = await run(process.argv.slice(2).filter((argument) => argument !== '--'));
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  const command = positionals.join(' ');
  if (values.help || !['tools', 'kb sync'].includes(command)) {
    process.stdout.write(help);
    return values.help ? 0 : 1;
  }
  return command === 'tools' ? tellServers(values) : syncKnowledgeBases(basesOf(values));
}

type Values = ReturnType<typeof parsed>['values'];

async function tellServers(values: Values): Promise<number> {
  const given = values.keys === undefined ? process.env : keysIn(values.keys);
  const servers = serversOf(values.mcp === undefined ? settings().mcpServers : readMcpFile(values.mcp, given).entries);
  if (servers.length === 0) throw new UsageError('There are no mcpServers to look at.');
  const secrets = Object.fromEntries(toolKeysOf(servers).map((name) => [name, given[name]]));
  const log = createLog({ service: 'vera', write: () => {} });
  const { AWS_REGION: region = 'us-east-1', PATH: path = '' } = process.env;
  const description = await describeServers(servers, { secrets, region, path, log });
  process.stdout.write(tellTools(description));
  return description.servers.some(({ failure }) => failure !== undefined) ? 1 : 0;
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { mcp: text, keys: text, 'knowledge-base': text, region: text, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${help}`, { cause: error });
  }
}

function keysIn(file: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
  } catch {
    // The parser's message would quote the keys.
    throw new UsageError(`--keys ${file}: it must be a file with a JSON object of keys.`);
  }
}

/** Each base once, in its region, under the name that people know. */
function basesOf({ 'knowledge-base': id, region }: Values): readonly SyncedBase[] {
  if (id === undefined) {
    const { knowledgeBases, region: home } = settings();
    if (knowledgeBases.length === 0) throw new UsageError('There are no knowledgeBases in the settings.');
    const bases = knowledgeBases.map((base) => ({ id: base.id, region: base.region ?? home, name: base.name }));
    return [...new Map(bases.map((base) => [`${base.region} ${base.id}`, base])).values()];
  }
  if (region === undefined) throw new UsageError('--knowledge-base ID needs --region REGION: an id says nothing of where it is.');
  return [{ id, region, name: id }];
}

interface PrintedSettings {
  readonly region: string;
  readonly mcpServers: readonly ServerEntry[];
  readonly knowledgeBases: readonly KnowledgeBaseData[];
}

/** What checks the settings says what is wrong with them. */
function settings(): PrintedSettings {
  try {
    const printed = execFileSync(process.execPath, [settingsPrinter], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    return (JSON.parse(printed) as { readonly settings: PrintedSettings }).settings;
  } catch (cause) {
    throw new UsageError('The settings cannot be used.', { cause });
  }
}
