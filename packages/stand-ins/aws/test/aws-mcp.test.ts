import { describe, expect, it } from 'vitest';
import { createAwsMcp } from '../src/create-aws-mcp.ts';
import type { Statement } from '../src/iam/statement.ts';

const looks: Statement[] = [
  { Effect: 'Allow', Action: ['ec2:Describe*', 's3:ListAllMyBuckets', 'elasticloadbalancing:*'], Resource: ['*'] },
];
const scope = (service: string, region: string) =>
  `AWS4-HMAC-SHA256 Credential=reader/20261130/${region}/${service}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
const signed = { authorization: scope('aws-mcp', 'us-east-1') };

async function start() {
  const aws = await createAwsMcp({
    identityOf: (key) => (key === 'reader' ? { arn: 'arn:aws:sts::0:assumed-role/reader/vera', policies: [looks] } : undefined),
    answers: { 's3:ListBuckets': { Buckets: [] } },
  });
  const send = (method: string, params: object, headers: Readonly<Record<string, string>> = signed) =>
    fetch(aws.mcpUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
  const run = async (code: string, headers: Readonly<Record<string, string>> = signed) => {
    const response = await send('tools/call', { name: 'aws___run_script', arguments: { code } }, headers);
    const { result } = (await response.json()) as { result: { isError: boolean; content: { text: string }[] } };
    return { isError: result.isError, text: result.content[0]?.text ?? '' };
  };
  return { aws, send, run, [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
}
const call = (service: string, operation: string) =>
  `x = await call_boto3(service_name='${service}', operation_name='${operation}', params={"a": (1)})`;

describe('AWS’s MCP server', () => {
  it('lists eight tools, none of them annotated, to everybody', async () => {
    await using system = await start();
    const { result } = (await (await system.send('tools/list', {}, {})).json()) as {
      result: { tools: { name: string; annotations?: object }[] };
    };
    expect(result.tools).toHaveLength(8);
    expect(result.tools.map(({ name, annotations }) => [name.startsWith('aws___'), annotations])).toEqual(
      Array.from({ length: 8 }, () => [true, undefined]),
    );
  });

  it('says that the tool is gone which people still ask for', async () => {
    await using system = await start();
    const response = await system.send('tools/call', { name: 'aws___call_aws', arguments: { cli_command: 'aws s3 ls' } });
    expect(await response.json()).toMatchObject({
      error: { code: -32600, message: expect.stringContaining('The call_aws tool has been removed, use another one.') },
    });
  });

  it('does in an account what whoever signed may do, call by call, and stops at the first refusal', async () => {
    await using system = await start();
    expect(await system.run(`${call('s3', 'ListBuckets')}\n${call('elbv2', 'DescribeLoadBalancers')}`)).toMatchObject({ isError: false });
    const refused = await system.run(
      `${call('ec2', 'DescribeInstances')}\n${call('ec2', 'TerminateInstances')}\n${call('s3', 'ListBuckets')}`,
    );
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('not authorized to perform: ec2:TerminateInstances') });
    expect(JSON.parse(refused.text).api_calls).toMatchObject([{ status: 'success' }, { status: 'error' }]);
  });

  it.each(['import boto3', call('ec2', 'describe_instances')])('takes no other way to an API: %s', async (code) => {
    await using system = await start();
    expect(await system.run(code)).toMatchObject({ isError: true });
  });

  it('does nothing in an account for those it does not know', async () => {
    await using system = await start();
    expect(await system.run(call('s3', 'ListBuckets'), {})).toEqual({
      isError: true,
      text: 'Authentication failed: Unable to verify your user identity',
    });
  });

  it.each([
    ['another service', scope('bedrock-agentcore', 'us-east-1')],
    ['another region', scope('aws-mcp', 'eu-central-1')],
    ['a key that is nobody’s', scope('aws-mcp', 'us-east-1').replace('reader', 'nobody')],
    ['a malformed signature', 'AWS4-HMAC-SHA256 Credential=reader'],
  ])('refuses a signature for %s', async (_, authorization) => {
    await using system = await start();
    expect((await system.send('tools/list', {}, { authorization })).status).toBe(403);
  });
});
