import { expect, test } from 'vitest';
import { kindOf } from '../../src/mcp/tool-policy.ts';
import type { ToolOffer } from '../../src/mcp/tool-servers.ts';
import type { PersonWrite } from '../../src/tools/person-tool.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { startMcpServer } from '../mcp/start-mcp-server.ts';
import { httpAt, serverOf, startToolServers } from '../mcp/start-tool-servers.ts';
import { startGate } from './start-gate.ts';

const written: unknown[] = [];
const write = (index: number): PersonWrite => ({
  kind: 'write',
  name: `gateway_updateRecord${index}`,
  description: `Updates a record of system ${index}`,
  title: `Preparing: update record ${index}`,
  provider: 'atlassian',
  inputSchema: { type: 'object', properties: { to: { type: 'string' } } },
  propose: async (input) => ({ title: `Update record ${index}`, system: 'Gateway', changes: [], args: input as Record<string, unknown> }),
  async perform(args) {
    written.push([index, args]);
    return { text: 'Updated.' };
  },
  recovery: { kind: 'unknown' },
});
const read = (index: number): Tool => ({
  name: `gateway_readRecord${index}`,
  title: 'Gateway: read record',
  description: 'Reads a record',
  inputSchema: { type: 'object' },
  run: async () => ({ text: 'read', isError: false }),
});
const offer: ToolOffer = {
  tools: Array.from({ length: 250 }, (_, index) => read(index)),
  ownTools: [],
  systems: [],
  personTools: Array.from({ length: 250 }, (_, index) => write(index)),
  troubles: () => [],
};
const inner = 'gateway_updateRecord249';

test.each([
  ['use_tool', { call: 'use_tool', input: { name: inner, input: { to: 'done' } } }],
  ['its name alone, without a search', { call: inner, input: { to: 'done' } }],
])(
  'F29 a write among five hundred tools, by %s: the card names it, nothing runs before the yes, and after it that tool does',
  async (_, call) => {
    written.length = 0;
    // The model’s list is made anew in the second turn, as it is by another worker after a restart.
    await using worker = await startGate([[call], 'Done.'], { offerTools: async () => offer });
    const question = await worker.asked('<@UVERA> please set it to done');
    const change = await worker.waits(question);
    expect(change).toMatchObject({ tool: inner, args: '{"to":"done"}', state: 'proposed' });
    expect(worker.cardText(question)).toContain('Update record 249');
    expect(written).toEqual([]);
    await worker.press(question, 'approve');
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(written).toEqual([[249, { to: 'done' }]]);
    const [first, last] = [worker.bedrock.requests[0], worker.bedrock.requests.at(-1)].map((request) =>
      JSON.stringify(request?.toolConfig),
    );
    expect(last).toBe(first);
  },
);

test('F28, F29 a denied tool is on no road, however long its name: denies and reads are matched against the server’s own name', async () => {
  const long = 'x'.repeat(80);
  const called: string[] = [];
  await using server = await startMcpServer({
    tools: (sdk) => {
      for (const name of [`get_${long}_one`, `get_${long}_two`, `delete_${long}`])
        sdk.registerTool(name, {}, () => ({ content: [{ type: 'text', text: `${called.push(name)}` }] }));
    },
  });
  const policy = { isDenied: (name: string) => name === `delete_${long}`, reads: new Set([`get_${long}_two`]) };
  const names = async () => {
    await using worker = startToolServers([{ transport: httpAt(server.url), ...policy }]);
    const [offered] = await worker.names();
    await worker.call(offered[0] ?? '');
    return offered;
  };
  const [first, again] = [await names(), await names()];
  expect(first).toEqual([expect.stringMatching(/^ops_get_x{40,}_[0-9a-f]{12}$/), 'read_more']);
  expect(again).toEqual(first);
  expect(called).toEqual([`get_${long}_two`, `get_${long}_two`]);
  expect(kindOf(serverOf({ transport: httpAt(server.url), ...policy }), { name: `delete_${long}`, inputSchema: {} })).toBe('denied');
});
