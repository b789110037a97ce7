import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { arnOf, defaultPlace, type Place } from '@vera/aws-stand-in/place';
import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { createFaultList } from '@vera/stand-in-kit/fault-list';
import type { JsonObject } from '@vera/stand-in-kit/json-object';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { answerMcp } from './gateway/answer-mcp.ts';
import type { GatewayFault } from './gateway/broken-answer.ts';
import type { Authorizer } from './gateway/inbound/authorize.ts';
import { createSessionShelf, type SessionShelf } from './gateway/mcp/session-shelf.ts';
import { allVersions } from './gateway/mcp/versions.ts';
import { type GatewayTarget, isMcpTarget } from './gateway/tools/gateway-target.ts';
import { createToolShelf } from './gateway/tools/tool-shelf.ts';

export interface GatewayParts extends Partial<Place> {
  readonly record: CallRecord;
  readonly targets: readonly GatewayTarget[];
  readonly authorizer: Authorizer;
  readonly gatewayId?: string;
  /** Closed at creation: AWS does not widen the list later. */
  readonly supportedVersions?: readonly string[];
  /** Whether there is the tool that finds tools; only at creation, too. */
  readonly semanticSearch?: boolean;
  /** Tools on one page of `tools/list`. */
  readonly pageSize?: number;
  /** 900 to 28,800. */
  readonly sessionSeconds?: number;
  /** How long a target may take; 15 minutes. */
  readonly timeoutMilliseconds?: number;
  readonly clock?: Clock;
  readonly port?: number;
}

interface HeardMessage {
  readonly method: string;
  readonly params: JsonObject;
}

export interface GatewayEmulator extends Listening {
  readonly mcpUrl: string;
  readonly arn: string;
  /** The last 500 messages that were let in, oldest first. */
  readonly messages: readonly HeardMessage[];
  /** Returns the function that takes back what is left of it. */
  inject(fault: GatewayFault): () => void;
  /** Other targets from now on, as after an update of the gateway; clients are not told. */
  useTargets(targets: readonly GatewayTarget[]): Promise<void>;
  /** Every session is lost, as when its time is over. */
  endSessions(): void;
  /** Forgets messages, faults and sessions, and goes back to the first targets. */
  reset(): void;
}

const searchesPerMinute = 25;
const messagesKept = 500;
const fifteenMinutes = 15 * 60 * 1_000;

/** An AgentCore gateway over targets described by OpenAPI and over MCP servers: MCP by streamable HTTP at `/mcp`. */
export async function createGateway(parts: GatewayParts): Promise<GatewayEmulator> {
  const { record, authorizer, clock = realClock, gatewayId = 'northwind-gateway-a1b2c3d4e5', sessionSeconds = 3_600 } = parts;
  const arn = arnOf('bedrock-agentcore', { ...defaultPlace, ...parts }, `gateway/${gatewayId}`);
  const faults = createFaultList<GatewayFault, string>((fault, method) => fault.method === undefined || fault.method === method);
  const sessions = createSessionShelf(sessionSeconds, clock.now);
  const messages: HeardMessage[] = [];
  const note = ({ method, params }: HeardMessage) => {
    if (messages.length >= messagesKept) messages.shift();
    messages.push({ method, params });
  };
  checkListing(parts);
  const tools = await createToolShelf(parts.targets);
  const mcp = { ...withDefaults(parts, clock), tools, note };
  const server = await listen((request, { incoming }) => {
    const elsewhere = answerElsewhere(request, authorizer, sessions);
    if (elsewhere) return elsewhere;
    return answerMcp(request, () => void incoming.socket.destroy(), {
      ...mcp,
      authorizer,
      gatewayArn: arn,
      record,
      now: clock.now,
      faults,
      sessions,
    });
  }, parts.port);
  return {
    ...server,
    mcpUrl: `${server.url}/mcp`,
    arn,
    messages,
    inject: faults.inject,
    useTargets: tools.use,
    endSessions: sessions.clear,
    reset: () => {
      tools.reset();
      messages.length = 0;
      faults.reset();
      sessions.clear();
    },
  };
}

/** "Currently DYNAMIC mode is not interoperable with semantic search" (developer guide, "MCP servers targets"). */
function checkListing({ targets, semanticSearch = true }: GatewayParts): void {
  const dynamic = targets.filter(isMcpTarget).find(({ listingMode }) => listingMode === 'DYNAMIC');
  if (semanticSearch && dynamic) throw new Error(`${dynamic.name} cannot be DYNAMIC: the gateway has semantic search`);
}

function withDefaults(parts: GatewayParts, { now }: Clock) {
  return {
    supportedVersions: parts.supportedVersions ?? allVersions,
    semanticSearch: parts.semanticSearch ?? true,
    pageSize: parts.pageSize ?? 30,
    timeoutMilliseconds: parts.timeoutMilliseconds ?? fifteenMinutes,
    maySearch: createMinuteLimit(searchesPerMinute, now),
  };
}

/** What is not a POST to `/mcp`. A gateway opens no stream of its own accord. */
function answerElsewhere(request: Request, authorizer: Authorizer, sessions: SessionShelf): Response | undefined {
  const { pathname, origin } = new URL(request.url);
  if (pathname === '/mcp' && request.method === 'POST') return undefined;
  if (pathname === '/mcp' && request.method === 'DELETE') {
    sessions.end(request.headers.get('mcp-session-id'));
    return new Response(null, { status: 204 });
  }
  if (pathname === '/mcp') return Response.json({ message: 'Method Not Allowed' }, { status: 405, headers: { allow: 'POST, DELETE' } });
  if (pathname === '/.well-known/oauth-protected-resource' && authorizer.kind === 'CUSTOM_JWT') {
    return Response.json({ authorization_servers: [authorizer.discoveryUrl], resource: `${origin}/mcp` });
  }
  return Response.json({ message: 'Not Found' }, { status: 404 });
}

/** Says yes `most` times within any 60 seconds. */
function createMinuteLimit(most: number, now: () => number): () => boolean {
  let taken: number[] = [];
  return () => {
    taken = taken.filter((at) => at > now() - 60_000);
    if (taken.length >= most) return false;
    taken.push(now());
    return true;
  };
}
