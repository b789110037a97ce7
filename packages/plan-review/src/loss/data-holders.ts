export type DataLoss = {
  readonly isMinor: boolean;
  /** AWS keeps it for a while, or refuses; the text says which. */
  readonly isSoftened: boolean;
  readonly text: string;
};

/** Types of resources that hold something which code cannot bring back, and what that is. */
type DataHolder = {
  /** Completes "which deletes …". */
  readonly holds: string;
  /** Worth a word, not worth stopping for. */
  readonly isMinor?: true;
  /** What those hold whose names end so. */
  readonly named?: Readonly<Record<string, string>>;
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
  aws_dynamodb_table: {
    holds: 'every item in it',
    named: {
      '-audit': 'the audit log: who did what, with whose rights and whose yes',
      '-audit-heads': 'the copied heads of the audit log, without which nobody sees that lines of it were removed or changed',
    },
  },
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

export function holderOf(type: string): DataHolder | undefined {
  return Object.hasOwn(dataHolders, type) ? dataHolders[type] : undefined;
}

export function heldBy({ holds, named = {} }: DataHolder, name: string): string {
  const [, told = holds] = Object.entries(named).find(([end]) => name.endsWith(end)) ?? [];
  return told;
}
