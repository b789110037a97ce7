/** IAM actions the auth portal's adapters use, by the role of the resource. */
export const authPortalPermissions = {
  secret: ['secretsmanager:GetSecretValue'],
  accountsTable: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
  auditTable: ['dynamodb:PutItem', 'dynamodb:Query'],
  accountsKey: ['kms:GenerateDataKey', 'kms:Decrypt'],
  invokerFunction: ['lambda:InvokeFunction'],
} as const;
