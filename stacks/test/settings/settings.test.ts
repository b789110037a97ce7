import { describe, expect, it } from 'vitest';
import { settings as trial } from '../../environments/trial.ts';
import { limitedIn } from '../../settings/budgets-schema.ts';
import { loadSettings } from '../../settings/load-settings.ts';
import { nameOf, runtimeNameOf } from '../../settings/names.ts';
import { regionCodeOf, regions } from '../../settings/regions.ts';
import { parseSettings } from '../../settings/settings.ts';
import { toldBudgets } from '../../settings/told-budgets.ts';
import { leastSettings } from '../synthesised.ts';

const ownProfile = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123def456';

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
    ['an idle time AgentCore refuses', { session: { idleSeconds: 30 } }, 'session.idleSeconds: 60 or more is needed, and 30 was given'],
    [
      'a malformed ARN',
      { github: { repository: 'a/b', deployFrom: { environment: 'trial' }, providerArn: 'arn:aws:s3:::x' } },
      'github.providerArn: not an ARN of iam',
    ],
    [
      'a pattern of environments',
      { github: { repository: 'a/b', deployFrom: { environment: '*' } } },
      'github.deployFrom.environment: an environment name, without wildcards',
    ],
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
    [
      'a budget in dollars for a model without a price',
      { budgets: { person: { dollarsPerDay: 5 } }, model: { id: 'us.anthropic.claude-sonnet-5-9' } },
      'model.id: no price of 2026-11-30 for us.anthropic.claude-sonnet-5-9, so that a budget in dollars would never end: add',
    ],
    [
      'a budget in dollars for a helper’s profile that says nothing of its model',
      { budgets: { workspace: { dollarsPerDay: 5 } }, model: { id: 'us.anthropic.claude-sonnet-5-5', helpers: { fast: ownProfile } } },
      `model.helpers.fast: no price of 2026-11-30 for ${ownProfile}, so that a budget in dollars would never end: say in model.profiles`,
    ],
    ['a budget of nothing', { budgets: { person: { tokensPerDay: 0 } } }, 'budgets.person.tokensPerDay: '],
    ['a budget nobody knows', { budgets: { team: {} } }, 'budgets: Unrecognized key'],
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

  it('D15 take a budget in dollars for whatever has a price, and any model where there is none', () => {
    const withModel = (model: object, budgets: object) => () => parseSettings('trial', { ...leastSettings, model, budgets });
    const inDollars = { channel: { dollarsPerDay: 5 } };
    expect(withModel({ id: 'us.anthropic.claude-haiku-4-5-20251001-v1:0' }, inDollars)).not.toThrow();
    expect(withModel({ id: ownProfile, profiles: { [ownProfile]: 'eu.anthropic.claude-sonnet-5-5' } }, inDollars)).not.toThrow();
    expect(withModel({ id: ownProfile, profiles: { [ownProfile]: 'eu.anthropic.claude-sonnet-9' } }, inDollars)).toThrow(
      'eu.anthropic.claude-sonnet-9',
    );
    for (const budgets of [{}, { channel: { dollarsPerDay: 'off' } }]) expect(withModel({ id: ownProfile }, budgets)).not.toThrow();
  });

  it('limit a person’s day where nothing is said, and nothing where it is off', () => {
    expect(parseSettings('trial', leastSettings).budgets).toEqual({
      person: { tokensPerDay: 10_000_000, dollarsPerDay: 'off', questionsPerMinute: 10 },
      channel: { tokensPerDay: 'off', dollarsPerDay: 'off' },
      workspace: { tokensPerDay: 'off', dollarsPerDay: 'off' },
      questionsAtOnce: 20,
    });
    const person = { tokensPerDay: 'off', questionsPerMinute: 'off' } as const;
    const budgets = parseSettings('trial', { ...leastSettings, budgets: { person, questionsAtOnce: 'off' } }).budgets;
    expect(limitedIn(budgets)).toEqual({ person: {}, channel: {}, workspace: {} });
  });

  it('say in words what may be used, and at what prices', () => {
    const budgets = {
      person: { dollarsPerDay: 5, questionsPerMinute: 1 },
      channel: { tokensPerDay: 20_000 },
      questionsAtOnce: 'off',
    } as const;
    expect(toldBudgets(parseSettings('trial', { ...leastSettings, budgets }))).toEqual({
      'a question': '60 model calls, 600,000 tokens, 200 tool calls, 600 seconds',
      'a person': '10,000,000 tokens and $5.00 a day, of UTC; 1 question a minute',
      'a channel': '20,000 tokens a day, of UTC',
      'the workspace': 'no end in a day',
      'a session': 'any number of questions at once',
      'prices of 2026-11-30, a million tokens': {
        'us.anthropic.claude-sonnet-5-5': '$2.20 in, $0.22 from the cache, $2.75 into it, $11.00 out',
      },
    });
    const unknown = parseSettings('trial', { ...leastSettings, model: { id: ownProfile } });
    expect(toldBudgets(unknown)).toMatchObject({
      'prices of 2026-11-30, a million tokens': { [ownProfile]: 'not known: tokens alone are counted' },
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

  it('have a short form of each region that no other region has', () => {
    expect(new Set(regions.map(regionCodeOf)).size).toBe(regions.length);
  });

  it('keep every name within the limits of AWS, however long the parts are', () => {
    const settings = parseSettings('trial', {
      ...leastSettings,
      region: 'ap-northeast-3',
      model: { id: 'global.anthropic.claude-sonnet-5-5' },
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
