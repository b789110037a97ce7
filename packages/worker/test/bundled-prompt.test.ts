import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createSecretsManager } from '@vera/aws-stand-in/create-secrets-manager';
import { freePort } from '@vera/stand-in-kit/free-port';
import { expect, it } from 'vitest';
import { northwindPrompt } from './agent/northwind-prompt.ts';
import { northwind } from './northwind.ts';
import { startScripted } from './questions/start-scripted.ts';

const bundle = fileURLToPath(new URL('../../../dist/worker', import.meta.url));

/** The bundle as the image holds it, with a prompt that a test may change. */
function image() {
  const folder = mkdtempSync(join(tmpdir(), 'vera-bundle-'));
  cpSync(bundle, folder, { recursive: true, filter: (path) => !path.endsWith('.map') });
  const prompt = join(folder, 'prompt');
  return {
    prompt,
    names: readdirSync(prompt).filter((name) => name.endsWith('.md')),
    async run(environment: Readonly<Record<string, string>> = {}) {
      const port = await freePort();
      const env = {
        SECRET_ID: 's',
        LEDGER_TABLE: 'ledger',
        AUDIT_TABLE: 'a',
        AUDIT_DAYS: '400',
        COMPANY_NAME: 'Northwind',
        MODEL_ID: 'us.anthropic.claude-sonnet-5-5',
        ...environment,
      };
      const worker = spawn(process.execPath, [join(folder, 'main.mjs')], { env: { ...env, PORT: String(port), HOST: '127.0.0.1' } });
      let written = '';
      for (const stream of [worker.stdout, worker.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (written += text));
      return { worker, port, written: () => written };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

it.each([
  ['voice.md is missing', (path: string) => rmSync(join(path, 'voice.md'))],
  ['company.md is empty', (path: string) => writeFileSync(join(path, 'company.md'), '\uFEFF \r\n')],
  ['identity.md is missing', (path: string) => rmSync(path, { recursive: true })],
])('M32 an image in which %s does not start, and says so', async (why, change) => {
  using built = image();
  change(built.prompt);
  const { worker, written } = await built.run();
  const [code] = await once(worker, 'exit');
  expect(code).toBe(1);
  expect(written()).toContain(why);
  expect(written().trim().split('\n')).toHaveLength(1);
});

it('M32 an image without the words that are common to helpers is not up, and says so', async () => {
  using built = image();
  rmSync(join(built.prompt, 'delegation', 'helper.md'));
  const { worker, written } = await built.run();
  const [code] = await once(worker, 'exit');
  expect(code).toBe(1);
  expect(written()).toContain('helper.md is missing');
});

it('M32 line ends of Windows and byte order marks in an image change nothing of what the model is told', async () => {
  using built = image();
  for (const name of built.names) {
    const path = join(built.prompt, name);
    writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8').replaceAll('\n', '\r\n')}`);
  }
  mkdirSync(join(built.prompt, 'channels'), { recursive: true });
  writeFileSync(join(built.prompt, 'channels', 'ops-COPS.md'), 'Be brief.\r\n');
  await using services = await startScripted(['Bob.']);
  const secretString = JSON.stringify({ SLACK_BOT_TOKEN: northwind.botToken });
  await using secrets = await createSecretsManager({ record: createCallRecord(), secrets: { s: secretString } });
  const { worker, port, written } = await built.run({
    SLACK_API_URL: `${services.slack.url}/api/`,
    SLACK_HOOKS_URL: services.slack.url,
    AWS_ENDPOINT_URL_DYNAMODB: services.dynamo.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: services.bedrock.url,
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'worker', AWS_SECRET_ACCESS_KEY: 'x' },
  });
  try {
    await expect.poll(written, { timeout: 10_000 }).toContain('worker.listening');
    const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
    expect(JSON.parse(written().split('\n')[0] ?? '')).toMatchObject({ event: 'worker.listening', version });
    const question = await services.ask({ text: '<@UVERA> who is on call?' });
    const headers = { 'content-type': 'application/json', 'x-amzn-bedrock-agentcore-runtime-session-id': 's'.repeat(64) };
    await fetch(`http://127.0.0.1:${port}/invocations`, { method: 'POST', headers, body: JSON.stringify(question) });
    await services.closed(question);
    const { stable, situation } = northwindPrompt({ askerName: 'ann', channelId: 'COPS', isDirect: false });
    const rules = 'Rules of this channel, which go with those of the company:\nBe brief.';
    expect(services.bedrock.requests[0]?.system?.map(({ text }) => text)).toEqual([stable, undefined, `${situation}\n\n${rules}`]);
  } finally {
    worker.kill();
    await once(worker, 'exit');
  }
});
