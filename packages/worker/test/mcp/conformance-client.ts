import { setTimeout as sleep } from 'node:timers/promises';
import { httpAt, startToolServers } from './start-tool-servers.ts';

/** What the conformance suite runs: our client, asked to use every tool of the server whose address is the last argument. */
const url = new URL(process.argv.at(-1) ?? '');
const limits = { patienceMilliseconds: 20_000, openMilliseconds: 20_000, callMilliseconds: 20_000 };
await using servers = startToolServers([{ name: 'suite', title: 'Suite', transport: httpAt(url), limits }]);
const { tools, troubles } = await servers.offer();
const { signal } = new AbortController();
for (const tool of tools) {
  const names = Object.keys((tool.inputSchema.properties ?? {}) as object);
  const { text, isError } = await tool.run(Object.fromEntries(names.map((name, index) => [name, index + 2])), signal);
  process.stdout.write(`${tool.name}: ${isError ? 'error' : 'success'} ${text}\n`);
}
if (troubles().length > 0) process.exitCode = 1;
await sleep(100);
