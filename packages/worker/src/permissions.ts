/** IAM actions the worker's adapters use, by the role of the resource. */
export const workerPermissions = {
  secret: ['secretsmanager:GetSecretValue'],
  ledgerTable: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  ledgerIndex: ['dynamodb:Query'],
  model: ['bedrock:InvokeModelWithResponseStream'],
  guardrail: ['bedrock:ApplyGuardrail'],
  knowledgeBase: ['bedrock:Retrieve'],
  gateway: ['bedrock-agentcore:InvokeGateway'],
  gatewayClient: ['secretsmanager:GetSecretValue'],
  accountsTable: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  accountsKey: ['kms:GenerateDataKey', 'kms:Decrypt'],
} as const;
