import { knownReads } from './known-reads.ts';
import type { ServerData } from './server-data.ts';

export type KnownName = 'github' | 'atlan' | 'splunk' | 'azure' | 'aws';

/** The servers that can be switched on by name; one without address or program has an address of its own in each company. */
export const knownServers: Readonly<Record<KnownName, ServerData>> = {
  github: {
    name: 'github',
    title: 'GitHub',
    url: 'https://api.githubcopilot.com/mcp/',
    headers: { authorization: 'Bearer ${GITHUB_TOKEN}' },
    // It annotates all of its tools.
    reads: 'annotated',
    // They show the secrets that were found.
    denies: ['*secret_scanning*'],
    actsAs: 'github',
  },
  atlan: {
    name: 'atlan',
    title: 'Atlan',
    headers: { authorization: 'Bearer ${ATLAN_API_KEY}' },
    reads: knownReads.atlan,
  },
  splunk: {
    name: 'splunk',
    title: 'Splunk',
    headers: { authorization: 'Bearer ${SPLUNK_TOKEN}' },
    // SPL can also write: the search tool is a read only where the server's annotation says so.
    reads: knownReads.splunk,
    // Searches take minutes.
    timeouts: { callSeconds: 120 },
  },
  azure: {
    name: 'azure',
    title: 'Azure',
    command: 'azmcp',
    args: ['server', 'start', '--read-only'],
    environment: {
      AZURE_TENANT_ID: '${AZURE_TENANT_ID}',
      AZURE_CLIENT_ID: '${AZURE_CLIENT_ID}',
      AZURE_CLIENT_SECRET: '${AZURE_CLIENT_SECRET}',
      AZURE_MCP_COLLECT_TELEMETRY: 'false',
      // The image holds no tables of languages.
      DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1',
    },
    reads: knownReads.azure,
    // It shows secrets; configuration often holds some.
    denies: ['keyvault*', 'appconfig*', 'extension_*'],
  },
  aws: {
    name: 'aws',
    title: 'AWS',
    // Signed as a role of its own, which data cannot say: `configured-servers.ts`.
    url: 'https://aws-mcp.us-east-1.api.aws/mcp',
    reads: knownReads.aws,
    // A way for files in and out, past everybody who reads along.
    denies: ['aws___get_presigned_url'],
    // A script starts a sandbox first, which takes a quarter of a minute (awslabs/mcp#4584).
    timeouts: { callSeconds: 120 },
  },
};

export function isKnownName(name: string): name is KnownName {
  return Object.hasOwn(knownServers, name);
}
