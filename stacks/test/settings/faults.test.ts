import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../settings/settings.ts';
import { leastSettings } from '../synthesised.ts';

const withChange = (change: object) => parseSettings('trial', { ...leastSettings, ...change });
const told = (change: object) => {
  try {
    withChange(change);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
};

const profile = (region: string, account = '111122223333') =>
  `arn:aws:bedrock:${region}:${account}:application-inference-profile/abc123def456`;
const uriIn = (region: string) => `111122223333.dkr.ecr.${region}.amazonaws.com/vera@sha256:${'a'.repeat(64)}`;
const github = { repository: 'northwind/vera', deployFrom: { environment: 'trial' } };
const state = { bucket: 'northwind-state', region: 'us-east-1' };
const front = {
  receiver: 'slack.northwind.example',
  portal: 'vera.northwind.example',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f',
};
const roleNamed = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const permissionsBoundary = 'arn:aws:iam::111122223333:policy/team/vera-boundary';

describe('settings that cannot work', () => {
  it.each<[string, object, string]>([
    [
      'a European profile in Virginia',
      { model: { id: 'eu.anthropic.claude-sonnet-5-5' } },
      "model.id: profiles of 'eu.' cannot be called from us-east-1: take one of 'us.' or 'global.'",
    ],
    [
      'a helper’s American profile in Frankfurt',
      {
        region: 'eu-central-1',
        model: { id: 'eu.anthropic.claude-sonnet-5-5', helpers: { fast: 'us.anthropic.claude-haiku-4-5-20251001-v1:0' } },
      },
      "model.helpers.fast: profiles of 'us.' cannot be called from eu-central-1",
    ],
    ['a Japanese profile in Seoul', { region: 'ap-northeast-2', model: { id: 'jp.anthropic.claude-sonnet-5-5' } }, "'apac.' or 'global.'"],
    ['a profile of GovCloud', { model: { id: 'us-gov.anthropic.claude-sonnet-5-5' } }, "profiles of 'us-gov.' cannot"],
    ['an own profile of another region', { model: { id: profile('us-west-2') } }, 'model.id: this inference profile is in us-west-2'],
    ['an own profile of another account', { model: { id: profile('us-east-1', '999988887777') } }, 'profile is of account 999988887777'],
    ['an account’s name that Cognito refuses', { accountCode: 'aws1' }, 'accountCode: Cognito refuses domains with aws'],
    ['a bucket with two dots in a row', { state: { ...state, bucket: 'northwind..state' } }, 'state.bucket: a bucket name has no two dots'],
    ['a bucket like an address', { state: { ...state, bucket: '10.0.0.1' } }, 'state.bucket: a bucket name does not look like an IP'],
    ['a bucket that S3 keeps for itself', { state: { ...state, bucket: 'vera-s3alias' } }, 'state.bucket: S3 keeps names'],
    ['a subnet with letters beyond f', { network: vpc('subnet-0123456g', 'sg-01234567') }, 'network.subnets.0: a subnet id begins with'],
    ['a security group of nine digits', { network: vpc('subnet-01234567', 'sg-012345678') }, 'network.securityGroups.0: a security group'],
    ['a network of another kind', { network: { mode: 'private' } }, "network.mode: the mode is 'public' or 'vpc'"],
    [
      'a question longer than a Lambda',
      { worker: { on: 'lambda' }, limits: { seconds: 781 } },
      'limits.seconds: 781 is longer than a question may take on Lambda, which ends after fifteen minutes: at most 780',
    ],
    [
      'a version of a runtime that is not there',
      { worker: { on: 'lambda' }, rollBackTo: 3 },
      'rollBackTo: that is a version of AgentCore’s',
    ],
    ['a limit that AgentCore does not have', { worker: { reservedConcurrency: 5 } }, 'worker.reservedConcurrency: AgentCore has no such'],
    [
      'an image by its tag',
      { image: { uri: uriIn('us-east-1').replace(/@.*/, ':latest') } },
      'image.uri: an image in Amazon ECR by its digest',
    ],
    [
      'an image of another registry',
      { image: { uri: `ghcr.io/northwind/vera@sha256:${'a'.repeat(64)}` } },
      'take none of another registry',
    ],
    ['an image of another region', { image: { uri: uriIn('eu-west-1') } }, 'image.uri: it is in eu-west-1, and an image is fetched in'],
    ['an image that is built in two places', { image: { build: 'kaniko' } }, 'image.build: '],
    ...['x//y', 'x.', '.x', 'x/', 'x/-y', 'x._y'].map((name): [string, object, string] => [
      `an image of a repository that ECR has none of: ${name}`,
      { image: { uri: uriIn('us-east-1').replace(/com\/.*@/, `com/${name}@`) } },
      'image.uri: an image in Amazon ECR by its digest',
    ]),
    ...['v-.example', 'localhost.1', '10.0.0.1', '-v.example'].map((portal): [string, object, string] => [
      `no name of a host: ${portal}`,
      { front: { ...front, portal } },
      'front.portal: a name such as',
    ]),
    ...['d111.cloudfront.net', 'abc.lambda-url.us-east-1.on.aws', 'x.execute-api.us-east-1.amazonaws.com'].map(
      (portal): [string, object, string] => [
        `a name of AWS’s: ${portal}`,
        { front: { ...front, portal } },
        'front.portal: a name of your own',
      ],
    ),
    ['a subnet twice', { network: { ...vpc('', 'sg-0a1b2c3d'), subnets: ['subnet-0a1b2c3d', 'subnet-0a1b2c3d'] } }, 'one is named twice'],
    [
      'a security group twice',
      { network: { ...vpc('subnet-0a1b2c3d', ''), securityGroups: ['sg-0a1b2c3d', 'sg-0a1b2c3d'] } },
      'network.securityGroups: one is named twice',
    ],
    ['one role for two', { roles: { receiver: roleNamed('x'), worker: roleNamed('x') } }, 'roles.worker: receiver has this one'],
    ['a role of AWS’s', { roles: { worker: roleNamed('aws-service-role/x.amazonaws.com/x') } }, 'roles.worker: the ARN of a role whose'],
    ['a path for a role', { roles: { worker: roleNamed('x/') } }, 'roles.worker: the ARN of a role whose'],
    ['a role of Vera’s own', { roles: { worker: roleNamed('use1-dev-vera-deploy') } }, 'roles.worker: use1-dev-vera-… are Vera’s own'],
    ['one of them under a path', { roles: { worker: roleNamed('x/use1-dev-vera-plan') } }, 'roles.worker: use1-dev-vera-… are Vera’s own'],
    ['a role that builds, where nothing does', { roles: { image: roleNamed('x') } }, 'roles.image: nothing is built with it'],
    ['a role of no gateway', { roles: { gateway: roleNamed('x') } }, 'roles.gateway: there is no gateway'],
    ['a role that nobody looks with', { roles: { 'aws-reader': roleNamed('x') } }, 'roles.aws-reader: no server of mcpServers'],
    [
      'deployments from a branch, which the workflows do not ask for',
      { github: { ...github, deployFrom: { branch: 'main' } }, state, permissionsBoundary },
      'github.deployFrom.branch: a job that deploys names an environment',
    ],
    [
      'deployments from an environment that no workflow names',
      { github: { ...github, deployFrom: { environment: 'production' } }, state, permissionsBoundary },
      "github.deployFrom.environment: the workflows deploy trial.ts from the environment 'trial' of GitHub, and no other",
    ],
    [
      'an image from two places',
      { image: { uri: uriIn('us-east-1'), build: 'docker' } },
      "image: uri does not go with build: 'docker': it is one or the other",
    ],
    [
      'subnets that nothing stands in',
      { network: { mode: 'public', subnets: ['subnet-01234567'] } },
      "network: subnets does not go with mode: 'public'",
    ],
    ['logs without an end', { logDays: 0 }, 'logDays: a retention CloudWatch knows, such as 30; 3653, ten years, at most'],
    [
      'a stop that comes too late',
      { session: { idleSeconds: 300, stopAfterMinutes: 5 } },
      "session.stopAfterMinutes: a session is gone by itself after idleSeconds (300), before these minutes are over: take fewer, or 'never'",
    ],
    [
      'a knowledge base twice',
      { knowledgeBases: [base('A'), { ...base('B'), region: 'us-east-1' }] },
      'knowledgeBases.1.id: NORTHWIND1 stands there already: each search would find all of it twice',
    ],
    [
      'a knowledge base in two regions',
      { knowledgeBases: [base('A'), { ...base('B'), region: 'us-west-2' }] },
      'knowledgeBases.1.id: NORTHWIND1 stands there already in another region',
    ],
    ['GitHub without a state', { github, permissionsBoundary }, 'github: a workflow’s machine forgets what it deployed'],
    ['GitHub without a ceiling', { github, state }, 'github: whoever may deploy makes roles'],
    [
      'another account’s identity provider',
      { github: { ...github, providerArn: 'arn:aws:iam::999988887777:oidc-provider/token.actions.githubusercontent.com' } },
      'github.providerArn: a provider of account 111122223333 is needed',
    ],
    [
      'another account’s ceiling',
      { permissionsBoundary: 'arn:aws:iam::999988887777:policy/b' },
      'permissionsBoundary: a policy of account',
    ],
    ['a ceiling that is a role', { permissionsBoundary: 'arn:aws:iam::111122223333:role/b' }, 'permissionsBoundary: the ARN of a policy'],
    [
      'a question that outlives its session',
      { limits: { seconds: 900 }, session: { idleSeconds: 60, lifetimeSeconds: 600 } },
      'limits.seconds: a question may take longer (900) than its session may live',
    ],
    ['fewer tokens than one call may write', { limits: { tokens: 8000 } }, 'limits.tokens: 8000 is less than one model call may write'],
    [
      'a day’s budget of less than one call',
      { budgets: { channel: { tokensPerDay: 5000 } } },
      'budgets.channel.tokensPerDay: 5000 is less',
    ],
    ['a day’s cents', { budgets: { person: { dollarsPerDay: 0.05 } } }, 'budgets.person.dollarsPerDay: $0.05 is less'],
    [
      'a question that is lost before it is brought again',
      { questions: { unheldSeconds: 60 } },
      'questions.unheldSeconds: a question would count as lost (60) before it is brought again (questions.deliveryGraceSeconds is 120)',
    ],
    ['the same by the other of the two', { questions: { deliveryGraceSeconds: 900 } }, 'questions.unheldSeconds: a question would count'],
    [
      'a program in no image',
      { mcpServers: [{ name: 'own', command: 'uvx', args: ['x'], reads: [] }] },
      'mcpServers.0.command: uvx is in no image',
    ],
    ['a program at another place', { mcpServers: [{ name: 'own', command: '/usr/bin/azmcp', reads: [] }] }, 'is in no image of the worker'],
    ['a tag of AWS', { tags: { 'AWS:team': 'x' } }, 'tags.AWS:team: AWS keeps names that begin with aws:'],
    ['a tag that is ours', { tags: { 'vera:bot': 'other' } }, 'tags.vera:bot: names that begin with vera: are ours'],
    [
      'a tag that is ours for IAM',
      { tags: { 'Vera:Environment': 'other' } },
      'tags.Vera:Environment: names that begin with vera: are ours',
    ],
    ['two tags that are one for IAM', { tags: { Team: 'a', team: 'b' } }, "tags.team: it is 'Team' for IAM"],
    ['a tag with a letter AWS refuses', { tags: { team: 'a&b' } }, 'tags.team: the value of a tag has at most 256'],
    ['a tag of 129 letters', { tags: { ['x'.repeat(129)]: '' } }, 'the name of a tag has 1 to 128 letters'],
    ['49 tags', { tags: Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`t${index}`, ''])) }, 'tags: 49 tags; AWS takes 48'],
    ['one topic twice', { guardrail: { topics: [topic('A'), topic('A')] } }, 'guardrail.topics: each topic needs a name of its own'],
    ['one mask twice', { guardrail: { mask: ['EMAIL', 'EMAIL'] } }, 'guardrail.mask: one kind is there twice'],
  ])('are refused by name: %s', (_, change, words) => {
    expect(told(change).join('\n')).toContain(words);
  });

  it.each<[string, object]>([
    ['a profile of the whole world', { region: 'af-south-1', model: { id: 'global.anthropic.claude-sonnet-5-5' } }],
    ['an American profile in Canada', { region: 'ca-central-1', model: { id: 'us.anthropic.claude-sonnet-5-5' } }],
    ['a geography that came later', { model: { id: 'zz.anthropic.claude-sonnet-5-5' } }],
    ['an own profile of here', { model: { id: profile('us-east-1') } }],
    ['GitHub with all it needs', { github, state, permissionsBoundary }],
    ['a ceiling of AWS’s own', { permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' }],
    ['a question as long as its session', { limits: { seconds: 600 }, session: { idleSeconds: 60, lifetimeSeconds: 600 } }],
    ['tags of a company', { tags: { 'cost-center': '4711', Team: 'Plattform Ä', owner: 'a+b@example.com' } }],
    ['programs that an image has', { mcpServers: ['azure', { name: 'own', command: 'node', args: ['/x.mjs'], reads: [] }] }],
    ['logs of ten years', { logDays: 3653 }],
    ['a session that idles for a minute', { session: { idleSeconds: 60 } }],
    ['a stop before the idle time is over', { session: { idleSeconds: 301, stopAfterMinutes: 5 } }],
    [
      'a knowledge base with two filters',
      { knowledgeBases: [base('A'), { ...base('B'), filter: { equals: { key: 'team', value: 'x' } } }] },
    ],
    ['a VPC', { network: vpc('subnet-01234567', 'sg-0123456789abcdef0') }],
  ])('are not: %s', (_, change) => {
    expect(told(change)).toEqual([]);
  });

  it('say of an image from two places one sentence, and nothing else', () => {
    expect(told({ image: { uri: uriIn('us-east-1'), build: 'docker' } })).toHaveLength(1);
  });

  it('are named all at once, a wrong key and a wrong type hiding nothing', () => {
    const input = {
      ...{ account: '1', region: 'eu-central-1', botNam: 'vera', sesion: {} },
      ...{ session: { idleSecond: 900, idleSeconds: 900, lifetimeSeconds: 600 }, github: { ...github, repo: 'x' } },
      ...{ limits: { seconds: 10_000 }, tags: { 'aws:x': '' } },
    };
    expect(told({ ...input, botName: undefined })).toEqual([
      '  (the whole): Unrecognized key: "botNam"; did you mean "botName"?',
      '  (the whole): Unrecognized key: "sesion"; did you mean "session"?',
      '  session: Unrecognized key: "idleSecond"; did you mean "idleSeconds"?',
      '  github: Unrecognized key: "repo"; there are repository, deployFrom, providerArn',
      '  account: an AWS account id has 12 digits',
      '  botName: this is missing',
      '  limits.seconds: 3600 or less is needed, and 10000 was given',
      '  tags.aws:x: AWS keeps names that begin with aws: for itself',
      expect.stringContaining('  session: idleSeconds (900) is longer than lifetimeSeconds (600)'),
      ...['a workflow’s machine forgets', 'whoever may deploy'].map((words) => expect.stringContaining(`  github: ${words}`)),
    ]);
  });

  it.each<[string, object, string]>([
    ['swapped letters', { regoin: 'us-east-1' }, '"regoin"; did you mean "region"?'],
    ['capitals', { botname: 'x' }, '"botname"; did you mean "botName"?'],
    [
      'one missing, deep inside',
      { knowledgeBases: [{ id: 'NORTHWIND1', name: 'A', abut: 'x' }] },
      'knowledgeBases.0: Unrecognized key: "abut"; did you mean "about"',
    ],
    [
      'in a target',
      { gateway: { targets: { pagerdutty: {} } } },
      'gateway.targets: Unrecognized key: "pagerdutty"; did you mean "pagerduty"',
    ],
    [
      'in a budget',
      { budgets: { person: { dollarPerDay: 5 } } },
      'budgets.person: Unrecognized key: "dollarPerDay"; did you mean "dollarsPerDay"',
    ],
    [
      'in one of two shapes',
      { github: { ...github, deployFrom: { enviroment: 'x' } } },
      'github.deployFrom: Unrecognized key: "enviroment"; did you mean "environment"',
    ],
    ['in a network', { network: { mode: 'vpc', subnet: [] } }, 'network: Unrecognized key: "subnet"; did you mean "subnets"'],
    ['like nothing there is', { favouriteColour: 'x' }, '"favouriteColour"; there are account, accountCode, region'],
    ['of every object', { constructor: {}, toString: {} }, '"toString"; there are account'],
  ])('say what was meant by a key with a mistake: %s', (_, change, words) => {
    expect(told(change).join('\n')).toContain(words);
  });

  it('say which of two shapes is wrong, and where', () => {
    expect(told({ guardrail: { existing: { id: 'abc123', version: 'DRAFT' } } })).toEqual([
      expect.stringMatching(/^ {2}guardrail\.existing\.version: /),
    ]);
    expect(told({ session: { stopAfterMinutes: 'nver' } }).join()).toMatch(/session.stopAfterMinutes: .*number.*; or: .*'never'/);
  });

  it('are no settings at all where they are no object', () => {
    for (const input of [null, 'x', undefined]) expect(() => parseSettings('trial', input)).toThrow('an object with settings is needed');
  });
});

function base(name: string) {
  return { id: 'NORTHWIND1', name };
}

function vpc(subnet: string, securityGroup: string) {
  return { mode: 'vpc', subnets: [subnet], securityGroups: [securityGroup] };
}

function topic(name: string) {
  return { name, definition: 'x' };
}
