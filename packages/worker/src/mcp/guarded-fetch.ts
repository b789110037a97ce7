import { BlockList, isIP } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { McpFailure } from './mcp-failure.ts';

export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** Nobody's tools live there, but the credentials of the machine do. */
const linkLocal = blockList(['169.254.0.0/16'], ['fe80::/10', 'fd00:ec2::/32']);
const notPublic = blockList(
  [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '224.0.0.0/3',
  ],
  // Also what wraps an address of the older kind in ways that only a network itself resolves, and what leads to many at once.
  ['::/96', '::ffff:0:0:0/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2002::/16', 'fc00::/6'],
);

/**
 * `fetch` that looks at what it is really connected to before it sends anything: a name may lead to another address each time it is asked
 * for. Without `isPrivateAllowed` that is no address of a private network or of this machine.
 */
export function guardedFetch(isPrivateAllowed: boolean): Fetch {
  const dispatcher = agentFor(isPrivateAllowed);
  return async (url, init) => {
    // Node's own fetch takes it; its types do not say so.
    const request: RequestInit & { readonly dispatcher: Agent } = { ...init, dispatcher };
    return fetch(url, request as RequestInit).catch((error: unknown) => {
      const cause = error instanceof Error ? error.cause : undefined;
      throw cause instanceof McpFailure ? cause : error;
    });
  };
}

/** Whether requests may go there. */
export function isReachable(address: string, isPrivateAllowed: boolean): boolean {
  const [bare = ''] = address.split('%');
  const version = isIP(bare);
  const family = version === 6 ? 'ipv6' : 'ipv4';
  return version !== 0 && !linkLocal.check(bare, family) && (isPrivateAllowed || !notPublic.check(bare, family));
}

const agents = new Map<boolean, Agent>();

/** One each for the process, with the connections it keeps. */
function agentFor(isPrivateAllowed: boolean): Agent {
  const agent = agents.get(isPrivateAllowed) ?? createAgent(isPrivateAllowed);
  agents.set(isPrivateAllowed, agent);
  return agent;
}

function createAgent(isPrivateAllowed: boolean): Agent {
  const connect = buildConnector({ timeout: 10_000 });
  return new Agent({
    // Node's own; the bundle's `http` lacks what undici would ask it for.
    maxHeaderSize: 16_384,
    connect: (options, callback) =>
      connect(options, (error, socket) => {
        if (error) return callback(error, null);
        if (isReachable(socket.remoteAddress ?? '', isPrivateAllowed)) return callback(null, socket);
        socket.destroy();
        callback(new McpFailure('not-public', `${options.hostname} leads into a private network`), null);
      }),
  });
}

/** Also what leads to them through a translator between the two kinds of addresses (RFC 6052). */
function blockList(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ipv4) {
    const [net = '', prefix] = range.split('/');
    list.addSubnet(net, Number(prefix), 'ipv4');
    for (const wrapped of [`64:ff9b::${net}`, `::${net}`]) list.addSubnet(wrapped, 96 + Number(prefix), 'ipv6');
  }
  for (const range of ipv6) {
    const [net = '', prefix] = range.split('/');
    list.addSubnet(net, Number(prefix), 'ipv6');
  }
  return list;
}
