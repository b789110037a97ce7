import type { Log } from '@vera/service-kit/log';
import { catalogue, type ServerParts } from './catalogue.ts';
import { mcpFailureWords } from './mcp-failure-words.ts';
import type { McpServer } from './mcp-server.ts';
import type { SwitchedOn } from './parse-switched-on.ts';

export interface ConfiguredServers {
  readonly servers: readonly McpServer[];
  /** What stands under an answer for those that are switched on and lack a key. */
  readonly unusable: readonly string[];
}

/** What is switched on, with its keys. A missing key costs that server: the log names the key, the answer the server. */
export function configuredServers(
  switchedOn: readonly SwitchedOn[],
  secrets: Readonly<Record<string, string | undefined>>,
  { region, log }: Pick<ServerParts, 'region'> & { readonly log: Log },
): ConfiguredServers {
  const servers: McpServer[] = [];
  const unusable: string[] = [];
  for (const { name, url } of switchedOn) {
    const { title, keys, server } = catalogue[name];
    const missing = keys.filter((key) => !secrets[key]);
    if (missing.length === 0) servers.push(server({ url, region, key: (key) => secrets[key] ?? '' }));
    else {
      log.error('mcp.key-missing', { server: name, names: missing, advice: 'add them to the secret named by SECRET_ID' });
      unusable.push(mcpFailureWords(title, 'key-missing'));
    }
  }
  return { servers, unusable };
}
