import type { AccessToken } from '@vera/accounts/access-token';
import type { ProviderId } from '@vera/accounts/account';
import type { Log } from '@vera/service-kit/log';
import { AccountRefused, type PersonRead } from '../tools/person-tool.ts';
import type { OpenMcpClient } from './mcp-client.ts';
import { McpFailure } from './mcp-failure.ts';
import type { Authorization, HttpTransport, McpServer } from './mcp-server.ts';
import { ServerConnection } from './server-connection.ts';

/** Who asks, for servers that are used as that person. */
export interface Asker {
  /** The same for the same person, and for nobody else. */
  readonly id: string;
  /** Never rejects. `refused`: a token that the server no longer takes. */
  readonly accessToken: (provider: ProviderId, refused?: string) => Promise<AccessToken>;
}

/** A server as somebody uses it: what it is, and the connection over which it is spoken to. */
export interface Connected {
  readonly server: McpServer;
  readonly connection: ServerConnection;
}

export interface PersonConnections {
  /** A connection of that person's own: its session, list and breaker are nobody else's. Undefined where they have no account. */
  of(server: McpServer, asker: Asker | undefined): Promise<Connected | undefined>;
  close(): Promise<void>;
}

interface PersonConnectionsParams {
  readonly open: OpenMcpClient;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The one that was not used for longest is closed for the next. */
const mostKept = 50;

export function createPersonConnections({ open, log, now }: PersonConnectionsParams): PersonConnections {
  const kept = new Map<string, Connected>();
  return {
    async of(server, asker) {
      const { actsAs: provider } = server;
      if (!asker || !provider) throw new McpFailure('no-account', 'nobody has an account here');
      const account = await asker.accessToken(provider);
      if (account.kind === 'unavailable') throw new McpFailure('account-unavailable', 'the account cannot be opened');
      if (account.kind !== 'token' || server.transport.kind !== 'http') return undefined;
      // Another account is another person to the server.
      const key = JSON.stringify([server.name, asker.id, account.accountId]);
      const own = { ...server, transport: { ...server.transport, authorization: asPerson(provider, asker) } satisfies HttpTransport };
      const connected = kept.get(key) ?? { server: own, connection: new ServerConnection({ server: own, open, log, now }) };
      kept.delete(key);
      kept.set(key, connected);
      const [[oldest, lost] = []] = kept.size > mostKept ? kept : [];
      if (oldest !== undefined) kept.delete(oldest);
      await lost?.connection.close();
      return connected;
    },
    async close() {
      await Promise.all([...kept.values()].map(({ connection }) => connection.close()));
    },
  };
}

/** In place of tools that cannot be listed for want of an account: whoever asks is asked to connect theirs, and the question comes again. */
export function connectAccount({ name, title, actsAs: provider }: McpServer): PersonRead[] {
  if (!provider) return [];
  const connect: PersonRead = {
    kind: 'read',
    provider,
    name: `${name}_connect`,
    title: `${title}: connecting your account`,
    description: `${title}: its tools are there once the person who asks has connected their account. Call it when the question is about ${title}.`,
    inputSchema: { type: 'object', properties: {} },
    // An account that is there all the same is one that the server did not take.
    read: () => Promise.reject(new AccountRefused(`${title} does not take the account of the person. They can connect it again.`)),
  };
  return [connect];
}

/** Their token as it is at each request: what they end is ended at once. */
function asPerson(provider: ProviderId, { accessToken }: Asker): Authorization {
  let sent: string | undefined;
  let refused: string | undefined;
  return {
    async headers() {
      const account = await accessToken(provider, refused);
      if (account.kind !== 'token') throw new McpFailure('unauthorized', 'there is no account any more');
      sent = account.token;
      return { authorization: `Bearer ${sent}` };
    },
    renew: () => {
      refused = sent;
    },
  };
}
