import type { Log } from '@vera/service-kit/log';
import { jqlProblem } from '../atlassian/jira/jql-problem.ts';
import { knownReads } from './known-reads.ts';
import { mcpFailureWords } from './mcp-failure.ts';
import { type Authorization, bearer, type McpServer, usualLimits } from './mcp-server.ts';
import type { ServerName, SwitchedOn } from './parse-switched-on.ts';

/** What a server of the catalogue is made with. */
export interface ServerParts {
  /** Where it is reached, for those that have an address in each company. */
  readonly url: string | undefined;
  readonly key: (name: string) => string;
  /** The worker's own. */
  readonly region: string;
  /** Signs as another role. */
  readonly asReader: (roleArn: string, url: URL) => Authorization;
}

interface CatalogueEntry {
  readonly title: string;
  /** Keys of the worker's secret, or its variables, all of which it needs. */
  readonly keys: readonly string[];
  readonly server: (parts: ServerParts) => McpServer;
}

const none = () => false;
const common = { isDenied: none, limits: usualLimits };

/** The servers that can be switched on by name. */
export const catalogue: Readonly<Record<ServerName, CatalogueEntry>> = {
  github: {
    title: 'GitHub',
    keys: ['GITHUB_TOKEN'],
    server: ({ url = 'https://api.githubcopilot.com/mcp/', key }) => ({
      ...common,
      name: 'github',
      reads: knownReads.github,
      title: 'GitHub',
      transport: { kind: 'http', url: new URL(url), authorization: bearer(key('GITHUB_TOKEN')) },
      actsAs: 'github',
      // They show the secrets that were found.
      isDenied: (tool) => tool.includes('secret_scanning'),
    }),
  },
  atlan: {
    title: 'Atlan',
    keys: ['ATLAN_API_KEY'],
    server: ({ url = '', key }) => ({
      ...common,
      name: 'atlan',
      reads: knownReads.atlan,
      title: 'Atlan',
      transport: { kind: 'http', url: new URL(url), authorization: bearer(key('ATLAN_API_KEY')) },
    }),
  },
  splunk: {
    title: 'Splunk',
    keys: ['SPLUNK_TOKEN'],
    server: ({ url = '', key }) => ({
      ...common,
      name: 'splunk',
      reads: knownReads.splunk,
      title: 'Splunk',
      transport: { kind: 'http', url: new URL(url), authorization: bearer(key('SPLUNK_TOKEN')) },
      // Searches take minutes. SPL can also write: the search tool is a read only where the server's annotation says so.
      limits: { ...usualLimits, callMilliseconds: 120_000 },
    }),
  },
  azure: {
    title: 'Azure',
    keys: ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET'],
    server: ({ key }) => ({
      ...common,
      name: 'azure',
      reads: knownReads.azure,
      title: 'Azure',
      transport: {
        kind: 'stdio',
        command: 'azmcp',
        args: ['server', 'start', '--read-only'],
        environment: {
          AZURE_TENANT_ID: key('AZURE_TENANT_ID'),
          AZURE_CLIENT_ID: key('AZURE_CLIENT_ID'),
          AZURE_CLIENT_SECRET: key('AZURE_CLIENT_SECRET'),
          AZURE_MCP_COLLECT_TELEMETRY: 'false',
          // The image holds no tables of languages.
          DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1',
        },
      },
      // It shows secrets; configuration often holds some.
      isDenied: (tool) => tool.startsWith('keyvault') || tool.startsWith('appconfig') || tool.startsWith('extension_'),
    }),
  },
  aws: {
    title: 'AWS',
    keys: ['AWS_READER_ROLE'],
    server: ({ url = 'https://aws-mcp.us-east-1.api.aws/mcp', key, region, asReader }) => ({
      ...common,
      name: 'aws',
      reads: knownReads.aws,
      title: 'AWS',
      transport: { kind: 'http', url: new URL(url), authorization: asReader(key('AWS_READER_ROLE'), new URL(url)) },
      // Otherwise all that is asked about goes to us-east-1, wherever the server is.
      metadata: { AWS_REGION: region },
      // A way for files in and out, past everybody who reads along.
      isDenied: (tool) => tool === 'aws___get_presigned_url',
      // A script starts a sandbox first, which takes a quarter of a minute.
      limits: { ...usualLimits, callMilliseconds: 120_000 },
    }),
  },
};

const systems: Readonly<Record<string, string>> = { jira: 'Jira', confluence: 'Confluence', pagerduty: 'PagerDuty' };

/** The AgentCore gateway; its tools are named `<target>___<operation>`. */
export const gateway = (url: string, authorization: Authorization): McpServer => ({
  name: 'gateway',
  title: 'The gateway to Jira, Confluence and PagerDuty',
  transport: { kind: 'http', url: new URL(url), authorization },
  reads: knownReads.gateway,
  // The gateway's own search over its tools, 25 calls a minute: the model has them all before it.
  isDenied: (tool) => tool.startsWith('x_amz_bedrock_agentcore_search'),
  systemOf: (tool) => systems[tool.split('___')[0] ?? ''],
  problemIn: ({ jql }) => (typeof jql === 'string' ? jqlProblem(jql) : undefined),
  limits: usualLimits,
});

export interface ConfiguredServers {
  readonly servers: readonly McpServer[];
  /** What stands under an answer for those that are switched on and lack a key. */
  readonly unusable: readonly string[];
}

/** What is switched on, with its keys. A missing key costs that server: the log names the key, the answer the server. */
export function configuredServers(
  switchedOn: readonly SwitchedOn[],
  secrets: Readonly<Record<string, string | undefined>>,
  { log, ...parts }: Pick<ServerParts, 'region' | 'asReader'> & { readonly log: Log },
): ConfiguredServers {
  const servers: McpServer[] = [];
  const unusable: string[] = [];
  for (const { name, url } of switchedOn) {
    const { title, keys, server } = catalogue[name];
    const missing = keys.filter((key) => !secrets[key]);
    if (missing.length === 0) servers.push(server({ ...parts, url, key: (key) => secrets[key] ?? '' }));
    else {
      log.error('mcp.key-missing', { server: name, names: missing, advice: 'add them to the secret named by SECRET_ID' });
      unusable.push(mcpFailureWords(title, 'key-missing'));
    }
  }
  return { servers, unusable };
}
