import { fileURLToPath } from 'node:url';
import { openStdioChannel } from '../../src/mcp/stdio-channel.ts';

/** A process that starts a lingering program, tells the ids of it and of its child, and waits to be killed. */
const args = [fileURLToPath(new URL('stdio-server.ts', import.meta.url)), 'lingers'];
const channel = openStdioChannel({ kind: 'stdio', command: process.execPath, args, environment: {} }, 100_000, {
  onValue(value) {
    const { id, result } = value as { id?: number; result?: { content?: { text: string }[] } };
    if (id === 1) channel.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    if (id === 1) channel.send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'pids' } });
    if (id === 2) process.stdout.write(`${result?.content?.[0]?.text}\n`);
  },
  onClosed: () => undefined,
});
const clientInfo = { name: 'parent', version: '1' };
channel.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
setInterval(() => {}, 1_000);
