import type { Json } from '../json/json.ts';
import { parsedTemplate } from '../json/template.ts';
import { plainOf, valueAt } from '../secrets/masked-value.ts';
import { isRecord } from './attribute-differences.ts';
import type { ResourceChange } from './plan.ts';
import { attributeText, type References } from './references.ts';

/** CloudFormation's word for an AgentCore runtime. */
export const runtimeType = 'AWS::BedrockAgentCore::Runtime';

/** The type that Terraform has for one of CloudFormation's; what differs in more than its spelling is named. */
export function terraformTypeOf(type: string): string {
  const [, service = '', name = ''] = type.split('::');
  const plain = `aws_${service.toLowerCase()}_${snakeCase(name)}`.replace(/^aws_([a-z\d]+)_\1_/, 'aws_$1_');
  return irregular.get(type) ?? plain.replace(/_db_cluster$/, '_cluster');
}

export function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase();
}

const irregular: ReadonlyMap<string, string> = new Map([
  [runtimeType, 'aws_bedrockagentcore_agent_runtime'],
  ['AWS::Bedrock::DataSource', 'aws_bedrockagent_data_source'],
  ['AWS::Bedrock::KnowledgeBase', 'aws_bedrockagent_knowledge_base'],
  ['AWS::CloudTrail::Trail', 'aws_cloudtrail'],
  ['AWS::CloudWatch::Alarm', 'aws_cloudwatch_metric_alarm'],
  ['AWS::EC2::FlowLog', 'aws_flow_log'],
  ['AWS::EC2::SecurityGroup', 'aws_security_group'],
  ['AWS::EC2::Volume', 'aws_ebs_volume'],
  ['AWS::ECR::PublicRepository', 'aws_ecrpublic_repository'],
  ['AWS::Events::Rule', 'aws_cloudwatch_event_rule'],
  ['AWS::Lambda::Url', 'aws_lambda_function_url'],
  ['AWS::Logs::LogGroup', 'aws_cloudwatch_log_group'],
  ['AWS::Logs::MetricFilter', 'aws_cloudwatch_log_metric_filter'],
  ['AWS::Logs::SubscriptionFilter', 'aws_cloudwatch_log_subscription_filter'],
  ['AWS::OpenSearchService::Domain', 'aws_opensearch_domain'],
  ['AWS::RDS::DBInstance', 'aws_db_instance'],
  ['AWS::S3Express::DirectoryBucket', 'aws_s3_directory_bucket'],
  ['AWS::SNS::Subscription', 'aws_sns_topic_subscription'],
  ['AWS::Timestream::Table', 'aws_timestreamwrite_table'],
]);

/** The template of a CloudFormation stack; where only an apply can tell it, as the code has it. Undefined for what is none, or no JSON. */
export function templateIn(change: ResourceChange, side: 'before' | 'after', references: References): Json | undefined {
  if (change.type !== 'aws_cloudformation_stack') return undefined;
  const value = valueAt(change[side], 'template_body');
  // With a secret in it, it is told member by member.
  if (value !== undefined && isRecord(value)) return plainOf(value);
  const text = attributeText(change, 'template_body', side, references);
  return text === undefined ? undefined : parsedTemplate(text);
}
