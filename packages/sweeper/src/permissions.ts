/** IAM actions the sweeper's adapters use, by the role of the resource. */
export const sweeperPermissions = {
  secret: ['secretsmanager:GetSecretValue'],
  ledgerTable: ['dynamodb:UpdateItem'],
  ledgerIndex: ['dynamodb:Query'],
  auditTable: ['dynamodb:PutItem', 'dynamodb:Query'],
  auditHeads: ['dynamodb:PutItem', 'dynamodb:Query'],
  invokerFunction: ['lambda:InvokeFunction'],
  traces: ['xray:PutTraceSegments'],
  agentRuntime: ['bedrock-agentcore:StopRuntimeSession'],
} as const;
