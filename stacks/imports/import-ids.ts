import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

/** A resource of the stacks, before anything of it is known to Terraform. */
export interface Importable {
  /** An argument of it, with the references in it followed. */
  of(argument: string): string;
  readonly settings: Settings;
  /** Its provider's, which is not always the settings'. */
  readonly region: string;
}

/** What Terraform's provider wants to be told, to find what is there. `$(…)` asks AWS for what it made up. */
type ImportId = (resource: Importable) => string;

/** `$(aws sns list-topics …)`, which prints one word. */
function asked(command: string, query: string): string {
  return `$(aws ${command} --query "${query}" --output text)`;
}

const by =
  (...names: readonly string[]): ImportId =>
  ({ of }) =>
    names.map((name) => of(name)).join('/');
const arnBy =
  (service: string, prefix = '', argument = 'name'): ImportId =>
  ({ of, region, settings: { account } }) =>
    `arn:aws:${service}:${region}:${account}:${prefix}${of(argument)}`;

const agentCore = 'bedrock-agentcore-control';
const runtimeId = (name: string) => asked(`${agentCore} list-agent-runtimes`, `agentRuntimes[?agentRuntimeName=='${name}'].agentRuntimeId`);
/** AgentCore ends ids of these in ten characters of its own. */
const memoryId = (id: string) => asked(`${agentCore} list-memories`, `memories[?starts_with(id, '${withoutEnd(id)}-')].id`);
const gatewayId = (id: string) => asked(`${agentCore} list-gateways`, `items[?name=='${withoutEnd(id)}'].gatewayId`);
const withoutEnd = (id: string) => id.replace(/-X{10}$/, '');
const secretArn = (name: string) => asked(`secretsmanager describe-secret --secret-id ${name}`, 'ARN');
const nameOfSecret = (arn: string) => arn.replace(/^.*:secret:/, '').replace(/-X{6}$/, '');
const poolId = ({ region }: Importable, name: string) =>
  asked(`cognito-idp list-user-pools --max-results 60 --region ${region}`, `UserPools[?Name=='${name}'].Id`);

/** By type; of what is left out there is nothing to find: it is made anew, and nothing is lost by that. */
export const importIds: Readonly<Record<string, ImportId>> = {
  aws_bedrock_guardrail: ({ of }) => `${asked('bedrock list-guardrails', `guardrails[?name=='${of('name')}'].id`)},DRAFT`,
  aws_bedrockagentcore_agent_runtime_endpoint: ({ of }) => `${runtimeId(withoutEnd(of('agent_runtime_id')))},${of('name')}`,
  aws_bedrockagentcore_api_key_credential_provider: by('name'),
  aws_bedrockagentcore_gateway: ({ of }) => gatewayId(of('name')),
  aws_bedrockagentcore_gateway_target: ({ of }) => {
    const gateway = gatewayId(of('gateway_identifier'));
    const target = asked(`${agentCore} list-gateway-targets --gateway-identifier ${gateway}`, `items[?name=='${of('name')}'].targetId`);
    return `${gateway},${target}`;
  },
  aws_bedrockagentcore_memory: ({ of }) => memoryId(of('name')),
  aws_bedrockagentcore_memory_strategy: ({ of }) => {
    const memory = memoryId(of('memory_id'));
    return `${memory},${asked(`${agentCore} get-memory --memory-id ${memory}`, `memory.strategies[?name=='${of('name')}'].strategyId`)}`;
  },
  aws_bedrockagentcore_oauth2_credential_provider: by('name'),
  aws_cloudformation_stack: by('name'),
  aws_cloudfront_distribution: ({ of }) =>
    asked('cloudfront list-distributions', `DistributionList.Items[?Comment=='${of('comment')}'].Id`),
  aws_cloudwatch_dashboard: by('dashboard_name'),
  aws_cloudwatch_event_rule: by('name'),
  aws_cloudwatch_log_delivery_destination: by('name'),
  aws_cloudwatch_log_delivery_source: by('name'),
  aws_cloudwatch_log_group: by('name'),
  aws_cloudwatch_metric_alarm: by('alarm_name'),
  aws_codebuild_project: by('name'),
  aws_cognito_resource_server: (it) => `${poolId(it, nameOf(it.settings, 'gateway'))}|${it.of('identifier')}`,
  aws_cognito_user_pool: (it) => poolId(it, it.of('name')),
  aws_cognito_user_pool_domain: by('domain'),
  aws_dynamodb_table: by('name'),
  aws_ecr_repository: by('name'),
  aws_ecr_repository_policy: by('repository'),
  aws_iam_openid_connect_provider: ({ of, settings }) =>
    `arn:aws:iam::${settings.account}:oidc-provider/${of('url').replace('https://', '')}`,
  aws_iam_policy: ({ of, settings }) => `arn:aws:iam::${settings.account}:policy/${of('name')}`,
  aws_iam_role: by('name'),
  aws_iam_role_policy: ({ of }) => `${of('role')}:${of('name')}`,
  aws_iam_role_policy_attachment: by('role', 'policy_arn'),
  aws_kms_alias: by('name'),
  aws_kms_key: ({ of }) => asked(`kms describe-key --key-id alias/${of('description').split(':')[0]}`, 'KeyMetadata.KeyId'),
  aws_lambda_function: by('function_name'),
  aws_lambda_function_event_invoke_config: by('function_name'),
  aws_lambda_function_url: by('function_name'),
  aws_s3_bucket: by('bucket'),
  aws_s3_bucket_lifecycle_configuration: by('bucket'),
  aws_s3_bucket_public_access_block: by('bucket'),
  aws_s3_bucket_versioning: by('bucket'),
  aws_s3_object: by('bucket', 'key'),
  aws_secretsmanager_secret: ({ of }) => secretArn(of('name')),
  aws_secretsmanager_secret_version: ({ of }) => {
    const name = nameOfSecret(of('secret_id'));
    const version = asked(`secretsmanager get-secret-value --secret-id ${name}`, 'VersionId');
    return `${secretArn(name)}|${version}`;
  },
  aws_sns_topic: arnBy('sns'),
  aws_wafv2_web_acl: ({ of }) => {
    const id = asked('wafv2 list-web-acls --scope CLOUDFRONT --region us-east-1', `WebACLs[?Name=='${of('name')}'].Id`);
    return `${id}/${of('name')}/CLOUDFRONT`;
  },
  aws_sqs_queue: ({ of, region, settings }) => `https://sqs.${region}.amazonaws.com/${settings.account}/${of('name')}`,
};

/** What Terraform makes anew without harm, or finds nothing of to import. */
export const madeAnew: readonly string[] = [
  // A version more of the same guardrail.
  'aws_bedrock_guardrail_version',
  // Without an id that AWS tells by name; each deployment sets them to the same again.
  ...['aws_cloudwatch_event_target', 'aws_cloudwatch_log_delivery', 'aws_lambda_permission'],
  // Its secret is told once, when it is made.
  'aws_cognito_user_pool_client',
  // Whoever it is confirms once more.
  'aws_sns_topic_subscription',
  'null_resource',
];
