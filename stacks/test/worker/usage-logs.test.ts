import { expect, it } from 'vitest';
import { lambda, production } from '../example-settings.ts';
import { leastSettings, type SynthesisedStack, synthesise } from '../synthesised.ts';

const keyArn = `arn:aws:kms:us-east-1:111122223333:key/mrk-${'0a'.repeat(16)}`;

const only = (worker: SynthesisedStack['resource'], type: string) => {
  const [one, ...others] = Object.entries(worker[type] ?? {});
  expect(others, type).toEqual([]);
  return one ?? ['', {}];
};
const workerOf = (settings: Parameters<typeof synthesise>[0]) => synthesise(settings).stacks.get('worker')?.resource ?? {};

it('what each session used is delivered into a group of its own, which forgets as the others do, under the company’s key', () => {
  const worker = workerOf({ ...leastSettings, logDays: 90, keyArn });
  const [group, { name, retention_in_days: days, kms_key_id: key }] = only(worker, 'aws_cloudwatch_log_group');
  // `pnpm vera cost` reads this name.
  expect([name, days, key]).toEqual([
    '/aws/vendedlogs/bedrock-agentcore/use1-dev-vera-usage',
    90,
    '${data.terraform_remote_state.cross-stack-reference-input-storage.outputs.key_arn}',
  ]);
  const [source, sourceArguments] = only(worker, 'aws_cloudwatch_log_delivery_source');
  expect(sourceArguments).toMatchObject({
    log_type: 'USAGE_LOGS',
    resource_arn:
      'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/${aws_bedrockagentcore_agent_runtime_endpoint.runtime-endpoint.agent_runtime_id}',
  });
  const [destination, destinationArguments] = only(worker, 'aws_cloudwatch_log_delivery_destination');
  expect(destinationArguments).toMatchObject({
    delivery_destination_configuration: [{ destination_resource_arn: `\${aws_cloudwatch_log_group.${group}.arn}` }],
  });
  expect(only(worker, 'aws_cloudwatch_log_delivery')[1]).toMatchObject({
    delivery_source_name: `\${aws_cloudwatch_log_delivery_source.${source}.name}`,
    delivery_destination_arn: `\${aws_cloudwatch_log_delivery_destination.${destination}.arn}`,
  });
  // What AWS takes for the name of a source or a destination.
  const { name: longest } = only(
    workerOf({ ...production, accountCode: 'a'.repeat(8), botName: 'v'.repeat(16) }),
    'aws_cloudwatch_log_delivery_source',
  )[1];
  expect(String(longest)).toMatch(/^[\w-]{1,60}$/);
});

it.each([
  ['the settings say so', { ...leastSettings, usageLogs: 'off' as const }],
  ['the worker is on Lambda, which has none', lambda],
])('none of it is made where %s', (_, settings) => {
  const kinds = Object.keys(workerOf(settings)).filter((type) => type.includes('log_delivery'));
  expect(kinds).toEqual([]);
});
