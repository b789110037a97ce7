import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { McpLimits, StdioTransport } from '../../src/mcp/mcp-server.ts';
import { startToolServers } from './start-tool-servers.ts';

const program = (fault: string, environment: Record<string, string> = {}): StdioTransport => ({
  kind: 'stdio',
  command: process.execPath,
  args: [fileURLToPath(new URL('stdio-server.ts', import.meta.url)), fault],
  environment,
});
/** A program takes a while to start where two cores run everything. */
const limits: Partial<McpLimits> = { patienceMilliseconds: 8_000, openMilliseconds: 8_000, callMilliseconds: 2_000 };
const start = (fault: string, environment?: Record<string, string>) =>
  startToolServers([{ transport: program(fault, environment), limits }]);
const all = ['ops_echo', 'ops_environment', 'ops_look', 'ops_pids', 'read_more'];
const seen = { text: '<data from="Ops">\nSeen.\n</data>', isError: false, troubles: [] };

describe('a program', () => {
  test.each(['none', 'floods stderr', 'writes what is no JSON'])('that %s answers', async (fault) => {
    await using worker = start(fault);
    expect(await worker.names()).toEqual([all, []]);
    expect(await worker.call('ops_look')).toEqual(seen);
    expect(await worker.call('ops_echo', { text: 'Zeile ✓\n🙂' })).toMatchObject({ text: expect.stringContaining('Zeile ✓\n🙂') });
  });

  test('F26 gets the variables of its entry and nothing of the worker’s own', async () => {
    await using worker = start('none', { KEY: 'value' });
    const { text } = await worker.call('ops_environment');
    const variables = Object.keys(JSON.parse(text.split('\n')[1] ?? '')).filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name));
    expect(variables.sort()).toEqual(['HOME', 'KEY', 'PATH', 'TMPDIR']);
  });

  test('that is not installed costs its own tools and a line', async () => {
    await using worker = startToolServers([{ transport: { ...program('none'), command: 'vera-no-such-program' } }]);
    expect(await worker.names()).toEqual([[], ['Ops is switched on, but its program is not installed where I run']]);
  });

  test('that ends at once, or is silent, costs its own tools and a line', async () => {
    await using ended = start('ends at once');
    expect(await ended.names()).toEqual([[], ['Ops could not be reached']]);
    await using silent = startToolServers([{ transport: program('is silent'), limits: { patienceMilliseconds: 500 } }]);
    expect(await silent.names()).toEqual([[], ['Ops did not answer in time']]);
  });

  test('that ends before it is open has its last words logged, without its keys and its stack', async () => {
    const keys = ['very-secret-key'];
    await using worker = startToolServers([{ transport: program('complains', { KEY: 'very-secret-key' }), limits, keys }]);
    expect(await worker.names()).toEqual([[], ['Ops could not be reached']]);
    const said = 'Loading …\nLoading …\nLoading …\nLoading …\nTypeError: no database for [redacted]\nNode.js v24';
    expect(worker.lines).toContainEqual(expect.objectContaining({ event: 'mcp.program-said', server: 'ops', said }));
    expect(JSON.stringify(worker.lines)).not.toContain('very-secret');
  });

  test('that ends over a question has none of its words logged: they may be of the question', async () => {
    await using worker = start('dies');
    expect(await worker.call('ops_look')).toMatchObject({ isError: true });
    expect(JSON.stringify(worker.lines)).not.toContain('salary');
  });

  test.each([
    ['dies', 'Ops could not be reached. Say so in the answer.'],
    ['hangs', 'Ops did not answer in time. Say so in the answer.'],
    ['line without end', 'Ops sent more than I can take in. Say so in the answer.'],
    ['talks without end', 'Ops sent something I cannot read. Say so in the answer.'],
  ])('that %s in a call becomes words, and the next question finds it again', async (fault, words) => {
    await using worker = start(fault);
    expect(await worker.call('ops_look')).toMatchObject({ text: words, isError: true, troubles: [words.split('. ')[0]] });
    expect(await worker.call('ops_echo', { text: 'again' })).toMatchObject({ isError: false });
  });

  test('whose list changes shows the new list to the next question, without being asked for it in vain', async () => {
    await using worker = start('grows');
    expect(await worker.names()).toEqual([all, []]);
    await worker.call('ops_look');
    await expect.poll(async () => (await worker.names())[0], { timeout: 5_000 }).toContain('ops_look_more');
  });

  test('ends with the worker’s close, and so does what it started, even if neither notices', async () => {
    const worker = start('lingers');
    const pids: number[] = JSON.parse((await worker.call('ops_pids')).text.split('\n')[1] ?? '');
    expect(pids.map(isAlive)).toEqual([true, true]);
    await worker.close();
    await expect.poll(() => pids.map(isAlive), { timeout: 5_000 }).toEqual([false, false]);
  });

  test('does not outlive a worker that was killed', async () => {
    const parent = spawn(process.execPath, [fileURLToPath(new URL('stdio-parent.ts', import.meta.url))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const pids: number[] = JSON.parse(String(line));
    expect(pids.map(isAlive)).toEqual([true, true]);
    parent.kill('SIGKILL');
    await expect.poll(() => pids.map(isAlive), { timeout: 5_000 }).toEqual([false, false]);
  });
});

describe('the reference server of the protocol', () => {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@modelcontextprotocol/server-everything/dist/index.js');
  const everything: StdioTransport = { kind: 'stdio', command: process.execPath, args: [entry, 'stdio'], environment: {} };

  test('is spoken to over stdio: its tools come and answer', async () => {
    await using worker = startToolServers([{ name: 'everything', title: 'Everything', transport: everything, limits }]);
    const [names, troubles] = await worker.names();
    expect([names.slice(0, 1), troubles]).toEqual([[expect.stringMatching(/^everything_/)], []]);
    expect(names).toContain('everything_echo');
    expect(await worker.call('everything_echo', { message: 'hello' })).toMatchObject({
      text: expect.stringContaining('Echo: hello'),
      isError: false,
    });
    expect(await worker.call('everything_echo', { message: 7 })).toMatchObject({ isError: true });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
