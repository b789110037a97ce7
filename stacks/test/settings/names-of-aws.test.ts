import { expect, it } from 'vitest';
import { createReferences } from '../../permissions/references.ts';
import { type ResourceJson, resourcesOfType } from '../../permissions/stacks-json.ts';
import { bucketName } from '../../settings/resource-names.ts';
import type { SettingsInput } from '../../settings/settings-schema.ts';
import { environment, longest } from '../longest-settings.ts';
import { leastSettings, runtimeIn, synthesise } from '../synthesised.ts';

const agentCore = /^[a-zA-Z][a-zA-Z0-9_]{0,47}$/;
/** What each kind of resource may be called: the attribute, and the pattern of the service's own API reference. */
const rules: Readonly<Record<string, readonly [attribute: string, rule: RegExp]>> = {
  aws_bedrock_guardrail: ['name', /^[0-9a-zA-Z_-]{1,50}$/],
  aws_bedrockagentcore_agent_runtime_endpoint: ['name', agentCore],
  aws_bedrockagentcore_api_key_credential_provider: ['name', /^[a-zA-Z0-9_-]{1,128}$/],
  aws_bedrockagentcore_gateway: ['name', /^(?=.{1,48}$)(?:[0-9a-zA-Z]-?)+$/],
  aws_bedrockagentcore_gateway_target: ['name', /^(?=.{1,100}$)(?:[0-9a-zA-Z]-?)+$/],
  aws_bedrockagentcore_memory: ['name', agentCore],
  aws_bedrockagentcore_memory_strategy: ['name', agentCore],
  aws_bedrockagentcore_oauth2_credential_provider: ['name', /^[a-zA-Z0-9_-]{1,128}$/],
  aws_cloudformation_stack: ['name', /^[a-zA-Z][a-zA-Z0-9-]{0,127}$/],
  aws_cloudwatch_dashboard: ['dashboard_name', /^[\w-]{1,255}$/],
  aws_cloudwatch_event_rule: ['name', /^[\w.-]{1,64}$/],
  aws_cloudwatch_log_delivery_destination: ['name', /^[\w-]{1,60}$/],
  aws_cloudwatch_log_delivery_source: ['name', /^[\w-]{1,60}$/],
  aws_cloudwatch_log_group: ['name', /^[\w./#-]{1,512}$/],
  aws_cloudwatch_metric_alarm: ['alarm_name', /^.{1,255}$/],
  aws_cognito_resource_server: ['identifier', /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/],
  aws_cognito_user_pool: ['name', /^[\w\s+=,.@-]{1,128}$/],
  aws_cognito_user_pool_client: ['name', /^[\w\s+=,.@-]{1,128}$/],
  aws_cognito_user_pool_domain: ['domain', /^(?!.*(?:aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/],
  aws_dynamodb_table: ['name', /^[\w.-]{3,255}$/],
  aws_ecr_repository: ['name', /^(?=.{2,256}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/],
  aws_iam_policy: ['name', /^[\w+=,.@-]{1,128}$/],
  aws_iam_role: ['name', /^[\w+=,.@-]{1,64}$/],
  aws_iam_role_policy: ['name', /^[\w+=,.@-]{1,128}$/],
  aws_kms_alias: ['name', /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/],
  aws_lambda_function: ['function_name', /^[a-zA-Z0-9_-]{1,64}$/],
  aws_secretsmanager_secret: ['name', /^[\w/+=.@-]{1,512}$/],
  aws_sns_topic: ['name', /^[\w-]{1,256}$/],
  aws_sqs_queue: ['name', /^[\w-]{1,80}$/],
  aws_wafv2_web_acl: ['name', /^[\w-]{1,128}$/],
};
/** What they refer to has its name there. */
const ofOthers =
  /^(?:aws_lambda_(?:function_url|function_event_invoke_config|permission)|aws_s3_bucket_\w+|aws_s3_object|aws_cloudwatch_log_delivery)$/;

it.each<[string, SettingsInput, string]>([
  ['the longest', longest, environment],
  ['the shortest', { ...leastSettings, accountCode: 'a', botName: 'b', company: 'C' }, 't'],
])('each resource has a name that AWS takes, by the rule of its kind: %s', (_, settings, name) => {
  const { stacks } = synthesise(settings, name);
  const references = createReferences(stacks);
  const kinds = [...new Set([...stacks.values()].flatMap(({ resource }) => Object.keys(resource)))];
  const named = kinds.flatMap((kind) => resourcesOfType(stacks, kind).map((one) => ({ kind, ...one })));
  const wrong = named.flatMap(({ kind, stack, resource }) => {
    const [attribute, rule] = rules[kind] ?? [];
    if (!attribute || !rule) return [];
    const text = references.textOf(stack, String(resource[attribute]));
    // The runtime's id and the endpoint's name are in it.
    return rule.test(text) ? [] : [`${kind} ${text}`];
  });
  expect(wrong).toEqual([]);
  expect(String(runtimeIn(stacks).AgentRuntimeName)).toMatch(agentCore);
  for (const { resource } of resourcesOfType(stacks, 'aws_s3_bucket')) expect(bucketName.safeParse(resource.bucket).success).toBe(true);
  const hasName = ({ kind, resource }: { kind: string; resource: ResourceJson }) =>
    kind.startsWith('aws_') && !ofOthers.test(kind) && Object.keys(resource).some((key) => /^(?:\w+_)?name$|^domain$/.test(key));
  expect([...new Set(named.filter(hasName).map(({ kind }) => kind))].filter((kind) => !(kind in rules))).toEqual([]);
});
