/** IAM actions the receiver's adapters use, by the role of the resource. */
export const receiverPermissions = {
  secret: ['secretsmanager:GetSecretValue'],
  ledgerTable: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
  ledgerIndex: ['dynamodb:Query'],
  auditTable: ['dynamodb:PutItem', 'dynamodb:Query'],
  invokerFunction: ['lambda:InvokeFunction'],
} as const;
