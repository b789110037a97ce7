import { entriesOf, isObject, type Json, memberOf, textOf } from '../json/json.ts';
import type { ResourceChange } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { templateIn, terraformTypeOf } from '../plan/template-in.ts';
import { code } from '../words/markdown.ts';
import { nounOf, resourceWords } from '../words/resource-words.ts';
import { type DataLoss, holderOf } from './data-holders.ts';

/** What holds data, is made by CloudFormation, and goes with its stack, leaves the template, or is made anew. */
export function templateLosses(change: ResourceChange, references: References): DataLoss[] {
  if (change.mode === 'data' || !['delete', 'replace', 'update', 'unfamiliar'].includes(change.action)) return [];
  const isKept = change.action === 'update' || (change.action === 'unfamiliar' && change.after !== null);
  const next = isKept ? memberOf(templateIn(change, 'after', references), 'Resources') : {};
  // What only an apply can tell is told as not looked at.
  if (!isObject(next)) return [];
  return entriesOf(memberOf(templateIn(change, 'before', references), 'Resources')).flatMap(([name, resource]) => {
    const type = terraformTypeOf(textOf(memberOf(resource, 'Type')) ?? '');
    const holder = holderOf(type);
    const end = endOf(resource, memberOf(next, name), type);
    if (!holder || end === undefined) return [];
    const mercy = end.policy === 'Snapshot' ? ' A last snapshot of it is kept.' : '';
    const text = `${resourceWords(change)}: ${nounOf(type)} ${code(name)} of its template ${end.what}, which deletes ${holder.holds}.${mercy}`;
    return [{ isMinor: holder.isMinor === true, isSoftened: mercy !== '', text }];
  });
}

type End = { readonly what: string; readonly policy?: string };

function endOf(before: Json, after: Json | undefined, type: string): End | undefined {
  // docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
  const unsaid = /^aws_(?:db_instance|\w+_cluster)$/.test(type) ? 'Snapshot' : 'Delete';
  const ending = (attribute: string, what: string): End | undefined => {
    const policy = textOf(memberOf(before, attribute)) ?? unsaid;
    return policy.startsWith('Retain') ? undefined : { what, policy };
  };
  if (after === undefined || memberOf(after, 'Type') !== memberOf(before, 'Type')) return ending('DeletionPolicy', 'is **destroyed**');
  const isOther = (property: string) =>
    JSON.stringify(memberOf(before, 'Properties', property)) !== JSON.stringify(memberOf(after, 'Properties', property));
  const names = [...new Set([before, after].flatMap((side) => entriesOf(memberOf(side, 'Properties')).map(([property]) => property)))];
  const forcing = names.find((property) => isOther(property) && isForcing(property, type));
  const replaced = forcing === undefined ? undefined : ending('UpdateReplacePolicy', `is **replaced** (${code(forcing)})`);
  // docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
  return replaced ?? (isOther('GenerateSecretString') ? { what: 'gets **another value** (`GenerateSecretString`)' } : undefined);
}

/**
 * Properties that CloudFormation changes only by making another resource ("Update requires: Replacement"). By its own name it knows one: another
 * name is another resource.
 */
function isForcing(property: string, type: string): boolean {
  if (property === 'KmsKeyId') return /^aws_(?:db|rds|docdb|neptune|ebs|efs|fsx|redshift)_/.test(type);
  return forcing.test(property);
}

const forcing =
  /(?:Name|Identifier)$|^(?:KeySchema|LocalSecondaryIndexes|ImportSourceSpecification|KeySpec|KeyUsage|Origin|MultiRegion|PrimaryKeyArn|UsernameAttributes|AliasAttributes|UsernameConfiguration|GenerateSecret|UserPoolId|Engine|MasterUsername|StorageEncrypted|AvailabilityZones?|Timezone|CharacterSetName|Encrypted|PerformanceMode|EncryptionConfiguration|EncryptionKeyArn|ServerSideEncryptionConfiguration|KnowledgeBaseConfiguration|StorageConfiguration|VectorBucketArn|Dimension|DataType|DistanceMetric|FileSystemType|SnapshotId|FifoQueue|CollectionGroupName|Type)$/;
