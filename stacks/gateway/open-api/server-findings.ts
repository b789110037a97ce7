import { isJsonObject, type JsonObject, membersOf } from './json-document.ts';
import type { OpenApiFinding } from './open-api-finding.ts';

/** One server, its address written out: the gateway sends its credential there, so nothing in it is for a caller to choose. */
export function serverFindings(document: JsonObject): OpenApiFinding[] {
  const servers = membersOf(document.servers).map(([, server]) => server);
  if (servers.length !== 1) {
    return [
      {
        where: '/servers',
        what: `${servers.length} servers`,
        why: 'the gateway calls the first and needs one',
        fix: 'name the one address of the API',
      },
    ];
  }
  const [server] = servers;
  const url = isJsonObject(server) ? server.url : undefined;
  const wrong = faultOf(url);
  if (wrong) {
    return [{ where: '/servers/0/url', what: `the server ${JSON.stringify(url)}: ${wrong}`, why, fix }];
  }
  return isJsonObject(server) && server.variables !== undefined
    ? [{ where: '/servers/0/variables', what: 'variables in the server', why, fix: 'write the address out' }]
    : [];
}

const why = 'the gateway joins it with the path and sends its credential there';
const fix = 'write it like https://api.example.com, the path of the API behind it if it has one';

function faultOf(url: unknown): string | undefined {
  if (typeof url !== 'string') return 'no text';
  if (/[{}]/.test(url)) return 'it has variables';
  if (!URL.canParse(url)) return 'no absolute address';
  const { protocol, username, password, hostname, search, hash } = new URL(url);
  if (protocol !== 'https:') return 'not https';
  if (username || password) return 'a credential in it';
  if (search || hash || /[?#]/.test(url)) return 'a query or fragment in it';
  if (url.endsWith('/')) return 'it ends with a slash, as the paths begin with one';
  return isPublicName(hostname) ? undefined : 'no public host name; AgentCore blocks private addresses';
}

function isPublicName(hostname: string): boolean {
  return /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+$/.test(hostname) && !/\.(?:local|localhost|internal)$/.test(hostname);
}
