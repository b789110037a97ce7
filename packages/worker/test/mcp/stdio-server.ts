import { spawn } from 'node:child_process';
import { env } from 'node:process';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import * as z from 'zod';

/** A server of the official library, run as a program; its argument names what is wrong with it. */
const [, , fault = 'none'] = process.argv;
const server = new McpServer({ name: 'program', version: '1.0.0' });
const say = (text: string) => ({ content: [{ type: 'text' as const, text }] });

server.registerTool('look', {}, async () => {
  if (fault === 'dies') {
    process.stderr.write('No such row: Ann’s salary\n');
    process.exit(1);
  }
  if (fault === 'hangs') await new Promise(() => {});
  if (fault === 'line without end') setInterval(() => process.stdout.write('x'.repeat(10_000)), 1);
  if (fault === 'talks without end') setInterval(() => process.stdout.write('no json\n'.repeat(500)), 1);
  if (fault === 'grows') server.registerTool('look_more', {}, () => say('More.'));
  return fault === 'line without end' || fault === 'talks without end' ? new Promise(() => {}) : say('Seen.');
});
server.registerTool('environment', {}, () => say(JSON.stringify(env)));
server.registerTool('pids', {}, () => say(JSON.stringify([process.pid, grandchild?.pid])));
server.registerTool('echo', { inputSchema: { text: z.string() } }, ({ text }) => say(text));

// Neither takes notice of the end of its input.
const grandchild = fault === 'lingers' ? spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }) : undefined;
if (fault === 'lingers') setInterval(() => {}, 1_000);
if (fault === 'floods stderr') for (let lines = 0; lines < 2_000; lines += 1) process.stderr.write(`${'e'.repeat(5_000)}\n`);
if (fault === 'writes what is no JSON')
  for (const line of ['Hello!', '{"jsonrpc"', '', '[[[', 'null', '7', '{}']) process.stdout.write(`${line}\n`);
if (fault === 'ends at once') process.exit(3);
if (fault === 'complains') {
  const { KEY: key } = env;
  process.stderr.write(`${'Loading …\n'.repeat(2_000)}TypeError: no database for ${key}\n    at open (file.js:1:1)\n\nNode.js v24\n`);
  process.exit(1);
}
if (fault === 'is silent') setInterval(() => {}, 1_000);
else await server.connect(new StdioServerTransport());
