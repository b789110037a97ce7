import type { Plan, ResourceChange } from '../plan/plan.ts';
import { valueAt } from '../secrets/masked-value.ts';
import { reasonWords } from '../words/difference-words.ts';
import { counted } from '../words/markdown.ts';
import { addressWords, movedWords, resourceWords } from '../words/resource-words.ts';

export type DataLoss = {
  readonly isMinor: boolean;
  /** AWS keeps it for a while, or refuses; the text says which. */
  readonly isSoftened: boolean;
  readonly text: string;
};

/** What holds data and would be destroyed, or destroyed and made anew, which comes to the same. */
export function dataLosses(plan: Plan): DataLoss[] {
  return [...plan.changes, ...plan.deferred.map(({ change }) => change)].flatMap((change) => {
    const holder = holderOf(change.type);
    const isReplaced = change.action === 'replace';
    if (!holder || change.mode === 'data' || !(isReplaced || change.action === 'delete')) return [];
    // Terraform forgets it, AWS keeps it: the entry of the change says so.
    if (valueAt(change.before, 'skip_destroy') === true) return [];
    const subject = resourceWords(change);
    const which = change.isDeposed ? ' (a copy left over from an earlier deployment)' : addressWords(change);
    const what = `is **${isReplaced ? 'replaced' : 'destroyed'}**, which deletes ${holder.holds}`;
    const why = [reasonWords(change), movedWords(change)].filter((part) => part !== '').join('; ');
    const mercy = mercyOf(change);
    const text = `${subject}${which} ${what}${why === '' ? '' : `: ${why}`}.${mercy}`;
    return [{ isMinor: holder.isMinor === true, isSoftened: mercy !== '', text }];
  });
}

function holderOf(type: string): DataHolder | undefined {
  return Object.hasOwn(dataHolders, type) ? dataHolders[type] : undefined;
}

/** What AWS does to soften it, as far as the resource says. */
function mercyOf({ type, before }: ResourceChange): string {
  const at = (attribute: string) => valueAt(before, attribute);
  const protection =
    at('deletion_protection_enabled') === true || at('deletion_protection') === true || at('deletion_protection') === 'ACTIVE';
  if (protection) return ' Deletion protection is on, so AWS will refuse and the deployment will stop half-way.';
  const days = at(type.startsWith('aws_kms_') ? 'deletion_window_in_days' : 'recovery_window_in_days');
  if (typeof days === 'number' && days > 0) return ` It can be brought back for ${counted(days, 'day')}.`;
  // docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
  if (type === 'aws_dynamodb_table' && valueAt(before, 'point_in_time_recovery', 0, 'enabled') === true)
    return ' A backup that AWS makes at that moment keeps them for 35 days.';
  if (at('skip_final_snapshot') === false) return ' A last snapshot of it is kept.';
  if (type === 'aws_s3_bucket' && at('force_destroy') !== true) return ' AWS refuses while objects are in it.';
  if (type === 'aws_ecr_repository' && at('force_delete') !== true) return ' AWS refuses while images are in it.';
  return '';
}

/** Types of resources that hold something which code cannot bring back, and what that is. */
type DataHolder = {
  /** Completes "which deletes …". */
  readonly holds: string;
  /** Worth a word, not worth stopping for. */
  readonly isMinor?: true;
};

export const dataHolders: Readonly<Record<string, DataHolder>> = {
  aws_backup_vault: { holds: 'every backup in it' },
  aws_bedrockagent_data_source: { holds: 'what the knowledge base took in from it', isMinor: true },
  aws_bedrockagent_knowledge_base: { holds: 'its index; all documents have to be taken in again, under another id' },
  aws_bedrockagentcore_api_key_credential_provider: { holds: 'the API key in it' },
  aws_bedrockagentcore_memory: { holds: 'everything Vera remembers about people and threads' },
  aws_bedrockagentcore_memory_strategy: { holds: 'the memories this strategy made' },
  aws_bedrockagentcore_oauth2_credential_provider: { holds: 'the client secret and the tokens of everybody who connected an account' },
  aws_bedrockagentcore_token_vault_cmk: { holds: 'the way to read the stored tokens' },
  aws_bedrockagentcore_workload_identity: { holds: 'the tokens that belong to it' },
  aws_cloudwatch_log_group: { holds: 'the logs in it', isMinor: true },
  aws_cognito_identity_pool: { holds: 'every identity in it' },
  aws_cognito_user_pool: { holds: 'every user and client in it' },
  aws_cognito_user_pool_client: { holds: 'its client id and secret; whoever uses them has to be given new ones', isMinor: true },
  aws_db_instance: { holds: 'every row in it' },
  aws_docdb_cluster: { holds: 'every document in it' },
  aws_dynamodb_global_table: { holds: 'every item in it' },
  aws_dynamodb_table: { holds: 'every item in it' },
  aws_dynamodb_table_replica: { holds: "the replica's copy", isMinor: true },
  aws_ebs_volume: { holds: 'every file in it' },
  aws_ecr_repository: { holds: 'every image in it, those to roll back to among them' },
  aws_ecrpublic_repository: { holds: 'every image in it' },
  aws_efs_file_system: { holds: 'every file in it' },
  aws_elasticache_replication_group: { holds: 'what it caches', isMinor: true },
  aws_fsx_lustre_file_system: { holds: 'every file in it' },
  aws_kinesis_stream: { holds: 'the records in it' },
  aws_kms_external_key: { holds: 'the only way to read what it encrypted' },
  aws_kms_key: { holds: 'the only way to read what it encrypted' },
  aws_kms_replica_key: { holds: 'the way to read what it encrypted in its region' },
  aws_neptune_cluster: { holds: 'the graph in it' },
  aws_opensearch_domain: { holds: 'every index in it' },
  aws_opensearchserverless_collection: { holds: 'every index in it' },
  aws_rds_cluster: { holds: 'every row in it' },
  aws_redshift_cluster: { holds: 'every row in it' },
  aws_s3_bucket: { holds: 'every object in it' },
  aws_s3_directory_bucket: { holds: 'every object in it' },
  aws_s3tables_table: { holds: 'every row in it' },
  aws_s3tables_table_bucket: { holds: 'every table in it' },
  aws_s3vectors_index: { holds: 'every vector in it' },
  aws_s3vectors_vector_bucket: { holds: 'every vector in it' },
  aws_secretsmanager_secret: { holds: 'its value, which is in no code' },
  aws_secretsmanager_secret_version: { holds: 'this value of the secret' },
  aws_sqs_queue: { holds: 'the messages waiting in it', isMinor: true },
  aws_ssm_parameter: { holds: 'its value and its history', isMinor: true },
  aws_timestreamwrite_table: { holds: 'every record in it' },
};
