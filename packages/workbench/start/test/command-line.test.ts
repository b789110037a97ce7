import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '@vera/stand-in-kit/listen';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCommand } from './support/start-command.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vera-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('pnpm start', () => {
  test('--help explains every option and ends well', async () => {
    const command = startCommand(['--help']);
    expect(await command.ended).toBe(0);
    for (const option of [
      '--port',
      '--fresh',
      '--documents',
      '--data',
      '--real-bedrock',
      'VERA_MODEL_URL',
      '--overlap',
      '--budget',
      'person.tokensPerDay',
    ])
      expect(command.output()).toContain(option);
  });

  // A process each, and they share nothing.
  test.concurrent.for([
    [['--prot', '4000'], /--prot/],
    [['--port', 'many'], /--port takes a number/],
    [['--platform', 'v3'], /--platform takes v1 or v2/],
    [['--worker', 'ec2'], /--worker takes agentcore or lambda/],
    [['--worker', 'lambda', '--platform', 'v1'], /--worker lambda does without/],
    [['--worker', 'lambda', '--real-bedrock'], /needs --worker agentcore/],
    [['--overlap', 'both'], /--overlap takes fold or queue/],
    [['--budget', 'person.tokens=5'], /Its names are those of the settings: person\.tokensPerDay, /],
    [['--documents', '/nowhere/at/all'], /no folder \/nowhere\/at\/all/],
  ] as const)('%j is refused with words and status 1', async ([args, words], { expect }) => {
    const command = startCommand(args);
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(words);
    expect(command.output()).not.toMatch(/^\s+at /m);
  });

  test('a taken port is named, with a way out', async () => {
    await using other = await listen(() => new Response('taken'));
    const command = startCommand(['--port', String(other.port), '--data', join(folder, 'taken')]);
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(/^Port \d+ is taken.*--port 0/);
  });

  test('folders that are none, and what was kept and is broken, are told in one line', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, 'x');
    const broken = join(folder, 'broken');
    await mkdir(join(broken, 'dynamo-db'), { recursive: true });
    await writeFile(join(broken, 'dynamo-db/CURRENT'), 'garbage');
    const refused = [
      [['--documents', file], /--documents: .*a-file is no folder/],
      [['--data', file], /cannot be kept in .*a-file \(EEXIST\).*--data/],
      [['--data', join(file, 'below')], /cannot be kept in .*below \(ENOTDIR\).*--data/],
      [['--data', '/proc/x/y'], /cannot be kept in \/proc\/x\/y \(\w+\).*--data/],
      [['--data', '/proc'], /cannot be kept in \/proc \(\w+\).*--data/],
      [['--data', broken], /cannot be opened.*--fresh/],
    ] as const;
    const commands = refused.map(([args, words]) => ({ command: startCommand(['--port', '0', ...args]), words }));
    for (const { command, words } of commands) {
      expect(await command.ended).toBe(1);
      expect(command.output()).toMatch(words);
      expect(command.output().trim()).not.toContain('\n');
    }
  });

  test('a broken state of Slack is set aside, and told in one line', async () => {
    const data = join(folder, 'aside');
    await mkdir(data);
    await writeFile(join(data, 'slack.json'), '{broken');
    const command = startCommand(['--port', '0', '--data', data]);
    await command.url;
    command.process.kill('SIGINT');
    await command.ended;
    expect(command.output().split('\n')[0]).toMatch(
      /^The Slack state in .* could not be used: .* It was moved to .*; Slack starts empty\.$/,
    );
    expect((await readdir(data)).some((name) => name.startsWith('slack.json.unreadable-'))).toBe(true);
  });

  test('an unreachable model URL is named before anything starts', async () => {
    const command = startCommand(['--port', '0', '--data', join(folder, 'model')], { VERA_MODEL_URL: 'http://127.0.0.1:9/v1' });
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(/VERA_MODEL_URL=http:\/\/127\.0\.0\.1:9\/v1/);
  });

  test('a program of `--mcp` that does not start is told at once, with its last words and without its key', async () => {
    const script = 'console.error("no database for " + process.env.KEY); process.exit(1)';
    const entry = { name: 'gone', command: process.execPath, args: ['-e', script], environment: { KEY: '${GONE_KEY}' }, reads: [] };
    await writeFile(join(folder, 'gone.json'), JSON.stringify([entry]));
    const args = ['--port', '0', '--data', join(folder, 'gone'), '--mcp', join(folder, 'gone.json')];
    const command = startCommand(args, { GONE_KEY: 'gone-key-1' });
    await expect
      .poll(command.output, { timeout: 20_000 })
      .toMatch(/^Gone \(gone\): Gone could not be reached \(.*no database for \[redacted\]\)$/m);
    command.process.kill('SIGINT');
    expect(await command.ended).toBe(0);
    expect(command.output()).not.toContain('gone-key-1');
  });

  test('Ctrl-C leaves no process behind, and conversations survive a restart until --fresh', async () => {
    const data = ['--port', '0', '--data', join(folder, 'kept')];
    const first = startCommand(data);
    const url = await first.url;
    await say(url, 'how much is 6 * 7?');
    await eventually(async () => (await botMessages(url)).length > 0);
    const another = startCommand(data);
    expect(await another.ended).toBe(1);
    expect(another.output()).toMatch(/another Vera may be at work/);
    const children = childrenOf(first.process.pid);
    expect(children.length).toBeGreaterThan(1);
    first.process.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);

    const second = startCommand(data);
    expect((await botMessages(await second.url)).length).toBeGreaterThan(0);
    second.process.kill('SIGTERM');
    await second.ended;

    const third = startCommand([...data, '--fresh']);
    expect(await botMessages(await third.url)).toEqual([]);
    third.process.kill('SIGINT');
    await third.ended;
  });
});

interface State {
  readonly workspace: {
    readonly botUserId: string;
    readonly users: readonly { id: string }[];
    readonly channels: readonly { id: string; kind: string; members: string[] }[];
  };
  readonly messages: readonly { readonly user?: string }[] | Readonly<Record<string, readonly { readonly user?: string }[]>>;
}

async function stateOf(url: string): Promise<State> {
  return (await (await fetch(`${url}/api/state`)).json()) as State;
}

async function botMessages(url: string) {
  const { workspace, messages } = await stateOf(url);
  const all = Array.isArray(messages) ? messages : Object.values(messages).flat();
  return all.filter(({ user }) => user === workspace.botUserId);
}

async function say(url: string, text: string): Promise<void> {
  const { workspace } = await stateOf(url);
  const direct = workspace.channels.find(({ kind }) => kind === 'im');
  const user = direct?.members.find((member) => member !== workspace.botUserId);
  const headers = { 'content-type': 'application/json', origin: url };
  const { status } = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ user, channel: direct?.id, text }),
  });
  expect(status).toBeLessThan(300);
}

function childrenOf(pid: number | undefined): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => line.trim().split(/\s+/).map(Number)).flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

/** A process that ended but was not yet reaped counts as ended. */
function isAlive(pid: number): boolean {
  const states = execFileSync('ps', ['-eo', 'pid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return states.map((line) => line.trim().split(/\s+/)).some(([id, state]) => Number(id) === pid && !state?.startsWith('Z'));
}

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { timeout: 60_000 }).toBe(true);
}
