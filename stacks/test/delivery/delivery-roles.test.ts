import { readFileSync } from 'node:fs';
import { isAllowed } from '@vera/aws-stand-in/iam/is-allowed';
import { describe, expect, it } from 'vitest';
import { type DeployedRole, deployedRolesOf } from '../../permissions/deployment-of.ts';
import { createReferences } from '../../permissions/references.ts';
import { resourcesOfType } from '../../permissions/stacks-json.ts';
import { production } from '../example-settings.ts';
import { actionsMatching } from '../permissions/iam-facts.ts';
import { calls, type ProviderCall } from './provider-call.ts';
import { callsOf, providerCalls, stacks, stacksOnLambda, stacksWithBuilder } from './provider-calls.ts';

const roles = deployedRolesOf(stacks);
const [plan, deploy] = ['delivery/plan', 'delivery/deploy'].map((path) => roles.find((role) => role.path === path)) as [
  DeployedRole,
  DeployedRole,
];

/** What an upgrade removes, and a step back makes again: the filters that counted lines in the last version. */
const ofLastVersion = [
  '/aws/lambda/use1-prod-vera-sweeper',
  '/aws/bedrock-agentcore/runtimes/use1_prod_vera_runtime-0123456789-production',
].flatMap((group) =>
  calls(`arn:aws:logs:us-east-1:444455556666:log-group:${group}`, 'logs', {
    create: 'PutMetricFilter',
    read: 'DescribeMetricFilters',
    delete: 'DeleteMetricFilter',
  }),
);

const refused = ({ statements }: DeployedRole, calls: readonly ProviderCall[]) =>
  calls.filter((call) => !isAllowed(statements, call)).map(({ phase, action, resource }) => `${phase} ${action} ${resource}`);

describe('the roles of GitHub’s workflows', () => {
  it('have every kind of resource in the table of what the provider calls', () => {
    const kinds = new Set(
      [...stacks.values(), ...stacksOnLambda.values(), ...stacksWithBuilder.values()].flatMap(({ resource }) => Object.keys(resource)),
    );
    expect([...kinds].filter((kind) => kind.startsWith('aws_') && !(kind in providerCalls))).toEqual([]);
  });

  it('are held to a table of actions that exist', async () => {
    const actions = [...new Set(callsOf().map(({ action }) => action))];
    const known = await Promise.all(actions.map(async (action) => (await actionsMatching(action)).length === 1));
    expect(actions.filter((_, index) => !known[index])).toEqual([]);
  });

  it('may read what a plan reads', () => {
    expect(
      refused(
        plan,
        callsOf().filter(({ phase }) => phase === 'read'),
      ),
    ).toEqual([]);
  });

  it('may, to deploy, make, read, change and remove everything', () => {
    expect(refused(deploy, [...callsOf(), ...ofLastVersion])).toEqual([]);
  });

  it.each([
    ['plan', plan],
    ['deploy', deploy],
  ] as const)('%s: each grant, beside those on the state, is needed by some call', (name, role) => {
    const needed = [...callsOf(), ...ofLastVersion].filter(({ phase }) => name === 'deploy' || phase === 'read');
    const idle = role.statements
      .filter(({ Sid }) => !Sid?.startsWith('State'))
      .flatMap((statement) => [
        ...statement.Action.map((action) => ({ ...statement, Action: [action] })),
        ...statement.Resource.map((resource) => ({ ...statement, Resource: [resource] })),
      ])
      .filter((grant) => !needed.some((call) => isAllowed([grant], call)));
    expect(idle).toEqual([]);
  });

  it.each([
    ['plan', plan],
    ['deploy', deploy],
  ] as const)('%s: without any one statement, some call is refused', (name, { statements, ...role }) => {
    const needed = callsOf().filter(({ phase }) => name === 'deploy' || phase === 'read');
    const isIdle = (dropped: (typeof statements)[number]) => {
      const rest = { ...role, statements: statements.filter((one) => one !== dropped) };
      // Few calls are its own, which is soon told; all of the others’ would be asked of all of them.
      return !needed.some((call) => isAllowed([dropped], call) && refused(rest, [call]).length > 0);
    };
    expect(statements.filter(({ Sid }) => !Sid?.startsWith('State')).filter(isIdle)).toEqual([]);
  });

  it('may, to plan, change nothing', () => {
    const changes = callsOf().filter(({ phase, action }) => phase !== 'read' && !/:(?:Get|Describe|List|Decrypt)/.test(action));
    expect(changes.filter((call) => isAllowed(plan.statements, call))).toEqual([]);
  });

  it.each([
    ['plan', plan],
    ['deploy', deploy],
  ] as const)('%s: reads no conversation, no memory, no log, no key and no secret but the gateway client’s', (_, { statements }) => {
    const { account, region } = production;
    const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
    const table = arn('dynamodb', 'table/use1-prod-vera-ledger');
    const memory = arn('bedrock-agentcore', 'memory/use1_prod_vera-XXXXXXXXXX');
    const group = arn('logs', 'log-group:/aws/lambda/use1-prod-vera-receiver');
    const secretOf = (name: string) => arn('secretsmanager', `secret:${name}-XXXXXX`);
    const data: readonly (readonly [string, string])[] = [
      ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'ExportTableToPointInTime'].map((name) => [`dynamodb:${name}`, table] as const),
      ...['GetMemoryRecord', 'ListMemoryRecords', 'RetrieveMemoryRecords', 'GetEvent', 'ListEvents', 'ListSessions'].map(
        (name) => [`bedrock-agentcore:${name}`, memory] as const,
      ),
      ['bedrock-agentcore:GetResourceApiKey', arn('bedrock-agentcore', 'token-vault/default')],
      ['bedrock-agentcore:GetWorkloadAccessToken', arn('bedrock-agentcore', 'workload-identity-directory/default')],
      ['bedrock-agentcore:InvokeAgentRuntime', arn('bedrock-agentcore', 'runtime/use1_prod_vera_runtime-XXXXXXXXXX')],
      ['logs:FilterLogEvents', group],
      ['logs:GetLogEvents', `${group}:log-stream:x`],
      ['sqs:ReceiveMessage', arn('sqs', 'use1-prod-vera-invoker-failures')],
      ['bedrock:Retrieve', `arn:aws:bedrock:us-west-2:${account}:knowledge-base/NORTHWIND1`],
      ['secretsmanager:GetSecretValue', secretOf('use1-prod-vera-secrets')],
      ['secretsmanager:GetSecretValue', secretOf('bedrock-agentcore-identity!default/apikey/use1-prod-vera-jira')],
      ['s3:GetObject', 'arn:aws:s3:::northwind-terraform-state/another/production/worker.tfstate'],
    ];
    const context = { 'aws:ResourceTag/vera:bot': 'vera', 'aws:ResourceTag/vera:environment': 'production' };
    expect(data.filter(([action, resource]) => isAllowed(statements, { action, resource, context }))).toEqual([]);
    const client = { action: 'secretsmanager:GetSecretValue', resource: secretOf('use1-prod-vera-gateway-client') };
    expect(isAllowed(statements, client)).toBe(true);
  });

  it('reads, to plan, what the workflows’ README says: code, variables, templates, the state, the gateway client', () => {
    const { account, region } = production;
    const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
    const read = [
      ['lambda:GetFunction', arn('lambda', 'function:use1-prod-vera-receiver')],
      ['cloudformation:GetTemplate', arn('cloudformation', 'stack/use1-prod-vera-runtime/1')],
      ['s3:GetObject', `arn:aws:s3:::use1-prod-vera-${account}-schemas/jira.json`],
      ['s3:GetObject', 'arn:aws:s3:::northwind-terraform-state/use1-prod-vera/production/gateway.tfstate'],
      ['secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:use1-prod-vera-gateway-client-XXXXXX')],
    ] as const;
    const context = { 'aws:ResourceTag/vera:bot': 'vera', 'aws:ResourceTag/vera:environment': 'production' };
    expect(read.filter(([action, resource]) => !isAllowed(plan.statements, { action, resource, context }))).toEqual([]);
    const words = readFileSync(new URL('../../../.github/workflows/README.md', import.meta.url), 'utf8').replaceAll('\n', ' ');
    for (const told of ['code of functions', 'templates', 'OpenAPI documents', '**state**', "secret of the gateway's client"])
      expect(words).toContain(told);
  });

  it('may, to plan, decrypt for the gateway client’s secret only, and through Secrets Manager', () => {
    const resource = resourcesOfType(stacks, 'aws_kms_key').map(({ stack, id }) =>
      createReferences(stacks).attributeOf(stack, 'aws_kms_key', id, 'arn'),
    )[0]!;
    const decrypting = (via: string, secret: string, [bot, environment] = ['vera', 'production']) =>
      isAllowed(plan.statements, {
        action: 'kms:Decrypt',
        resource,
        context: {
          'aws:ResourceTag/vera:bot': bot,
          'aws:ResourceTag/vera:environment': environment,
          'kms:ViaService': `${via}.us-east-1.amazonaws.com`,
          'kms:EncryptionContext:SecretARN': `arn:aws:secretsmanager:us-east-1:${production.account}:secret:${secret}-XXXXXX`,
        },
      });
    expect(decrypting('secretsmanager', 'use1-prod-vera-gateway-client')).toBe(true);
    expect(decrypting('secretsmanager', 'use1-prod-vera-secrets')).toBe(false);
    expect(decrypting('dynamodb', 'use1-prod-vera-gateway-client')).toBe(false);
    expect(decrypting('secretsmanager', 'use1-prod-vera-gateway-client', ['another', 'production'])).toBe(false);
    expect(decrypting('secretsmanager', 'use1-prod-vera-gateway-client', ['vera', 'staging'])).toBe(false);
  });
});

describe('who publishes an image of main', () => {
  const { statements } = roles.find(({ path }) => path === 'delivery/publish')!;
  const repository = (name: string) => `arn:aws:ecr:us-east-1:${production.account}:repository/${name}`;
  const may = async (pattern: string, resource: string) => {
    const actions = (await actionsMatching(pattern)).map(({ name }) => name);
    return actions.filter((action) => isAllowed(statements, { action, resource, context: {} })).sort();
  };

  it('pushes into the worker’s repository, takes nothing away, and changes no rule of it', async () => {
    const allowed = await may('ecr:*', repository('use1-prod-vera-worker'));
    expect(allowed).toContain('ecr:PutImage');
    expect(allowed.filter((action) => /Delete|Policy|Mutability|Tag|Lifecycle/.test(action))).toEqual([]);
    expect(await may('ecr:*', repository('use1-prod-another-worker'))).toEqual(['ecr:GetAuthorizationToken']);
    for (const service of ['iam', 's3', 'lambda', 'bedrock-agentcore', 'sts']) expect(await may(`${service}:*`, '*')).toEqual([]);
  });

  it('is main alone: no pull request, no other branch', () => {
    const [trust] = resourcesOfType(stacks, 'aws_iam_role').filter(({ resource }) => resource.name === 'use1-prod-vera-publish');
    expect(/:sub":(\[[^\]]*\]|"[^"]*")/.exec(String(trust?.resource.assume_role_policy))?.[1]).toBe(
      '["repo:northwind/vera:ref:refs/heads/main"]',
    );
  });
});

describe('D19 releases, which hold plans and so secrets', () => {
  const roleOf = (name: string) => roles.find(({ path }) => path === `delivery/${name}`)!.statements;
  const [ours, states] = ['plans/use1-prod-vera/production/1-1/abc.tgz', 'use1-prod-vera/production/worker.tfstate'].map(
    (key) => `arn:aws:s3:::northwind-terraform-state/${key}`,
  ) as [string, string];
  const elsewhere = 'arn:aws:s3:::northwind-terraform-state/plans/use1-prod-vera/staging/1-1/abc.tgz';
  const objectActions = ['GetObject', 'PutObject', 'DeleteObject', 'GetObjectVersion'].map((name) => `s3:${name}`);
  const allowed = (name: string, resource: string) =>
    objectActions.filter((action) => isAllowed(roleOf(name), { action, resource, context: {} }));

  it('D19 are put by who plans on main and got by who passed the approval; neither may do the other’s, and a pull request nothing', () => {
    expect(['propose', 'deploy', 'plan'].map((name) => allowed(name, ours))).toEqual([['s3:PutObject'], ['s3:GetObject'], []]);
    expect(['propose', 'deploy', 'plan'].flatMap((name) => allowed(name, elsewhere))).toEqual([]);
  });

  it('D19 do not open the state: who plans reads it, on main as in a pull request', () => {
    expect(['propose', 'plan'].map((name) => allowed(name, states))).toEqual([['s3:GetObject'], ['s3:GetObject']]);
  });

  it('D19 are planned by main alone: no pull request and no other branch is that role', () => {
    const trusts = resourcesOfType(stacks, 'aws_iam_role').filter(({ resource }) => resource.name === 'use1-prod-vera-propose');
    const subjects = trusts.map(({ resource }) => /:sub":(\[[^\]]*\]|"[^"]*")/.exec(String(resource.assume_role_policy))?.[1]);
    expect(subjects).toEqual(['["repo:northwind/vera:ref:refs/heads/main"]']);
  });

  it('who plans on main may do what who plans a pull request may, and put a release; nothing else', () => {
    const own = roleOf('propose').filter(({ Sid }) => Sid !== 'StateReleases');
    expect(own).toEqual(roleOf('plan'));
    expect(roleOf('propose').length).toBe(own.length + 1);
  });
});
