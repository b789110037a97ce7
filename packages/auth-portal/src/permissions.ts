/** IAM actions the auth portal's adapters use, by the role of the resource. */
export const authPortalPermissions = {
  secret: ['secretsmanager:GetSecretValue'],
} as const;
