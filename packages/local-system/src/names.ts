/** What things are called in the local system, as the stacks name them in AWS. */
export const names = {
  secret: 'vera/slack',
  ledgerTable: 'vera-ledger',
  /** Of table and secret. */
  keyArn: 'arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000',
  receiver: 'receiver',
  invoker: 'invoker',
  sweeper: 'sweeper',
  authPortal: 'auth-portal',
  worker: 'worker',
  runtimeArn: 'arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/vera_worker-0123456789',
  guardrailId: 'northwindgr1',
  knowledgeBaseId: 'NORTHWIND1',
  modelId: 'us.anthropic.claude-sonnet-5-5',
} as const;
