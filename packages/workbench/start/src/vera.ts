// `pnpm vera`: what a person does around a deployment, at a terminal. Prints no key.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createLog } from '@vera/service-kit/log';
import { describeServers } from '@vera/worker/describe-servers';
import { serversOf, toolKeysOf } from '@vera/worker/env';
import { runBootstrap } from './bootstrap/run-bootstrap.ts';
import { runCheck } from './check/run-check.ts';
import { deployment } from './deployment.ts';
import { readMcpFile } from './read-mcp-file.ts';
import { runSecrets } from './secrets/run-secrets.ts';
import { type SyncedBase, syncKnowledgeBases } from './sync-knowledge-bases.ts';
import { tellTools } from './tell-tools.ts';
import { UsageError } from './usage-error.ts';

const help = `Usage: pnpm vera bootstrap [--yes]
       pnpm vera secrets [KEY …] [--unchecked]
       pnpm vera check
       pnpm vera tools [--mcp FILE] [--keys FILE]
       pnpm vera kb sync [--knowledge-base ID --region REGION]
       pnpm vera --version

bootstrap
Makes the bucket of Terraform's state as the settings name it: versions, encryption, nobody else's. Says first what is missing, and asks.
What is there already is left as it is. Ends with 1 when it was not agreed to.

  --yes   makes it without asking

secrets
Asks for the keys of the deployment's secret (or those named), shows nothing of them, has Slack, Atlassian and GitHub say whether they are right,
and writes them with your AWS credentials. From a pipe each line is an answer. Ends with 1 when one was refused, or one is missing.

  --unchecked   writes also what could not be checked, where who issued it gives no answer

check
Asks the deployed secret, receiver, auth portal and runtime whether they live, with your AWS credentials, and changes nothing. Of what ails it tells
what helps, and ends with 1. A session starts for it, and is stopped.

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

const commands: Readonly<Record<string, (values: Values, more: readonly string[]) => Promise<number>>> = {
  tools: tellServers,
  kb: (values) => syncKnowledgeBases(basesOf(values)),
  check: () => runCheck(deployment(), process.env),
  bootstrap: ({ yes = false }) => runBootstrap(deployment(), yes),
  secrets: ({ unchecked = false }, wanted) => runSecrets(deployment(), { wanted, unchecked, origins: process.env }),
};

try {
  process.exitCode = await run(process.argv.slice(2).filter((argument) => argument !== '--'));
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  const [command = '', ...more] = positionals;
  const isWhole = command === 'secrets' || (command === 'kb' ? more.join(' ') === 'sync' : more.length === 0);
  const act = Object.hasOwn(commands, command) && isWhole ? commands[command] : undefined;
  if (act !== undefined && !values.help && !values.version) return act(values, more);
  process.stdout.write(values.version ? `${version()}\n` : help);
  return values.version || values.help ? 0 : 1;
}

type Values = ReturnType<typeof parsed>['values'];

async function tellServers(values: Values): Promise<number> {
  const given = values.keys === undefined ? process.env : keysIn(values.keys);
  const servers = serversOf(values.mcp === undefined ? deployment().mcpServers : readMcpFile(values.mcp, given).entries);
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
  const flag = { type: 'boolean' } as const;
  const options = {
    mcp: text,
    keys: text,
    'knowledge-base': text,
    region: text,
    unchecked: flag,
    yes: flag,
    version: flag,
    help: { type: 'boolean', short: 'h' },
  } as const;
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

function version(): string {
  const manifest = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

/** Each base once, in its region, under the name that people know. */
function basesOf({ 'knowledge-base': id, region }: Values): readonly SyncedBase[] {
  if (id === undefined) {
    const { knowledgeBases, region: home } = deployment();
    if (knowledgeBases.length === 0) throw new UsageError('There are no knowledgeBases in the settings.');
    const bases = knowledgeBases.map((base) => ({ id: base.id, region: base.region ?? home, name: base.name }));
    return [...new Map(bases.map((base) => [`${base.region} ${base.id}`, base])).values()];
  }
  if (region === undefined) throw new UsageError('--knowledge-base ID needs --region REGION: an id says nothing of where it is.');
  return [{ id, region, name: id }];
}
