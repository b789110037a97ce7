import { isJsonObject } from '@vera/stand-in-kit/json-object';
import type { Message } from '../inbound/read-message.ts';
import { GatewayRefusal } from '../refusals.ts';

/** What an AgentCore gateway can be created with. */
export const allVersions: readonly string[] = ['2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'];

/** Since this one there is no handshake: each request says its version itself, twice. */
const statelessVersion = '2026-07-28';

/** Before the header came, in 2025-06-18. */
const versionWithoutHeader = '2025-03-26';

/** The version to answer `initialize` with: the one asked for, or else the newest that has a handshake. */
export function negotiatedVersion(asked: unknown, supported: readonly string[]): string {
  const withHandshake = supported.filter((version) => version !== statelessVersion);
  if (withHandshake.includes(String(asked))) return String(asked);
  const newest = withHandshake.toSorted().at(-1);
  if (newest === undefined) throw unsupported(String(asked), supported);
  return newest;
}

/** The version a request is in. Refuses one that is not supported, and headers that say something else than the body. */
export function versionOf({ headers }: Request, { method, params }: Message, supported: readonly string[]): string {
  const version = headers.get('mcp-protocol-version') ?? versionWithoutHeader;
  const isHandshake = method === 'initialize' && version !== statelessVersion;
  if (!isHandshake && !supported.includes(version) && headers.has('mcp-protocol-version')) throw unsupported(version, supported);
  if (version === statelessVersion) {
    const meta = isJsonObject(params._meta) ? params._meta : {};
    checkSame('MCP-Protocol-Version', version, meta['io.modelcontextprotocol/protocolVersion']);
    checkSame('Mcp-Method', headers.get('mcp-method'), method);
    if (method === 'tools/call') checkSame('Mcp-Name', headers.get('mcp-name'), params.name);
  }
  return version;
}

export function isStateless(version: string): boolean {
  return version === statelessVersion;
}

function unsupported(requested: string, supported: readonly string[]): GatewayRefusal {
  return new GatewayRefusal(400, -32022, 'Unsupported protocol version', { data: { supported, requested } });
}

function checkSame(header: string, said: string | null, inBody: unknown): void {
  if (said !== inBody) throw new GatewayRefusal(400, -32020, `Header mismatch: ${header} and the body do not agree`);
}
