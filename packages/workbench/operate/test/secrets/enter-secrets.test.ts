import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createSecretsManager } from '@vera/aws-stand-in/create-secrets-manager';
import { testWorkspace } from '@vera/page/test/test-workspace';
import { createGitHubOAuth } from '@vera/saas-stand-in/oauth/create-github-oauth';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployment } from '../../src/deployment.ts';
import { createPrompt } from '../../src/secrets/create-prompt.ts';
import { type EnterParams, enterSecrets } from '../../src/secrets/enter-secrets.ts';
import { judgeSecrets } from '../../src/secrets/judge-secrets.ts';
import { createSecretStore } from '../../src/secrets/secret-store.ts';

const names = deployment();
const botToken = 'xoxb-8812345678-9923456789012-AbCdEfGhIjKl';
const signing = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const client = { clientId: '2141029472.691202649728', clientSecret: 'e1b9e11dfcd19c1982d5de12921e17e8' };
const github = { clientId: 'Iv23liAbCdEfGhIjKlMn', clientSecret: '00112233445566778899aabbccddeeff00112233' };
const vera = fileURLToPath(new URL('../../src/vera.ts', import.meta.url));

async function startWorld() {
  await using started = new AsyncDisposableStack();
  const secrets = started.use(await createSecretsManager({ record: createCallRecord(), secrets: { [names.secret]: undefined } }));
  const slack = started.use(await createSlackEmulator({ workspace: { ...testWorkspace, botToken, ...client } }));
  const hub = started.use(await createGitHubOAuth({ ...github, people: [] }));
  const origins = { SLACK_API_URL: `${slack.url}/api/`, GITHUB_URL: hub.url, GITHUB_API_URL: hub.url };
  const kept = started.move();
  return { secrets, origins, [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose]() };
}

describe('D25 pnpm vera secrets', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());
  const stored = () => JSON.parse(world.secrets.textOf(names.secret) ?? '{}') as Record<string, string>;

  async function run(keys: readonly string[], input: string) {
    const aws = { AWS_ACCESS_KEY_ID: 'somebody', AWS_SECRET_ACCESS_KEY: 'x', AWS_ENDPOINT_URL_SECRETS_MANAGER: world.secrets.url };
    const child = spawn(process.execPath, [vera, 'secrets', ...keys], { env: { ...aws, ...world.origins }, stdio: 'pipe' });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.stdin.end(input);
    const [status] = await once(child, 'close');
    for (const value of [botToken, signing, client.clientSecret, github.clientSecret, ...Object.values(stored())])
      expect(output).not.toContain(value);
    return { status: status as number, output };
  }

  /** The same in this process, which is sooner there. */
  async function entered(wanted: readonly string[], input: string) {
    const lines: string[] = [];
    const pipe = new PassThrough();
    pipe.end(input);
    using prompt = createPrompt(
      pipe as unknown as ReadStream,
      () => {},
      () => {},
    );
    const credentials = { accessKeyId: 'somebody', secretAccessKey: 'x' };
    const aws = new SecretsManagerClient({ region: names.region, endpoint: world.secrets.url, credentials, maxAttempts: 1 });
    const isWell = await enterSecrets({
      prompt,
      store: createSecretStore(aws, names.secret),
      judge: (keys) => judgeSecrets(keys, world.origins),
      tell: (line) => void lines.push(line),
      names: names.secretKeys,
      wanted,
      unchecked: false,
    }).catch((error: Error) => {
      lines.push(error.message);
      return false;
    });
    return { status: isWell ? 0 : 1, output: lines.join('\n') };
  }

  it('writes what is right, cleaned, as the very bytes; makes the portal’s key; and shows no value anywhere', async () => {
    const first = await run(['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN'], `"${signing}"\n\u00a0${botToken}\u00a0\r\n`);
    expect(first.output).toMatch(/SLACK_BOT_TOKEN: Slack knows it: \w+ in /);
    expect(first.status).toBe(0);
    expect(stored()).toEqual({
      SLACK_SIGNING_SECRET: signing,
      SLACK_BOT_TOKEN: botToken,
      PORTAL_TICKET_KEY: expect.stringMatching(/^[\w+/]{43}=$/),
    });
    const before = stored();
    const more = [client.clientId, client.clientSecret, github.clientId, github.clientSecret];
    const pairs = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'];
    expect((await run(pairs, more.join('\n'))).output).toMatch(/Slack knows the app by them[\s\S]*GitHub knows the app by them/);
    expect(stored()).toEqual({ ...before, ...Object.fromEntries(pairs.map((name, index) => [name, more[index]])) });
  });

  it.each([
    [
      'the app token in the bot field',
      ['SLACK_BOT_TOKEN'],
      'xapp-1-A012-8812345678-abcdef0123456789',
      /SLACK_BOT_TOKEN: this is an app-level token/,
    ],
    ['the placeholder', ['SLACK_BOT_TOKEN'], 'xoxb-…', /placeholder/],
    [
      'a token that Slack does not know',
      ['SLACK_BOT_TOKEN'],
      'xoxb-8812345678-0000000000000-AbCdEfGhIjKl',
      /Slack does not know this token/,
    ],
    [
      'a client secret of another app',
      ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'],
      `${client.clientId}\n${'ab12'.repeat(8)}`,
      /is not that of the SLACK_CLIENT_ID/,
    ],
    ['one secret in two fields', ['SLACK_CLIENT_SECRET'], signing, /very same as SLACK_SIGNING_SECRET/],
    [
      'wrong keys of GitHub',
      ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
      `${github.clientId}\n${'ab12'.repeat(10)}`,
      /GitHub knows no app with these two keys/,
    ],
    ['half a pair', ['ATLASSIAN_CLIENT_ID'], 'AbCdEfGhIjKlMnOpQrStUvWx', /ATLASSIAN_CLIENT_SECRET is missing/],
    ['a key of nobody', ['SLACK_APP_TOKEN'], 'x', /is no key of these settings/],
  ])('refuses by name, before anything is written: %s', async (_, keys, input, words) => {
    world.secrets.set(names.secret, { SLACK_SIGNING_SECRET: signing, SLACK_BOT_TOKEN: botToken, PORTAL_TICKET_KEY: 'p'.repeat(43) });
    const before = world.secrets.textOf(names.secret);
    const { status, output } = await entered(keys, input);
    expect(output).toMatch(words);
    for (const line of input.split('\n').filter((one) => one.length > 10)) expect(output).not.toContain(line);
    expect([status, world.secrets.textOf(names.secret)]).toEqual([1, before]);
  });

  it('ends with a remedy where there is no secret yet, and where a key that is needed is missing', async () => {
    world.secrets.inject({ kind: 'denied', operation: 'GetSecretValue' });
    expect((await entered(['SLACK_BOT_TOKEN'], botToken)).output).toMatch(/does not let you[\s\S]*Remedy/);
    world.secrets.set(names.secret, {});
    const { status, output } = await run(['SLACK_BOT_TOKEN'], botToken);
    expect(output).toMatch(/SLACK_SIGNING_SECRET is missing.*Remedy: pnpm vera secrets SLACK_SIGNING_SECRET/);
    expect([status, stored().SLACK_BOT_TOKEN]).toEqual([1, botToken]);
  });

  it('at a terminal hides what is typed, asks again after a refusal, and writes nothing at Ctrl-C', async () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true, modes: [] as boolean[], setRawMode });
    function setRawMode(this: { modes: boolean[] }, mode: boolean) {
      this.modes.push(mode);
      return this;
    }
    const shown: string[] = [];
    const written: object[] = [];
    let kept: Readonly<Record<string, string>> = {};
    const answers = [`\u001b[200~xapp-1-A012-8812345678-abc\n\u001b[201~\r`, `\u001b[200~${botToken}\n\u001b[201~\r`];
    let interrupts = 0;
    const write = (text: string) => {
      shown.push(text);
      if (text.includes('SLACK_BOT_TOKEN')) setImmediate(() => terminal.write(answers.shift() ?? '\u0003'));
    };
    const prompt = createPrompt(terminal as unknown as ReadStream, write, () => {
      interrupts += 1;
    });
    const params: EnterParams = {
      prompt,
      store: {
        read: async () => kept,
        async write(keys) {
          kept = keys;
          written.push(keys);
        },
      },
      judge: (keys) => judgeSecrets(keys, world.origins),
      tell: (line) => void shown.push(line),
      names: ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'PORTAL_TICKET_KEY'],
      wanted: ['SLACK_BOT_TOKEN'],
      unchecked: false,
    };
    await enterSecrets(params);
    expect(kept.SLACK_BOT_TOKEN).toBe(botToken);
    expect(shown.join('')).toMatch(/refused, and not written: SLACK_BOT_TOKEN: this is an app-level token/);
    expect(shown.join('')).not.toMatch(/8812345678/);
    expect(terminal.modes, 'hidden between two questions, too').toEqual([true]);
    await expect(enterSecrets(params)).rejects.toThrow('Stopped; nothing was written.');
    expect(written).toHaveLength(1);
    terminal.write('typed too early\u0003');
    await new Promise((resolve) => setImmediate(resolve));
    expect([interrupts, terminal.modes]).toEqual([1, [true, false]]);
    prompt[Symbol.dispose]();
    expect(terminal.modes.at(-1)).toBe(false);
  });

  it('does not write what nobody could check, unless told to', async () => {
    let kept: Readonly<Record<string, string>> = {};
    const entered = (unchecked: boolean) =>
      enterSecrets({
        prompt: { isPerson: false, ask: async () => botToken, [Symbol.dispose]() {} },
        store: {
          read: async () => kept,
          async write(keys) {
            kept = keys;
          },
        },
        judge: async () => ({ kind: 'unknown', words: 'Slack says no answer' }),
        tell() {},
        names: ['SLACK_BOT_TOKEN'],
        wanted: [],
        unchecked,
      });
    await expect(entered(false)).rejects.toThrow('Nothing was written.');
    expect(kept).toEqual({});
    await entered(true);
    expect(kept.SLACK_BOT_TOKEN).toBe(botToken);
  });
});
