import type { ResourceChange } from '../plan/plan.ts';
import { attributeText, type References } from '../plan/references.ts';
import { valueAt } from '../secrets/masked-value.ts';
import { code } from './markdown.ts';

/** "DynamoDB table `vera-ledger`" */
export function resourceWords(change: ResourceChange): string {
  return labelled(nounOf(change.type), nameWords(change));
}

/** The address of a resource without a name begins with its type: one of the two is enough. */
export function labelled(noun: string, name: string): string {
  return noun.startsWith('`') && name.startsWith(`${noun.slice(0, -1)}.`) ? name : `${noun} ${name}`;
}

export function nounOf(type: string): string {
  return Object.hasOwn(nouns, type) ? (nouns[type] ?? code(type)) : code(type);
}

/** The name people know it by in AWS, else its address in the code; of a policy that hangs on somebody, also on whom. */
export function nameWords(change: ResourceChange, references?: References): string {
  const name = nameOf(change);
  const owner = ownerOf(change, references);
  return owner === undefined ? code(name ?? change.address) : `${code(name ?? change.address)} of ${code(owner)}`;
}

/** Half of all policies are called `permissions` or `policy`: whose it is tells more. */
function ownerOf(change: ResourceChange, references: References | undefined): string | undefined {
  const attribute = /^aws_iam_(role|user|group)_policy(?:_attachment)?$/.exec(change.type)?.[1];
  if (attribute === undefined) return undefined;
  const known = [change.after, change.before].map((side) => valueAt(side, attribute)).find((value) => typeof value === 'string');
  const text = typeof known === 'string' ? known : references && attributeText(change, attribute, 'after', references);
  const expression = /^\$\{([^{}]+)\}$/.exec(text ?? '')?.[1];
  const owner = expression === undefined ? undefined : references?.resourceOf(expression, change.module);
  return owner ? (nameOf(owner) ?? owner.address) : text;
}

/** "moved here from `aws_dynamodb_table.old`": that something is called otherwise in the code matters where it is changed besides. */
export function movedWords({ previousAddress, address }: ResourceChange): string {
  return previousAddress === undefined || previousAddress === address ? '' : `moved here from ${code(previousAddress)}`;
}

/** Where it stands in the code, unless the name already says it. */
export function addressWords(change: ResourceChange): string {
  return nameOf(change) === undefined ? '' : ` (${code(change.address)})`;
}

export function nameOf({ type, action, before, after }: ResourceChange): string | undefined {
  // What is replaced is what is there today.
  const sides = action === 'replace' ? [before, after] : [after, before];
  for (const attribute of (Object.hasOwn(namesOfType, type) ? namesOfType[type] : undefined) ?? naming) {
    const name = sides.map((side) => valueAt(side, attribute)).find((value) => typeof value === 'string' && value !== '');
    if (typeof name === 'string') return name;
  }
  return undefined;
}

const naming = [
  'name',
  'function_name',
  'agent_runtime_name',
  'bucket',
  'repository',
  'alarm_name',
  'dashboard_name',
  'identifier',
  'domain',
  'role',
];
/** A key's only other name is a number that nobody knows. */
const namesOfType: Readonly<Record<string, readonly string[]>> = {
  aws_kms_key: ['description'],
  aws_iam_group_policy_attachment: ['policy_arn'],
  aws_iam_role_policy_attachment: ['policy_arn'],
  aws_iam_user_policy_attachment: ['policy_arn'],
  aws_s3_object: ['key'],
};

/** What people call the resources of these stacks; another type is called by its Terraform name. */
const nouns: Readonly<Record<string, string>> = {
  aws_bedrock_guardrail: 'guardrail',
  aws_bedrock_guardrail_version: 'guardrail version',
  aws_bedrockagent_data_source: 'knowledge base source',
  aws_bedrockagent_knowledge_base: 'knowledge base',
  aws_bedrockagentcore_agent_runtime: 'AgentCore runtime',
  aws_bedrockagentcore_agent_runtime_endpoint: 'AgentCore endpoint',
  aws_bedrockagentcore_api_key_credential_provider: 'API key provider',
  aws_bedrockagentcore_gateway: 'AgentCore gateway',
  aws_bedrockagentcore_gateway_target: 'gateway target',
  aws_bedrockagentcore_memory: 'AgentCore memory',
  aws_bedrockagentcore_memory_strategy: 'memory strategy',
  aws_bedrockagentcore_oauth2_credential_provider: 'OAuth provider',
  aws_bedrockagentcore_workload_identity: 'workload identity',
  aws_cloudformation_stack: 'CloudFormation stack',
  aws_cloudfront_distribution: 'CloudFront distribution',
  aws_cloudwatch_dashboard: 'dashboard',
  aws_cloudwatch_event_rule: 'event rule',
  aws_cloudwatch_event_target: 'event target',
  aws_cloudwatch_log_group: 'log group',
  aws_cloudwatch_log_metric_filter: 'log metric filter',
  aws_cloudwatch_log_resource_policy: 'log resource policy',
  aws_cloudwatch_metric_alarm: 'alarm',
  aws_codebuild_project: 'CodeBuild project',
  aws_cognito_resource_server: 'Cognito resource server',
  aws_cognito_user_pool: 'Cognito user pool',
  aws_cognito_user_pool_client: 'Cognito client',
  aws_cognito_user_pool_domain: 'Cognito domain',
  aws_dynamodb_table: 'DynamoDB table',
  aws_ecr_lifecycle_policy: 'image lifecycle policy',
  aws_ecr_repository: 'ECR repository',
  aws_ecr_repository_policy: 'ECR repository policy',
  aws_iam_openid_connect_provider: 'OIDC provider',
  aws_iam_policy: 'IAM policy',
  aws_iam_role: 'IAM role',
  aws_iam_role_policy: 'policy',
  aws_iam_role_policy_attachment: 'managed policy',
  aws_kms_alias: 'KMS alias',
  aws_kms_key: 'KMS key',
  aws_kms_key_policy: 'KMS key policy',
  aws_lambda_event_source_mapping: 'event source of a function',
  aws_lambda_function: 'Lambda function',
  aws_lambda_function_event_invoke_config: 'retries of a function',
  aws_lambda_function_url: 'function URL',
  aws_lambda_permission: 'permission to call a function',
  aws_s3_bucket: 'S3 bucket',
  aws_s3_bucket_lifecycle_configuration: 'bucket lifecycle',
  aws_s3_bucket_policy: 'bucket policy',
  aws_s3_bucket_public_access_block: 'public access block of a bucket',
  aws_s3_bucket_server_side_encryption_configuration: 'bucket encryption',
  aws_s3_bucket_versioning: 'bucket versioning',
  aws_s3_object: 'S3 object',
  aws_scheduler_schedule: 'schedule',
  aws_secretsmanager_secret: 'secret',
  aws_secretsmanager_secret_version: 'value of a secret',
  aws_security_group: 'security group',
  aws_sns_topic: 'SNS topic',
  aws_sqs_queue: 'SQS queue',
  aws_ssm_parameter: 'parameter',
  aws_wafv2_web_acl: 'firewall (WAF)',
};
