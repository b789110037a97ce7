import { readFileSync } from 'node:fs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createLog } from '@vera/service-kit/log';
import { describeServers } from '@vera/worker/describe-servers';
import { type DescribedTools, describeTools, toolsEnv } from '@vera/worker/describe-tools';
import { serversOf, toolKeysOf } from '@vera/worker/env';
import { createCommand, misuse } from '../command.ts';
import { deployment } from '../deployment.ts';
import { type Place, placeHelp, placeOf, placeOptions } from '../place.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { UsageError } from '../usage-error.ts';
import { readMcpFile } from './read-mcp-file.ts';
import { isWriting, tellAllTools, toldTools } from './tell-all-tools.ts';
import { tellTools } from './tell-tools.ts';
import { workerVariables } from './worker-variables.ts';

const usage = ['tools [--writes] [--json] [--local [--data FOLDER]]', 'tools --mcp FILE [--keys FILE]'];

export const toolsCommand = createCommand({
  usage,
  help: `Tells every tool that Vera has: which only read, which can change something, with whose account, which are denied or left out, and why. Opens
the gateway and each MCP server with what you may, and calls none of their tools. Ends with 1 when something could not be seen.

  --writes      only what can change something
  --json        as JSON
  --mcp FILE    only the servers of that file (docs/tools.md), as JSON, whatever is deployed
  --keys FILE   keys of servers, as the JSON of the worker's secret; otherwise that secret, and variables of your environment
${placeHelp}`,
  options: {
    ...placeOptions,
    mcp: { type: 'string' },
    keys: { type: 'string' },
    writes: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  act({ mcp, keys, writes = false, json = false, ...where }, words) {
    if (words.length > 0) throw misuse('It takes options only.', { usage });
    const given = keys === undefined ? process.env : keysIn(keys);
    if (mcp === undefined) return tellEverything(placeOf(where), given, { writes, json });
    if (writes || json || where.local || where.data !== undefined)
      throw misuse('--mcp goes with --keys, and with nothing else.', { usage });
    return tellServers(mcp, given);
  },
});

type Keys = Readonly<Record<string, string | undefined>>;

const log = createLog({ service: 'vera', write: () => {} });

async function tellEverything(
  place: Place,
  given: Keys,
  { writes, json }: { readonly writes: boolean; readonly json: boolean },
): Promise<number> {
  const { variables, problem } = await workerVariables(place);
  const env = toolsEnv.parse(variables);
  const client = new SecretsManagerClient({ ...place.clientOf('SECRETS_MANAGER'), maxAttempts: 2 });
  const { keys: secrets, problem: unread } = problem === undefined ? await secretOf(place, client) : {};
  const described = await describeTools(env, {
    ...{ client, secrets, log, region: place.region },
    keys: Object.fromEntries(toolKeysOf(env.MCP_SERVERS).map((name) => [name, given[name]])),
    path: variables.PATH ?? process.env.PATH ?? '',
  });
  client.destroy();
  const all = problem === undefined ? described : withUnknownGateway(described);
  const notes = [
    ...(problem === undefined ? [] : [`What is deployed could not be asked, so these are the tools that the settings come to. ${problem}`]),
    ...(unread === undefined ? [] : [`Keys are taken to be there: ${unread}`]),
  ];
  if (json) process.stdout.write(`${JSON.stringify(asJson(all, { notes, writes }), undefined, 2)}\n`);
  else process.stdout.write(`${[...notes, tellAllTools(all, writes)].join('\n\n')}`);
  return notes.length > 0 || all.servers.some(({ failure }) => failure !== undefined) ? 1 : 0;
}

async function secretOf(
  place: Place,
  client: SecretsManagerClient,
): Promise<{ readonly keys?: Readonly<Record<string, string>>; readonly problem?: string }> {
  try {
    return { keys: await createSecretStore(client, place.isLocal ? place.nameOf('secrets') : deployment().secret).read() };
  } catch (error) {
    if (error instanceof UsageError) return { problem: error.message };
    throw error;
  }
}

/** Where it stands is known only once it is deployed. */
function withUnknownGateway(described: DescribedTools): DescribedTools {
  if (!deployment().settings.gateway) return described;
  const gateway = { name: 'gateway', title: 'The gateway', tools: [], note: 'what stands behind it is seen once it is deployed' };
  return { ...described, servers: [gateway, ...described.servers] };
}

function asJson(described: DescribedTools, { notes, writes }: { readonly notes: readonly string[]; readonly writes: boolean }) {
  const told = toldTools(described);
  return {
    notes,
    approvers: described.approvers,
    tools: writes ? told.filter(isWriting) : told,
    servers: described.servers.map(({ name, title, failure, note }) => ({ name, title, failure, note })),
  };
}

async function tellServers(file: string, given: Keys): Promise<number> {
  const servers = serversOf(readMcpFile(file, given).entries);
  if (servers.length === 0) throw new UsageError(`--mcp ${file}: there are no servers in it.`);
  const secrets = Object.fromEntries(toolKeysOf(servers).map((name) => [name, given[name]]));
  const { AWS_REGION: region = 'us-east-1', PATH: path = '' } = process.env;
  const description = await describeServers(servers, { secrets, region, path, log });
  process.stdout.write(tellTools(description));
  return description.servers.some(({ failure }) => failure !== undefined) ? 1 : 0;
}

function keysIn(file: string): Keys {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Keys;
  } catch {
    // The parser's message would quote the keys.
    throw new UsageError(`--keys ${file}: it must be a file with a JSON object of keys.`);
  }
}
