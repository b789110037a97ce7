import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rehearsalModel } from '@vera/bedrock-stand-in/rehearsal-model';
import { readMcpFile } from '@vera/operate/tools/read-mcp-file';
import { freePort } from '@vera/stand-in-kit/free-port';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { startTestSystem, type TestSystem } from './support/test-system.ts';

const read = (path: string) => readFile(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
const page = await read('../../../../docs/tools.md');
const vera = fileURLToPath(new URL('../../operate/src/vera.ts', import.meta.url));
const binaries = fileURLToPath(new URL('../node_modules/.bin', import.meta.url));
const [, listed = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
const questions = [...page.matchAll(/^\| `(.+)` \| `(.+)` \|$/gm)].map(([, question = '', words = '']) => [question, words] as const);

/** In place of npx: the very packages of the page, at the versions that the lock file pins. */
const npx = `#!/bin/sh
shift; name=$(echo "$1" | sed 's|@modelcontextprotocol/||; s|@.*||'); shift
exec "${binaries}/mcp-$name" "$@"
`;

describe('docs/tools.md', () => {
  let folder = '';
  let path = '';
  let http: ReturnType<typeof spawn>;
  let system: TestSystem;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vera-'));
    await writeFile(join(folder, 'npx'), npx);
    await chmod(join(folder, 'npx'), 0o755);
    path = [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(':');
    const port = await freePort();
    await writeFile(
      join(folder, 'mcp.json'),
      listed.replace('3001', String(port)).replaceAll('"npx"', JSON.stringify(join(folder, 'npx'))),
    );
    http = spawn(join(binaries, 'mcp-server-everything'), ['streamableHttp'], { env: { PATH: path, PORT: String(port) }, stdio: 'pipe' });
    await once(http.stderr ?? http, 'data');
    const ownServers = readMcpFile(join(folder, 'mcp.json'), { PATH: path });
    system = await startTestSystem(rehearsalModel({ tokensPerSecond: 0 }), { worker: { ownServers } });
  }, 60_000);
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
    http?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  test('names servers at the versions that are tested', () => {
    const named = [...page.matchAll(/(@modelcontextprotocol\/[\w-]+)@([\d.]+\d)/g)].map(
      ([, name = '', version]) => [name, version] as const,
    );
    expect(new Set(named.map(([name]) => name)).size).toBe(3);
    const pinned: Readonly<Record<string, string>> = manifest.devDependencies;
    for (const [name, version] of named) expect(pinned[name]).toBe(version);
  });

  test('its questions are answered by its servers, over stdio and HTTP', async () => {
    expect(questions).toHaveLength(4);
    for (const [question, words] of questions) {
      const answer = system.text(await system.answered(system.ask({ text: question })));
      expect(answer).toContain(words);
    }
  });

  test('`vera tools` tells what they offer, what counts as what and why, and ends with 0', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [vera, 'tools', '--mcp', join(folder, 'mcp.json')], {
      env: { PATH: path },
    });
    expect(stdout).toMatch(/^Files \(files\): \d+ tools\n {2}reads: the server says that it only reads \(\d+\):\n {4}directory_tree, /);
    expect(stdout).toMatch(/Memory \(memory\)[\s\S]* {2}reads: on the list of reads \(3\):\n {4}open_nodes, read_graph, search_nodes\n/);
    expect(stdout).toMatch(/writes: the server says that it changes something; not offered, as no actsAs says whose account they need/);
    expect(stdout).toMatch(/Numbers \(numbers\): \d+ tools/);
    expect(stdout).toMatch(/tools offered in all; they fit into the model's list\.\n$/);
  });

  test('`vera tools` ends with 1 where a server cannot be reached, and tells no key', async () => {
    const gone = {
      name: 'gone',
      url: 'http://127.0.0.1:9/mcp',
      privateNetwork: true,
      reads: 'annotated',
      headers: { 'x-key': '${GONE_KEY}' },
    };
    await writeFile(join(folder, 'gone.json'), JSON.stringify([gone]));
    const env = { PATH: path, GONE_KEY: 'gone-key-1' };
    const failed = await promisify(execFile)(process.execPath, [vera, 'tools', '--mcp', join(folder, 'gone.json')], { env }).catch(
      (error) => error,
    );
    expect([failed.code, failed.stderr]).toEqual([1, '']);
    expect(failed.stdout).toContain('Gone (gone): Gone could not be reached');
    expect(failed.stdout).not.toContain('gone-key-1');
  });
});
