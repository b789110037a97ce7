import { entriesOf, isObject, type Json, memberOf, textOf } from '../json/json.ts';
import type { ResourceChange } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { templateIn } from '../plan/template-in.ts';
import { code } from '../words/markdown.ts';
import { nounOf, resourceWords } from '../words/resource-words.ts';
import { type DataLoss, holderOf } from './data-holders.ts';

/** What holds data, is made by CloudFormation, and goes with its stack, leaves the template, or is made anew. */
export function templateLosses(change: ResourceChange, references: References): DataLoss[] {
  if (change.mode === 'data' || !['delete', 'replace', 'update'].includes(change.action)) return [];
  const next = change.action === 'update' ? memberOf(templateIn(change, 'after', references), 'Resources') : {};
  // What only an apply can tell is told as not looked at.
  if (!isObject(next)) return [];
  return entriesOf(memberOf(templateIn(change, 'before', references), 'Resources')).flatMap(([name, resource]) => {
    const type = terraformTypes.get(textOf(memberOf(resource, 'Type')) ?? '');
    const holder = type === undefined ? undefined : holderOf(type);
    const what = endOf(resource, memberOf(next, name));
    if (type === undefined || !holder || what === undefined) return [];
    const text = `${resourceWords(change)}: ${nounOf(type)} ${code(name)} of its template ${what}, which deletes ${holder.holds}.`;
    return [{ isMinor: holder.isMinor === true, isSoftened: false, text }];
  });
}

const terraformTypes: ReadonlyMap<string, string> = new Map([
  ['AWS::BedrockAgentCore::Memory', 'aws_bedrockagentcore_memory'],
  ['AWS::DynamoDB::Table', 'aws_dynamodb_table'],
  ['AWS::ECR::Repository', 'aws_ecr_repository'],
  ['AWS::EFS::FileSystem', 'aws_efs_file_system'],
  ['AWS::KMS::Key', 'aws_kms_key'],
  ['AWS::Logs::LogGroup', 'aws_cloudwatch_log_group'],
  ['AWS::RDS::DBInstance', 'aws_db_instance'],
  ['AWS::S3::Bucket', 'aws_s3_bucket'],
  ['AWS::SecretsManager::Secret', 'aws_secretsmanager_secret'],
  ['AWS::SQS::Queue', 'aws_sqs_queue'],
]);

function endOf(before: Json, after: Json | undefined): string | undefined {
  // docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
  const isKept = (policy: string) => /^Retain/.test(textOf(memberOf(before, policy)) ?? '');
  if (after === undefined || memberOf(after, 'Type') !== memberOf(before, 'Type'))
    return isKept('DeletionPolicy') ? undefined : 'is **destroyed**';
  const isOther = (property: string) =>
    JSON.stringify(memberOf(before, 'Properties', property)) !== JSON.stringify(memberOf(after, 'Properties', property));
  const names = [...new Set([before, after].flatMap((side) => entriesOf(memberOf(side, 'Properties')).map(([property]) => property)))];
  // By its own name CloudFormation knows a resource: another name is another resource.
  const renamed = names.find((property) => /Name$/.test(property) && isOther(property));
  if (renamed !== undefined && !isKept('UpdateReplacePolicy')) return `is **replaced** (${code(renamed)})`;
  // docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
  return isOther('GenerateSecretString') ? 'gets **another value** (`GenerateSecretString`)' : undefined;
}
