import { isAllowed } from '@vera/aws-stand-in/iam/is-allowed';
import { readerSessionPolicy } from '@vera/worker/permissions';
import { describe, expect, it } from 'vitest';
import { deployedRolesOf, statementsIn } from '../../permissions/deployment-of.ts';
import { actionsMatching } from '../permissions/iam-facts.ts';
import { leastSettings, runtimeIn, synthesise } from '../synthesised.ts';

const { stacks } = synthesise({ ...leastSettings, mcpServers: ['aws'] });
const roles = deployedRolesOf(stacks);
const [reader, worker] = ['aws-reader', 'worker'].map((name) => roles.find((role) => role.name === `use1-dev-vera-${name}`)!);
const arn = 'arn:aws:iam::111122223333:role/use1-dev-vera-aws-reader';
const session = statementsIn(JSON.stringify(readerSessionPolicy));
const allowed = reader!.statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);

const mcp = { 'aws:ViaAWSMCPService': 'true', 'aws:ResourceAccount': '111122223333' };
const mayRead = (action: string, context: Readonly<Record<string, string>> = mcp) =>
  [reader!.statements, session].every((statements) => isAllowed(statements, { action, resource: '*', context }));

describe('the reader of AWS', () => {
  it('is there only where AWS is switched on, and then only the worker takes it on', () => {
    const without = synthesise({ ...leastSettings, mcpServers: ['github'] }).stacks;
    expect(deployedRolesOf(without).map(({ name }) => name)).not.toContain('use1-dev-vera-aws-reader');
    expect(JSON.stringify([...without.values()])).not.toMatch(/AWS_READER_ROLE|ViaAWSMCPService/);
    expect(reader!.trust).toMatchObject([
      { Principal: { AWS: 'arn:aws:iam::111122223333:role/use1-dev-vera-worker' }, Action: ['sts:AssumeRole'] },
    ]);
    expect(worker!.statements).toContainEqual(expect.objectContaining({ Action: ['sts:AssumeRole'], Resource: [arn] }));
    expect(runtimeIn(stacks).EnvironmentVariables).toMatchObject({
      AWS_READER_ROLE: arn,
      MCP_SERVERS: '["aws"]',
    });
  });

  it('may only read: each of its actions is a read for AWS itself', async () => {
    const facts = (await Promise.all(allowed.map(actionsMatching))).flat();
    expect(facts.map(({ name }) => name).sort()).toEqual([...allowed].sort());
    expect(facts.filter(({ onlyReads }) => !onlyReads)).toEqual([]);
    expect(allowed.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('may read only through AWS’s MCP server, and only what is ours', () => {
    for (const action of allowed) {
      expect(mayRead(action), action).toBe(true);
      expect(mayRead(action, { ...mcp, 'aws:ViaAWSMCPService': 'false' }), action).toBe(false);
      expect(mayRead(action, { ...mcp, 'aws:ResourceAccount': '999988887777' }), action).toBe(false);
    }
  });

  it.each([
    ...[
      'secretsmanager:GetSecretValue',
      'ssm:GetParameter',
      'kms:Decrypt',
      's3:GetObject',
      's3:ListBucket',
      'dynamodb:GetItem',
      'dynamodb:Scan',
    ],
    ...['lambda:GetFunction', 'lambda:ListFunctions', 'lambda:GetFunctionConfiguration', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks'],
    ...['ec2:DescribeInstanceAttribute', 'ec2:DescribeLaunchTemplateVersions', 'ec2:DescribeVpnConnections', 'ec2:GetConsoleOutput'],
    ...['autoscaling:DescribeLaunchConfigurations', 'logs:FilterLogEvents', 'logs:StartQuery', 'cloudtrail:LookupEvents', 'iam:ListRoles'],
    ...[
      'cloudformation:DescribeStacks',
      'states:DescribeExecution',
      'sns:ListSubscriptions',
      'apigateway:GET',
      'cloudfront:ListDistributions',
    ],
    ...['ec2:RunInstances', 'iam:CreateRole', 'sts:AssumeRole', 'lambda:InvokeFunction', 'bedrock:InvokeModel', 'sqs:ReceiveMessage'],
  ])('may not %s', (action) => {
    expect(mayRead(action)).toBe(false);
  });

  it('the worker’s own role is of no use there', () => {
    for (const { Action, Resource } of worker!.statements.filter(({ Effect }) => Effect === 'Allow')) {
      for (const action of Action) {
        const context = { ...mcp, 'kms:ViaService': 'x', 'kms:EncryptionContext:purpose': 'x', 'bedrock:InferenceProfileArn': 'x' };
        expect(isAllowed(worker!.statements, { action, resource: Resource[0]!, context }), action).toBe(false);
      }
    }
  });

  it('a session’s own policy is one that STS takes, and what it denies exists', async () => {
    expect(JSON.stringify(readerSessionPolicy).length).toBeLessThanOrEqual(2_048);
    const denied = session.filter(({ Effect }) => Effect === 'Deny').flatMap(({ Action }) => Action);
    const none = await Promise.all(denied.map(async (action) => ((await actionsMatching(action)).length > 0 ? [] : [action])));
    expect(none.flat()).toEqual([]);
  });
});
