import { readFileSync } from 'node:fs';
import { createLog } from '@vera/service-kit/log';
import { describeServers } from '@vera/worker/describe-servers';
import { serversOf, toolKeysOf } from '@vera/worker/env';
import { createCommand } from '../command.ts';
import { deployment } from '../deployment.ts';
import { UsageError } from '../usage-error.ts';
import { readMcpFile } from './read-mcp-file.ts';
import { tellTools } from './tell-tools.ts';

export const toolsCommand = createCommand({
  usage: ['tools [--mcp FILE] [--keys FILE]'],
  help: `Opens each MCP server and tells its tools: which only read, which write, which are denied or left out, and why.
Ends with 1 when a server could not be used.

  --mcp FILE    the servers, as JSON (docs/tools.md); otherwise mcpServers of stacks/environments/$VERA_ENVIRONMENT.ts
  --keys FILE   their keys, as the JSON of the worker's secret; otherwise variables of your environment`,
  options: { mcp: { type: 'string' }, keys: { type: 'string' } },
  act: ({ mcp, keys }) => tellServers(mcp, keys === undefined ? process.env : keysIn(keys)),
});

async function tellServers(file: string | undefined, given: Readonly<Record<string, string | undefined>>): Promise<number> {
  const servers = serversOf(file === undefined ? deployment().mcpServers : readMcpFile(file, given).entries);
  if (servers.length === 0) throw new UsageError('There are no mcpServers to look at.');
  const secrets = Object.fromEntries(toolKeysOf(servers).map((name) => [name, given[name]]));
  const log = createLog({ service: 'vera', write: () => {} });
  const { AWS_REGION: region = 'us-east-1', PATH: path = '' } = process.env;
  const description = await describeServers(servers, { secrets, region, path, log });
  process.stdout.write(tellTools(description));
  return description.servers.some(({ failure }) => failure !== undefined) ? 1 : 0;
}

function keysIn(file: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
  } catch {
    // The parser's message would quote the keys.
    throw new UsageError(`--keys ${file}: it must be a file with a JSON object of keys.`);
  }
}
