import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createAwsMcp } from '@vera/aws-stand-in/create-aws-mcp';
import { createSts } from '@vera/aws-stand-in/create-sts';
import type { Statement } from '@vera/aws-stand-in/iam/statement';
import { createLog } from '@vera/service-kit/log';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { describe, expect, test, vi } from 'vitest';
import { asReader } from '../../src/mcp/as-reader.ts';
import { configuredServers } from '../../src/mcp/configured-servers.ts';
import { serversOf } from '../../src/mcp/server-entries.ts';
import { createSignedRequests } from '../../src/mcp/signed-requests.ts';
import { startToolServers } from './start-tool-servers.ts';

const roleArn = 'arn:aws:iam::000000000000:role/vera-aws-reader';
const readsEverything: Statement[] = [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }];
const mcp = 'aws-mcp';

/** The server that AWS runs, STS, and the worker before both with its own key. */
async function start(statements: readonly Statement[] = readsEverything, region = 'eu-central-1') {
  const clock = createTestClock();
  const record = createCallRecord();
  const sts = await createSts({ record, clock, roles: [{ arn: roleArn, trusts: ['worker'], statements }] });
  const worker = { arn: 'arn:aws:iam::000000000000:role/vera-worker', policies: [denyingMcp] };
  const aws = await createAwsMcp({
    region,
    identityOf: (key, token) => (key === 'worker' ? worker : sts.sessionOf(key, token)),
    answers: { 'ec2:DescribeInstances': { Reservations: [{ Instances: [{ InstanceId: 'i-1' }] }] } },
  });
  vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'worker');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  const signing = new SecretsManagerClient({ region, credentials: { accessKeyId: 'worker', secretAccessKey: 'local' } }).config;
  const { servers } = configuredServers(serversOf([`aws=${aws.mcpUrl}`]), {
    secrets: {},
    region: 'ap-southeast-2',
    asReader: (url) => asReader({ roleArn, url, signing, now: clock.now }),
    path: '',
    log: createLog({ service: 'worker', write: () => {} }),
  });
  const tools = startToolServers(servers.map(({ transport, limits: _, ...server }) => ({ ...server, transport: transport as never })));
  return {
    clock,
    record,
    sts,
    aws,
    signing,
    tools,
    script: (code: string) => tools.call('aws_aws___run_script', { code }),
    async [Symbol.asyncDispose]() {
      vi.unstubAllEnvs();
      for (const server of [tools, aws, sts]) await server[Symbol.asyncDispose]();
    },
  };
}

const denyingMcp: Statement[] = [
  { Effect: 'Allow', Action: ['*'], Resource: ['*'] },
  { Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { Bool: { 'aws:ViaAWSMCPService': 'true' } } },
];
const call = (service: string, operation: string) => `await call_boto3(service_name="${service}", operation_name="${operation}")`;

describe('AWS', () => {
  test('offers what reads, by name: its server annotates nothing', async () => {
    await using system = await start();
    const [names] = await system.tools.names();
    expect(names).toEqual([
      'aws_aws___get_regional_availability',
      'aws_aws___get_tasks',
      'aws_aws___list_regions',
      'aws_aws___read_documentation',
      'aws_aws___retrieve_skill',
      'aws_aws___run_script',
      'aws_aws___search_documentation',
      'read_more',
    ]);
  });

  test('is asked in the session of a role of its own, for the region of the worker; never with the worker’s key', async () => {
    await using system = await start();
    const out = await system.script(call('ec2', 'DescribeInstances'));
    expect(out).toMatchObject({ isError: false, text: expect.stringContaining('i-1') });
    expect(out.text).toContain('ap-southeast-2');
    expect(system.aws.calls).toEqual([
      { tool: 'aws___run_script', caller: 'arn:aws:sts::000000000000:assumed-role/vera-aws-reader/vera', region: 'ap-southeast-2' },
    ]);
    expect(system.record.calls).toMatchObject([{ component: 'worker', action: 'sts:AssumeRole', resource: roleArn, status: 200 }]);
  });

  test('with the worker’s own signature does nothing in the account', async () => {
    await using system = await start();
    const transport = {
      kind: 'http' as const,
      url: new URL(system.aws.mcpUrl),
      authorization: createSignedRequests(system.signing, mcp),
      isPrivateAllowed: true,
    };
    await using asWorker = startToolServers([{ name: 'aws', title: 'AWS', transport }]);
    const out = await asWorker.call('aws_aws___run_script', { code: call('secretsmanager', 'GetSecretValue') });
    expect(out).toMatchObject({ isError: true, text: expect.stringContaining('not authorized to perform: secretsmanager:GetSecretValue') });
  });

  test.each([
    ['secretsmanager', 'GetSecretValue'],
    ['secretsmanager', 'BatchGetSecretValue'],
    ['ssm', 'GetParametersByPath'],
    ['kms', 'Decrypt'],
    ['s3', 'GetObject'],
    ['s3', 'ListObjectsV2'],
    ['dynamodb', 'Scan'],
    ['dynamodb', 'BatchGetItem'],
    ['logs', 'FilterLogEvents'],
    ['logs', 'StartQuery'],
    ['lambda', 'GetFunctionConfiguration'],
    ['lambda', 'ListFunctions'],
    ['sts', 'AssumeRole'],
    ['ec2', 'GetPasswordData'],
  ])('%s %s is refused even to a role that may do everything: the session takes it away', async (service, operation) => {
    await using system = await start();
    const out = await system.script(`${call('ec2', 'DescribeInstances')}\n${call(service, operation)}`);
    expect(out).toMatchObject({ isError: true, text: expect.stringContaining('AccessDenied') });
    // The server is well: the next question still has it.
    expect(out.troubles).toEqual([]);
  });

  test('a session is short, taken once however many wait for it, and renewed before it ends', async () => {
    await using system = await start();
    await Promise.all([1, 2, 3].map(() => system.script(call('ec2', 'DescribeInstances'))));
    expect(system.sts.sessions).toBe(1);
    await system.clock.advance(599_000);
    expect(await system.script(call('ec2', 'DescribeInstances'))).toMatchObject({ isError: false });
    expect(system.sts.sessions).toBe(1);
    await system.clock.advance(2_000);
    expect(await system.script(call('ec2', 'DescribeInstances'))).toMatchObject({ isError: false });
    expect(system.sts.sessions).toBe(2);
  });

  test('a role that cannot be taken on costs this server, and says nothing of whose role it is', async () => {
    await using system = await start();
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'somebody');
    const [names, troubles] = await system.tools.names();
    expect([names, troubles]).toEqual([[], ['AWS does not accept my key: an admin has to look at it']]);
    expect(JSON.stringify(troubles)).not.toContain('arn:');
  });

  test.each([
    ['https://aws-mcp.eu-central-1.api.aws/mcp', 'eu-central-1'],
    ['https://aws-mcp.us-east-1.api.aws/mcp', 'us-east-1'],
    ['http://127.0.0.1:1/mcp', 'ap-southeast-2'],
  ])('%s is signed for %s', async (address, region) => {
    await using system = await start();
    const url = new URL(address);
    const signing = { ...system.signing, region: async () => 'ap-southeast-2' };
    const { headers } = asReader({ roleArn, url, signing, now: Date.now });
    const { authorization, ...rest } = await headers({ url, method: 'POST', headers: {}, body: '{}' }, new AbortController().signal);
    expect(authorization).toContain(`/${region}/aws-mcp/aws4_request`);
    expect(rest).toHaveProperty('x-amz-security-token');
  });
});
