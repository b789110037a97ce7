import { describe, expect, it } from 'vitest';
import { settings as trial } from '../../environments/trial.ts';
import { loadSettings } from '../../settings/load-settings.ts';
import { nameOf, runtimeNameOf } from '../../settings/names.ts';
import { regionCodeOf } from '../../settings/regions.ts';
import { parseSettings } from '../../settings/settings.ts';
import { leastSettings } from '../synthesised.ts';

describe('settings', () => {
  it.each([
    ['a region that is none', { region: 'us-east1' }, "region: 'us-east1' is not an AWS region; did you mean 'us-east-1'?"],
    ['a region that is nothing at all', { region: 'mars' }, "region: 'mars' is not an AWS region, such as us-east-1"],
    ['a region without memory', { region: 'eu-south-1' }, "region: AgentCore Memory is not in eu-south-1: choose memory: 'off'"],
    ['an account with a letter', { account: '11112222333a' }, 'account: an AWS account id has 12 digits'],
    [
      'a name too long for AgentCore',
      { botName: 'averyveryverylongname' },
      'botName: lower-case letters and digits, a letter first, at most 16',
    ],
    ['a name that Cognito refuses', { botName: 'awsvera' }, 'botName: Cognito refuses'],
    ['a bare model id', { model: { id: 'anthropic.claude-sonnet-5-5' } }, 'model.id: an inference profile, such as us.anthropic'],
    [
      'an MCP server with two ways to it',
      { mcpServers: ['github', { name: 'wiki', url: 'https://a.example.com', command: 'npx', reads: 'annotated' }] },
      'mcpServers.1.url: exactly one of url and command is needed',
    ],
    ['an MCP server nobody knows', { mcpServers: ['gitlab'] }, 'mcpServers.0: gitlab is none of github, atlan'],
    [
      'a key in the settings',
      { mcpServers: [{ name: 'wiki', url: 'https://a.example.com', reads: [], headers: { authorization: 'Bearer abc' } }] },
      'mcpServers.0.headers.authorization: a key does not stand in settings',
    ],
    [
      'an idle time longer than the lifetime',
      { session: { idleSeconds: 900, lifetimeSeconds: 600 } },
      'session: idleSeconds (900) is longer than lifetimeSeconds (600)',
    ],
    ['an idle time AgentCore refuses', { session: { idleSeconds: 30 } }, 'session.idleSeconds: Too small'],
    [
      'a malformed ARN',
      { github: { repository: 'a/b', deployFrom: { branch: 'main' }, providerArn: 'arn:aws:s3:::x' } },
      'github.providerArn: not an ARN of iam',
    ],
    ['a branch pattern', { github: { repository: 'a/b', deployFrom: { branch: 'release/*' } } }, 'github.deployFrom'],
    [
      'a subnet that is none',
      { network: { mode: 'vpc', subnets: ['net-1'], securityGroups: ['sg-1'] } },
      'network.subnets.0: a subnet id begins with subnet-',
    ],
    [
      'a gateway without targets',
      { gateway: {} },
      'gateway.targets: name at least one of pagerduty, jira, confluence, or a server with via',
    ],
    [
      'a server behind a gateway that is not there',
      { mcpServers: ['github', { name: 'wiki', url: 'https://a.example.com', reads: [], via: 'gateway' }] },
      'mcpServers.1.via: there is no gateway to stand behind: add gateway: {}',
    ],
    [
      'a server behind the gateway that writes as a person',
      { gateway: {}, mcpServers: [{ name: 'wiki', url: 'https://a.example.com', reads: [], actsAs: 'atlassian', via: 'gateway' }] },
      'mcpServers.0.actsAs: what is changed as a person needs that person’s own token, which only a direct connection carries',
    ],
    [
      'a site with a path',
      { gateway: { targets: { jira: { site: 'https://n.atlassian.net/jira' } } } },
      'gateway.targets.jira.site: the site without a path',
    ],
    ['a misspelt key', { regoin: 'us-east-1' }, 'Unrecognized key: "regoin"'],
    [
      'a knowledge base id in small letters',
      { knowledgeBases: [{ id: 'northwind1', name: 'A' }] },
      'knowledgeBases.0.id: a knowledge base id has ten',
    ],
    ['a knowledge base without a name', { knowledgeBases: [{ id: 'NORTHWIND1' }] }, 'knowledgeBases.0.name: '],
    [
      'a knowledge base in a region of its own making',
      { knowledgeBases: [{ id: 'NORTHWIND1', name: 'A', region: 'us-east-9' }] },
      'knowledgeBases.0.region: ',
    ],
  ])('say in words what is wrong with %s', (_, change, words) => {
    expect(() => parseSettings('trial', { ...leastSettings, ...change })).toThrow(words);
  });

  it('name all problems at once, and the file', () => {
    const wrong = { ...leastSettings, account: '1', region: 'mars', company: '' };
    expect(() => parseSettings('trial', wrong)).toThrow(
      /^stacks\/environments\/trial\.ts has 3 problems:\n {2}account: .*\n {2}region: .*\n {2}company: /,
    );
  });

  it('have defaults that are the ones of the architecture', () => {
    expect(parseSettings('trial', leastSettings)).toMatchObject({
      environment: 'trial',
      session: { scope: 'thread', idleSeconds: 900, lifetimeSeconds: 28_800 },
      network: { mode: 'public' },
      receiver: { memoryMegabytes: 512, timeoutSeconds: 10 },
      invoker: { memoryMegabytes: 256, timeoutSeconds: 900 },
      deletionProtection: true,
    });
  });

  it('name what is composed of region, account and bot', () => {
    const settings = parseSettings('trial', leastSettings);
    expect(nameOf(settings, 'receiver')).toBe('use1-dev-vera-receiver');
    expect(runtimeNameOf(settings)).toBe('use1_dev_vera_runtime');
    expect(['us-west-2', 'eu-central-1', 'ap-southeast-2', 'ap-northeast-1', 'il-central-1'].map(regionCodeOf)).toEqual([
      'usw2',
      'euc1',
      'apse2',
      'apne1',
      'ilc1',
    ]);
  });

  it('keep every name within the limits of AWS, however long the parts are', () => {
    const settings = parseSettings('trial', {
      ...leastSettings,
      region: 'ap-northeast-3',
      accountCode: 'a2345678',
      botName: 'a234567890123456',
    });
    expect(nameOf(settings, 'invoker-failures').length).toBeLessThanOrEqual(64);
    expect(runtimeNameOf(settings).length).toBeLessThanOrEqual(48);
    expect(nameOf(settings, 'gateway').length).toBeLessThanOrEqual(48);
    expect(nameOf(settings, `${settings.account}-schemas`).length).toBeLessThanOrEqual(63);
    expect(nameOf(settings, settings.account).length).toBeLessThanOrEqual(63);
  });

  it('are read from the file of their name, and a name without a file says which there are', async () => {
    expect(await loadSettings('trial')).toMatchObject({ environment: 'trial', ...trial });
    await expect(loadSettings('nowhere')).rejects.toThrow(/no stacks\/environments\/nowhere\.ts.*\bproduction\b.*\btrial\b/);
    await expect(loadSettings('../main')).rejects.toThrow(/VERA_ENVIRONMENT takes one of/);
  });
});
