import { describe, expect, it } from 'vitest';
import { leastSettings, resourcesOf, runtimeIn, type SynthesisedStack, synthesise } from '../synthesised.ts';

const workerOf = (stacks: ReadonlyMap<string, SynthesisedStack>) => stacks.get('worker')?.resource ?? {};

interface ReadBack {
  readonly triggers: Readonly<Record<string, string>>;
  readonly provisioner: readonly { readonly 'local-exec': { readonly environment: Readonly<Record<string, string>> } }[];
  readonly depends_on: readonly string[];
}

const readBackIn = (stacks: ReadonlyMap<string, SynthesisedStack>) =>
  workerOf(stacks).null_resource?.platform as unknown as ReadBack | undefined;

describe('the platform of the runtime', () => {
  it.each([
    ['V2, where the settings say nothing', {}, 'V2'],
    ['V2, where they say so', { platform: 'v2' }, 'V2'],
    ['V1, where they say so: what AWS would choose differs from region to region', { platform: 'v1' }, 'V1'],
  ] as const)('is %s', (_, setting, platform) => {
    const { stacks } = synthesise({ ...leastSettings, ...setting });
    expect(runtimeIn(stacks).PlatformVersion).toBe(platform);
    expect(readBackIn(stacks)?.triggers.PLATFORM).toBe(platform);
  });

  it('R21 D3 is named together with everything else, as an update takes what is left out for its default', () => {
    const network = { mode: 'vpc' as const, subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d4e5f60718'] };
    const { stacks } = synthesise({ ...leastSettings, network });
    const names = ['AgentRuntimeArtifact', 'AgentRuntimeName', 'EnvironmentVariables', 'LifecycleConfiguration', 'NetworkConfiguration'];
    expect(Object.keys(runtimeIn(stacks)).sort()).toEqual([...names, 'PlatformVersion', 'ProtocolConfiguration', 'RoleArn']);
  });

  it('D3 is that of the version the endpoint serves: the one that the last change made, of whatever it was', () => {
    const { stacks } = synthesise(leastSettings);
    const version = '${aws_cloudformation_stack.runtime.outputs["Version"]}';
    const [endpoint] = resourcesOf(stacks, 'aws_bedrockagentcore_agent_runtime_endpoint');
    expect(endpoint).toMatchObject({ agent_runtime_version: version });
    expect(readBackIn(stacks)).toMatchObject({
      triggers: { RUNTIME_VERSION: version },
      provisioner: [{ 'local-exec': { environment: { RUNTIME_VERSION: version, ENDPOINT_NAME: endpoint?.name } } }],
      depends_on: ['aws_bedrockagentcore_agent_runtime_endpoint.runtime-endpoint'],
    });
  });

  it('is not asked for of an earlier version that was gone back to: it keeps the one it was made with', () => {
    const { stacks } = synthesise({ ...leastSettings, rollBackTo: 7 });
    expect(readBackIn(stacks)).toBeUndefined();
  });

  it('can change without a new endpoint: its id is unknown to a plan that changes it', () => {
    const { stacks } = synthesise(leastSettings);
    const { aws_bedrockagentcore_agent_runtime_endpoint: endpoints } = workerOf(stacks);
    const lifecycleOf = (attribute: string) => ({
      lifecycle: { ignore_changes: [attribute], replace_triggered_by: ['aws_cloudformation_stack.runtime.id'] },
    });
    expect(endpoints?.['runtime-endpoint']).toMatchObject(lifecycleOf('agent_runtime_id'));
    // Whoever else names the runtime asks the endpoint, which knows.
    const { output } = stacks.get('worker') ?? {};
    expect(Object.values(output ?? {}).filter(({ value }) => String(value).includes('outputs["Id"]'))).toEqual([]);
  });

  it('may take as long as AgentCore takes for it', () => {
    expect(workerOf(synthesise(leastSettings).stacks).aws_cloudformation_stack?.runtime?.timeouts).toMatchObject({
      create: '30m',
      update: '30m',
    });
  });

  it('is a word that there is', () => {
    expect(() => synthesise({ ...leastSettings, platform: 'v3' as 'v2' })).toThrow(/platform/);
  });
});

describe('D27 the logs of the runtime', () => {
  const logsOf = (settings: object) => workerOf(synthesise({ ...leastSettings, ...settings }).stacks).null_resource?.['runtime-log'];
  const id = '${aws_bedrockagentcore_agent_runtime_endpoint.runtime-endpoint.agent_runtime_id}';
  const groups = ['trial', 'DEFAULT'].map((name) => `/aws/bedrock-agentcore/runtimes/${id}-${name}`).join(' ');

  it('D27 are no resource of Terraform’s, which would have to be new: a script sets both right with each version of the runtime', () => {
    const { stacks } = synthesise(leastSettings);
    const groupsOfTerraform = Object.values(workerOf(stacks).aws_cloudwatch_log_group ?? {}).map(({ name }) => String(name));
    expect(groupsOfTerraform.filter((name) => name.startsWith('/aws/bedrock-agentcore'))).toEqual([]);
    expect(logsOf({ logDays: 90, tags: { team: 'platform' } })).toMatchObject({
      triggers: {
        log_groups: groups,
        retention_in_days: '90',
        RUNTIME_VERSION: '${aws_cloudformation_stack.runtime.outputs["Version"]}',
      },
      provisioner: [
        {
          'local-exec': {
            command: expect.stringMatching(/^sh assets\/.*\/keep-logs$/),
            environment: {
              LOG_GROUPS: groups,
              RETENTION_DAYS: '90',
              LOG_TAGS: '{"team":"platform","vera:bot":"vera","vera:environment":"trial"}',
            },
          },
        },
      ],
      depends_on: ['aws_bedrockagentcore_agent_runtime_endpoint.runtime-endpoint'],
    });
  });

  it('D27 are let go of, where an earlier Vera made one with Terraform, and so also where the worker moves to Lambda', () => {
    for (const settings of [leastSettings, { ...leastSettings, worker: { on: 'lambda' as const } }])
      expect(synthesise(settings).stacks.get('worker')).toMatchObject({
        removed: [{ from: 'aws_cloudwatch_log_group.runtime-logs', lifecycle: { destroy: false } }],
      });
  });
});
