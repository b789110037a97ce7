import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openSdkClient } from '../../src/mcp/sdk-client.ts';
import { createToolServers } from '../../src/mcp/tool-servers.ts';
import { type PersonAccount, type PersonWrite, UncertainChange } from '../../src/tools/person-tool.ts';
import { ToolFailure } from '../../src/tools/tool.ts';
import { type StartMcpServerOptions, startMcpServer } from './start-mcp-server.ts';
import { httpAt, serverOf } from './start-tool-servers.ts';

const ann: PersonAccount = { token: 'token-of-ann', accountId: '1', sites: [] };
const bob: PersonAccount = { token: 'token-of-bob', accountId: '2', sites: [] };
const signal = new AbortController().signal;

/** A server that reads with the company's key and writes as people. */
async function start(intercept: NonNullable<StartMcpServerOptions['intercept']> = () => false) {
  const hub = await startMcpServer({
    intercept,
    tools(sdk) {
      sdk.registerTool('create_issue', { inputSchema: { title: z.string(), labels: z.array(z.string()).optional() } }, ({ title }) => ({
        content: [{ type: 'text', text: `Created ${title}` }],
        isError: title === 'refuse me',
      }));
    },
  });
  const servers = createToolServers({
    servers: [serverOf({ name: 'hub', title: 'Hub', transport: httpAt(hub.url), reads: new Set(), actsAs: 'github' })],
    unusable: [],
    open: openSdkClient,
    log: createLog({ service: 'worker', write: () => {} }),
    now: Date.now,
  });
  const { personTools } = await servers.offer();
  const write = personTools[0] as PersonWrite;
  return {
    hub,
    write,
    calls: () => hub.requests.filter(({ rpc }) => rpc === 'tools/call').map(({ headers }) => headers.authorization),
    async [Symbol.asyncDispose]() {
      await servers.close();
      await hub[Symbol.asyncDispose]();
    },
  };
}

describe('a server’s tool that changes something', () => {
  test('proposes what it would be called with, and calls nothing', async () => {
    await using system = await start();
    expect(await system.write.propose({ title: 'Broken', labels: ['a'] }, ann, signal)).toEqual({
      title: 'Create issue',
      system: 'Hub',
      changes: [
        { field: 'title', after: 'Broken' },
        { field: 'labels', after: '[\n  "a"\n]' },
      ],
      args: { title: 'Broken', labels: ['a'] },
    });
    expect(system.calls()).toEqual([]);
    await expect(system.write.propose('nonsense', ann, signal)).rejects.toThrow(ToolFailure);
  });

  test('is called with the token of the person, each time their own, and never with the company’s key', async () => {
    await using system = await start();
    const answers = await Promise.all(
      [ann, bob].map((person) => system.write.perform({ title: person.accountId }, person, signal, 'key-1')),
    );
    expect(answers.map(({ text }) => text)).toEqual(['Created 1', 'Created 2']);
    expect(system.calls().sort()).toEqual(['Bearer token-of-ann', 'Bearer token-of-bob']);
    const own = system.hub.requests
      .filter(({ headers }) => headers.authorization !== 'Bearer key-1')
      .map(({ headers }) => headers.authorization);
    expect(new Set(own)).toEqual(new Set(['Bearer token-of-ann', 'Bearer token-of-bob']));
  });

  test('that says the person’s token again is not quoted with it', async () => {
    await using system = await start();
    const { text } = await system.write.perform({ title: ann.token }, ann, signal, 'key-1');
    expect(text).toBe('Created [redacted]');
  });

  test('that answers with an error may have done a part of it: that is not called nothing', async () => {
    await using system = await start();
    const failure = await system.write.perform({ title: 'refuse me' }, ann, signal, 'key-1').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UncertainChange);
    expect(String(failure)).toContain('Created refuse me');
  });

  test('whose answer gets lost is not called twice', async () => {
    await using system = await start(({ rpc }, response) => {
      if (rpc !== 'tools/call') return false;
      response.destroy();
      return true;
    });
    await expect(system.write.perform({ title: 'x' }, ann, signal, 'key-1')).rejects.toThrow(UncertainChange);
    expect(system.calls()).toHaveLength(1);
  });

  test.each([401, 403, 429])('refused with %i has changed nothing', async (status) => {
    await using system = await start(({ headers }, response) => {
      if (headers.authorization === 'Bearer key-1') return false;
      response.writeHead(status).end();
      return true;
    });
    await expect(system.write.perform({ title: 'x' }, ann, signal, 'key-1')).rejects.toThrow(ToolFailure);
  });
});
