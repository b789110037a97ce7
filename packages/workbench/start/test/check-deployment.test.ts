import { BedrockAgentCoreClient } from '@aws-sdk/client-bedrock-agentcore';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { rehearsalModel } from '@vera/bedrock-stand-in/rehearsal-model';
import { checkDeployment } from '@vera/operate/check/check-deployment';
import { ails, type Finding, lives, unseen } from '@vera/operate/check/finding';
import { lookAround } from '@vera/operate/check/look-around';
import { lookAtReceiver } from '@vera/operate/check/look-at-receiver';
import { AskError } from '@vera/operate/doctor/ask';
import { createSecretStore } from '@vera/operate/secrets/secret-store';
import { testWorkspace } from '@vera/page/test/test-workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { names } from '../src/names.ts';
import { startTestSystem, type TestSystem } from './support/test-system.ts';

const access = { region: 'us-east-1', credentials: { accessKeyId: 'somebody', secretAccessKey: 'x' }, maxAttempts: 1 };

async function checkOf(
  system: TestSystem,
  functionNameOf = (role: string) => role,
  { front, roles }: Pick<Parameters<typeof checkDeployment>[0], 'roles'> & { readonly front?: { receiver: string; portal: string } } = {},
) {
  const lines: string[] = [];
  const isWell = await checkDeployment({
    deployment: { functionNameOf, portalUrl: undefined, front },
    store: createSecretStore(new SecretsManagerClient({ ...access, endpoint: system.secretsManager.url }), names.secret),
    lambda: new LambdaClient({ ...access, endpoint: system.lambda.url }),
    agentCore: new BedrockAgentCoreClient({ ...access, endpoint: system.agentCore.url }),
    origins: { SLACK_API_URL: `${system.slack.url}/api/` },
    roles,
    tell: (line) => void lines.push(line),
  });
  return { isWell, text: lines.join('\n') };
}

describe('pnpm vera check', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem(rehearsalModel({ tokensPerSecond: 0 }));
  }, 60_000);
  afterAll(() => system?.[Symbol.asyncDispose]());
  const check = (functionNameOf?: (role: string) => string) => checkOf(system, functionNameOf);

  const stored = () => JSON.parse(system.secretsManager.textOf(names.secret) ?? '{}') as Record<string, string>;

  it('finds everything alive, says nothing in Slack, and leaves no session behind', async () => {
    const { isWell, text } = await check();
    expect(text).toMatch(/^lives {2}secret .*\nlives {2}receiver .*\nlives {2}portal .*\nlives {2}runtime .*$/);
    expect(isWell).toBe(true);
    expect(system.slack.calls.filter(({ method }) => /^(?:chat|views|reactions)\./.test(method))).toEqual([]);
    expect(text).not.toContain(testWorkspace.botToken);
    await system.until(() => system.agentCore.sessions.every(({ state }) => state !== 'running'), 'the end of its session');
    expect(system.agentCore.sessions).toHaveLength(1);
    expect(system.log.some(({ event }) => event === 'errand.outsider')).toBe(true);
    expect(system.log.some(({ event }) => event.startsWith('question.'))).toBe(false);
  });

  it('names what is not deployed, each with its remedy', async () => {
    const { isWell, text } = await check((role) => `gone-${role}`);
    expect(isWell).toBe(false);
    expect(text).toMatch(/AILS {3}receiver .*not deployed.*\n +remedy: pnpm cdktf deploy receiver/);
    expect(text).toMatch(/AILS {3}portal .*not deployed.*\n +remedy: pnpm cdktf deploy auth-portal/);
    expect(text).toMatch(/AILS {3}runtime .*invoker is not deployed.*\n +remedy: pnpm cdktf deploy worker invoker/);
  });

  it('tells a receiver with another signing secret, a token that Slack does not know, and a key that is missing', async () => {
    const before = stored();
    system.secretsManager.set(names.secret, {
      ...before,
      SLACK_SIGNING_SECRET: 'fe'.repeat(16),
      SLACK_BOT_TOKEN: 'xoxb-8812345678-unknown',
    });
    const wrong = await check();
    expect(wrong.text).toMatch(/AILS {3}secret .*Slack does not know this token.*\n +remedy: pnpm vera secrets SLACK_BOT_TOKEN/);
    expect(wrong.text).toMatch(/AILS {3}receiver .*another signing secret/);
    const { SLACK_BOT_TOKEN: _, ...less } = before;
    system.secretsManager.set(names.secret, less);
    expect((await check()).text).toMatch(/AILS {3}secret .*lacks SLACK_BOT_TOKEN\n/);
    system.secretsManager.set(names.secret, before);
  });

  it('tells what a role of the company’s lacks, and that it could not look', async () => {
    const roles = async (look: () => Promise<readonly Finding[]>) => (await checkOf(system, undefined, { roles: look })).text;
    const well = lives('roles', '2 of yours allow what they have to');
    const lacks = ails('roles', 'vera-worker does not allow xray:PutTraceSegments on *', 'whoever keeps it');
    expect(await roles(async () => [well])).toMatch(/lives {2}roles {5}2 of yours allow/);
    expect(await roles(async () => [unseen('roles', 'x', 'y'), lacks])).toMatch(
      /AILS {3}roles .*PutTraceSegments on \*\n +remedy: whoever keeps it/,
    );
    const denied = new AskError('iam:SimulatePrincipalPolicy', { cause: Object.assign(new Error(), { name: 'AccessDenied' }) });
    expect(await roles(() => Promise.reject(denied))).toMatch(/AILS {3}roles .*it takes iam:SimulatePrincipalPolicy \(AccessDenied\)/);
  });

  it('tells a runtime that fails, and who may not call it', async () => {
    system.agentCore.inject({ kind: 'denied', operation: 'InvokeAgentRuntime' });
    expect((await check()).text).toMatch(/AILS {3}runtime .*may not call it\n +remedy: /);
  });
});

describe('D26 pnpm vera check of a deployment with a front', () => {
  const answers = (status: number) => async () => new Response(null, { status });

  it('D26 sends 20 KB that are signed, and asks the functions at their own addresses, which have to answer 403', async () => {
    const sent: { url: string; length: number }[] = [];
    const fetch = async (url: Parameters<typeof globalThis.fetch>[0], request?: RequestInit) => {
      const body = String(request?.body);
      sent.push({ url: String(url), length: body.length });
      return Response.json({ challenge: (JSON.parse(body) as { challenge: string }).challenge });
    };
    const url = 'https://slack.vera.example/';
    const finding = await lookAtReceiver({ url, functionName: 'receiver', signingSecret: 'aa'.repeat(16), fetch });
    expect([finding.kind, sent]).toEqual(['lives', [{ url, length: expect.any(Number) }]]);
    expect(sent[0]?.length).toBeGreaterThan(20_000);
    expect((await lookAround([url, url], answers(403))).kind).toBe('lives');
    expect(await lookAround([url, url], answers(401))).toMatchObject({
      kind: 'ails',
      words: expect.stringContaining('answers without it (401)'),
    });
    expect((await lookAround([url, undefined], answers(403))).kind).toBe('ails');
  });

  it('D26 says what is stopped on the way', async () => {
    const params = { url: 'https://slack.vera.example/', functionName: 'receiver', signingSecret: 'aa'.repeat(16) };
    expect(await lookAtReceiver({ ...params, fetch: answers(403) })).toMatchObject({
      remedy: expect.stringContaining('look what its firewall stops'),
    });
  });

  it('D26 tells functions that answer without the front, and leaves them alone where there is none', async () => {
    await using system = await startTestSystem(rehearsalModel({ tokensPerSecond: 0 }));
    const { text } = await checkOf(system, (role) => role, { front: { receiver: 'localhost:1', portal: 'localhost:1' } });
    expect(text).toMatch(/AILS {3}front .*answers without it \(\d+\)\n +remedy: pnpm cdktf deploy auth-portal receiver$/m);
    expect(text).toMatch(/AILS {3}receiver .*gives no answer at https:\/\/localhost:1\//);
    expect((await checkOf(system)).text).not.toContain('front');
  }, 60_000);
});

it('`pnpm vera check` of a worker on Lambda has the function carry out an errand of nobody', async () => {
  await using system = await startTestSystem(rehearsalModel({ tokensPerSecond: 0 }), { worker: { platform: 'lambda' } });
  const { isWell, text } = await checkOf(system);
  expect([isWell, text]).toEqual([true, expect.stringMatching(/lives {2}runtime {3}the function starts/)]);
  expect(system.log.some(({ event }) => event === 'errand.outsider')).toBe(true);
  system.lambda.inject({ kind: 'denied', operation: 'Invoke' });
  expect((await checkOf(system)).text).toMatch(/AILS {3}runtime .*cannot be called/);
}, 60_000);
