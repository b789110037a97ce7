import { isAllowed } from '@vera/aws-stand-in/iam/is-allowed';
import { describe, expect, it } from 'vitest';
import { deployedRolesOf } from '../permissions/deployment-of.ts';
import { checkEnvironmentSize } from '../worker/worker-environment.ts';
import { leastSettings, resourcesOf, runtimeIn, synthesise } from './synthesised.ts';

const oneOf = (stacks: ReturnType<typeof synthesise>['stacks'], type: string) => resourcesOf(stacks, type)[0];

describe('the worker', () => {
  it('R21 runtime and endpoint point at the image that was just built, which every one before it outlives', () => {
    const { stacks } = synthesise(leastSettings);
    const { triggers } = oneOf(stacks, 'null_resource') as { triggers: { tag: string } };
    expect(runtimeIn(stacks).AgentRuntimeArtifact).toEqual({
      ContainerConfiguration: { ContainerUri: expect.stringMatching(new RegExp(`:${triggers.tag}$`)) },
    });
    expect(stacks.get('worker')?.resource.aws_cloudformation_stack?.runtime?.depends_on).toContain('null_resource.image');
    const endpoint = oneOf(stacks, 'aws_bedrockagentcore_agent_runtime_endpoint');
    expect(endpoint).toMatchObject({
      name: 'trial',
      agent_runtime_version: '${aws_cloudformation_stack.runtime.outputs["Version"]}',
    });
    expect(oneOf(stacks, 'aws_ecr_repository')).toMatchObject({
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: { scan_on_push: true },
    });
  });

  it('R21 going back is a version number', () => {
    const { stacks } = synthesise({ ...leastSettings, rollBackTo: 7 });
    expect(oneOf(stacks, 'aws_bedrockagentcore_agent_runtime_endpoint')).toMatchObject({ agent_runtime_version: '7' });
  });

  it('is called by the invoker through its endpoint', () => {
    const { stacks } = synthesise(leastSettings);
    const [invoker] = Object.values(stacks.get('invoker')?.resource.aws_lambda_function ?? {});
    expect(invoker?.environment).toMatchObject({ variables: { AGENT_RUNTIME_QUALIFIER: 'trial', SESSION_SCOPE: 'thread' } });
  });

  it('runs in a VPC when the settings say so', () => {
    const network = { mode: 'vpc' as const, subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d4e5f60718'] };
    const { stacks } = synthesise({ ...leastSettings, network });
    expect(runtimeIn(stacks).NetworkConfiguration).toEqual({
      NetworkMode: 'VPC',
      NetworkModeConfig: { Subnets: ['subnet-0a1b2c3d'], SecurityGroups: ['sg-0a1b2c3d4e5f60718'] },
    });
  });

  it.each([
    ['AgentCore', 'agentcore', 4],
    ['Lambda', 'lambda', 5],
  ] as const)('on %s has all functions beside it in that VPC, whose interfaces Lambda may make, and no code of theirs', (_, on, number) => {
    const network = { mode: 'vpc' as const, subnets: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'], securityGroups: ['sg-0a1b2c3d4e5f60718'] };
    const { stacks } = synthesise({ ...leastSettings, network, worker: { on } });
    const functions = resourcesOf(stacks, 'aws_lambda_function');
    expect(functions).toHaveLength(number);
    for (const { vpc_config } of functions)
      expect(vpc_config).toEqual({ subnet_ids: network.subnets, security_group_ids: network.securityGroups });
    for (const { name, statements, stack } of deployedRolesOf(stacks)) {
      const isFunction = stack !== 'worker' || on === 'lambda';
      const making = { action: 'ec2:CreateNetworkInterface', resource: 'arn:aws:ec2:us-east-1:111122223333:network-interface/eni-1' };
      const by = (source: string | undefined) => isAllowed(statements, { ...making, context: { 'lambda:SourceFunctionArn': source } });
      const itself = `arn:aws:lambda:us-east-1:111122223333:function:${name}`;
      expect([name, by(undefined), by(itself)]).toEqual([name, isFunction, false]);
      expect(isAllowed(statements, { ...making, action: 'ec2:RunInstances', context: {} })).toBe(false);
    }
    const outside = synthesise({ ...leastSettings, worker: { on } }).stacks;
    expect(JSON.stringify([...outside.values()])).not.toMatch(/vpc_config|ec2:/);
  });

  it('has an environment that AgentCore takes, or synth names the largest variables', () => {
    expect(() => synthesise({ ...leastSettings, company: 'x'.repeat(100) })).not.toThrow();
    expect(() => checkEnvironmentSize({ SHORT: 'a', LONG: 'x'.repeat(4096) })).toThrow(
      /has 4106 bytes; AgentCore takes 4096. The largest: LONG \(4100\), SHORT \(6\)/,
    );
  });

  it('gets its own MCP servers as the settings have them; no key of theirs, and nothing that Terraform would fill in', () => {
    const wiki = { name: 'wiki', url: 'https://wiki.example.com/mcp', reads: ['find'], headers: { authorization: 'Bearer ${WIKI_KEY}' } };
    const { stacks } = synthesise({ ...leastSettings, mcpServers: ['github', wiki] });
    const { EnvironmentVariables: variables } = runtimeIn(stacks) as { EnvironmentVariables: Record<string, string> };
    expect(variables.MCP_SERVERS).toContain('Bearer $${WIKI_KEY}');
    expect(JSON.parse((variables.MCP_SERVERS ?? '').replaceAll('$$', '$'))).toEqual(['github', wiki]);
    expect(oneOf(stacks, 'aws_secretsmanager_secret')?.description).toMatch(/GITHUB_TOKEN.*WIKI_KEY$/);
  });

  it('has room for several of them, and synth says what to do with more', () => {
    const server = (index: number) => ({
      name: `server${index}`,
      url: `https://server${index}.example.com/mcp`,
      reads: 'annotated' as const,
    });
    const some = Array.from({ length: 12 }, (_, index) => server(index));
    expect(() => synthesise({ ...leastSettings, mcpServers: some })).not.toThrow();
    const long = { ...server(99), reads: Array.from({ length: 200 }, (_, index) => `search_something_${index}`) };
    expect(() => synthesise({ ...leastSettings, mcpServers: [long] })).toThrow(/AgentCore takes 4096.*MCP_SERVERS.*less as "annotated"/);
  });

  it('reads channels of Slack unless the settings say no', () => {
    const variablesOf = (readsSlack: boolean) => runtimeIn(synthesise({ ...leastSettings, readsSlack }).stacks).EnvironmentVariables;
    expect(variablesOf(false)).toMatchObject({ READS_SLACK: 'false' });
    expect(variablesOf(true)).not.toHaveProperty('READS_SLACK');
  });

  it('lives and idles as long as the settings say', () => {
    const { stacks } = synthesise({ ...leastSettings, session: { idleSeconds: 60, lifetimeSeconds: 600 } });
    expect(runtimeIn(stacks).LifecycleConfiguration).toEqual({ IdleRuntimeSessionTimeout: 60, MaxLifetime: 600 });
  });
});

describe('a worker on Lambda', () => {
  const { stacks } = synthesise({ ...leastSettings, worker: { on: 'lambda', memoryMegabytes: 3008, reservedConcurrency: 7 } });
  const made = (type: string) => Object.values(stacks.get('worker')?.resource[type] ?? {});
  const [worker] = made('aws_lambda_function');

  it('is the image of the runtime with its other program, one manifest for arm64, that Lambda may fetch for this function only', () => {
    const { triggers } = oneOf(stacks, 'null_resource') as { triggers: { tag: string } };
    expect(worker).toMatchObject({
      ...{
        function_name: 'use1-dev-vera-worker',
        package_type: 'Image',
        architectures: ['arm64'],
        image_config: { command: ['node', 'lambda.mjs'] },
      },
      ...{ memory_size: 3008, timeout: 900, reserved_concurrent_executions: 7 },
      image_uri: expect.stringMatching(new RegExp(`:${triggers.tag}$`)),
      depends_on: expect.arrayContaining(['null_resource.image', 'aws_ecr_repository_policy.image-access']),
    });
    const [{ policy } = { policy: '' }] = made('aws_ecr_repository_policy') as { policy: string }[];
    expect(JSON.parse(policy).Statement).toMatchObject([
      {
        Principal: { Service: 'lambda.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:us-east-1:111122223333:function:use1-dev-vera-worker' } },
      },
    ]);
  });

  it('has none of AgentCore’s runtime: no template, no endpoint, no session to stop', () => {
    expect(made('aws_cloudformation_stack')).toEqual([]);
    expect(made('aws_bedrockagentcore_agent_runtime_endpoint')).toEqual([]);
    const all = JSON.stringify([...stacks.values()]);
    expect(all).not.toMatch(/StopRuntimeSession|InvokeAgentRuntime|AGENT_RUNTIME|STOP_AFTER|AWS\/Bedrock-AgentCore/);
    // Memory is a service of its own.
    expect(stacks.get('storage')?.resource).toHaveProperty('aws_bedrockagentcore_memory');
  });

  it('is handed work by the invoker, and tries nothing again by itself', () => {
    const [invoker] = Object.values(stacks.get('invoker')?.resource.aws_lambda_function ?? {});
    expect(invoker?.environment).toEqual({ variables: { WORKER_FUNCTION: expect.any(String) } });
    const [retries] = made('aws_lambda_function_event_invoke_config');
    expect(retries).toMatchObject({ maximum_retry_attempts: 0, maximum_event_age_in_seconds: 900 });
    expect(JSON.stringify(retries)).toContain('aws_sqs_queue.failures.arn');
  });

  it('notices a stop by a heartbeat a second, and keeps the role’s place, so that moving there and back makes no second one', () => {
    expect(worker?.environment).toMatchObject({ variables: { PLATFORM: 'lambda', HEARTBEAT_SECONDS: '1' } });
    const rolesOf = (settings: Parameters<typeof synthesise>[0]) => synthesise(settings).stacks.get('worker')?.resource.aws_iam_role;
    expect(Object.keys(rolesOf({ ...leastSettings, worker: { on: 'lambda' } })!)).toEqual(Object.keys(rolesOf(leastSettings)!));
  });
});
