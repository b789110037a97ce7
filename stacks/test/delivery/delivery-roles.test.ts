import { isAllowed } from '@vera/aws-stand-in/iam/is-allowed';
import { describe, expect, it } from 'vitest';
import { type DeployedRole, deployedRolesOf } from '../../permissions/deployment-of.ts';
import { createReferences } from '../../permissions/references.ts';
import { resourcesOfType } from '../../permissions/stacks-json.ts';
import { production } from '../example-settings.ts';
import { actionsMatching } from '../permissions/iam-facts.ts';
import { synthesise } from '../synthesised.ts';
import { callsForAgents } from './calls-for-agents.ts';
import { callsForData } from './calls-for-data.ts';
import { callsForMachinery } from './calls-for-machinery.ts';
import { callsForWatching } from './calls-for-watching.ts';
import type { ProviderCall } from './provider-call.ts';

/** What Terraform's AWS provider 6.25 calls for each kind of resource, from its documentation and its source, and from AWS's own. */
const providerCalls = { ...callsForData, ...callsForAgents, ...callsForMachinery, ...callsForWatching };

const { stacks } = synthesise(production, 'production');
const roles = deployedRolesOf(stacks);
const [plan, deploy] = ['delivery/plan', 'delivery/deploy'].map((path) => roles.find((role) => role.path === path)) as [
  DeployedRole,
  DeployedRole,
];

/** The calls that everything in the stacks of production takes. */
function callsOf(): readonly ProviderCall[] {
  const references = createReferences(stacks);
  const place = { account: production.account, region: production.region };
  const [key] = resourcesOfType(stacks, 'aws_kms_key');
  const keyArn = references.attributeOf(key!.stack, 'aws_kms_key', key!.id, 'arn');
  return Object.entries(providerCalls).flatMap(([type, calls]) =>
    resourcesOfType(stacks, type).flatMap(({ stack, id }) =>
      calls({
        of: (attribute) => references.attributeOf(stack, type, id, attribute),
        arn: (service, resource) => `arn:aws:${service}:${place.region}:${place.account}:${resource}`,
        keyArn,
        ...place,
      }),
    ),
  );
}

const refused = ({ statements }: DeployedRole, calls: readonly ProviderCall[]) =>
  calls.filter((call) => !isAllowed(statements, call)).map(({ phase, action, resource }) => `${phase} ${action} ${resource}`);

describe('the roles of GitHub’s workflows', () => {
  it('have every kind of resource in the table of what the provider calls', () => {
    const kinds = new Set([...stacks.values()].flatMap(({ resource }) => Object.keys(resource)));
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
    expect(refused(deploy, callsOf())).toEqual([]);
  });

  it.each([
    ['plan', plan],
    ['deploy', deploy],
  ] as const)('%s: each grant, beside those on the state, is needed by some call', (name, role) => {
    const needed = callsOf().filter(({ phase }) => name === 'deploy' || phase === 'read');
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
    for (const dropped of statements.filter(({ Sid }) => !Sid?.startsWith('State')))
      expect(refused({ ...role, statements: statements.filter((one) => one !== dropped) }, needed), dropped.Sid).not.toEqual([]);
  });

  it('may, to plan, change nothing', () => {
    const changes = callsOf().filter(({ phase, action }) => phase !== 'read' && !/:(?:Get|Describe|List|Decrypt)/.test(action));
    expect(changes.filter((call) => isAllowed(plan.statements, call))).toEqual([]);
  });

  describe('rights over rights', () => {
    const roleArn = (name: string, account = production.account) => `arn:aws:iam::${account}:role/${name}`;
    const ours = roleArn('use1-prod-vera-worker');
    const foreign = [roleArn('administrator'), roleArn('use1-prod-verax'), roleArn('use1-prod-vera-worker', '999988887777')];
    const passing = ({ statements }: DeployedRole, resource: string, service: string) =>
      isAllowed(statements, { action: 'iam:PassRole', resource, context: { 'iam:PassedToService': service } });

    it('iam:PassRole: to deploy, our roles alone, and to Lambda and AgentCore alone', () => {
      expect(passing(deploy, ours, 'lambda.amazonaws.com')).toBe(true);
      expect(passing(deploy, ours, 'bedrock-agentcore.amazonaws.com')).toBe(true);
      expect(passing(deploy, ours, 'ec2.amazonaws.com')).toBe(false);
      expect(foreign.filter((role) => passing(deploy, role, 'lambda.amazonaws.com'))).toEqual([]);
    });

    it('iam:UpdateAssumeRolePolicy: to deploy, of our roles alone', () => {
      const action = 'iam:UpdateAssumeRolePolicy';
      expect(isAllowed(deploy.statements, { action, resource: ours })).toBe(true);
      expect(foreign.filter((resource) => isAllowed(deploy.statements, { action, resource }))).toEqual([]);
    });

    it('neither of them to plan', () => {
      for (const resource of [ours, ...foreign]) {
        expect(isAllowed(plan.statements, { action: 'iam:UpdateAssumeRolePolicy', resource })).toBe(false);
        expect(passing(plan, resource, 'lambda.amazonaws.com')).toBe(false);
      }
    });
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
    const context = { 'aws:ResourceTag/vera:bot': 'vera' };
    expect(data.filter(([action, resource]) => isAllowed(statements, { action, resource, context }))).toEqual([]);
    const client = { action: 'secretsmanager:GetSecretValue', resource: secretOf('use1-prod-vera-gateway-client') };
    expect(isAllowed(statements, client)).toBe(true);
  });

  it('may, to plan, decrypt for the gateway client’s secret only, and through Secrets Manager', () => {
    const resource = resourcesOfType(stacks, 'aws_kms_key').map(({ stack, id }) =>
      createReferences(stacks).attributeOf(stack, 'aws_kms_key', id, 'arn'),
    )[0]!;
    const decrypting = (via: string, secret: string, bot = 'vera') =>
      isAllowed(plan.statements, {
        action: 'kms:Decrypt',
        resource,
        context: {
          'aws:ResourceTag/vera:bot': bot,
          'kms:ViaService': `${via}.us-east-1.amazonaws.com`,
          'kms:EncryptionContext:SecretARN': `arn:aws:secretsmanager:us-east-1:${production.account}:secret:${secret}-XXXXXX`,
        },
      });
    expect(decrypting('secretsmanager', 'use1-prod-vera-gateway-client')).toBe(true);
    expect(decrypting('secretsmanager', 'use1-prod-vera-secrets')).toBe(false);
    expect(decrypting('dynamodb', 'use1-prod-vera-gateway-client')).toBe(false);
    expect(decrypting('secretsmanager', 'use1-prod-vera-gateway-client', 'another')).toBe(false);
  });
});
