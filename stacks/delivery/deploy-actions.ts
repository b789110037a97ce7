const agentCoreThings = [
  'AgentRuntime',
  'AgentRuntimeEndpoint',
  'ApiKeyCredentialProvider',
  'Gateway',
  'GatewayTarget',
  'Memory',
  'WorkloadIdentity',
];

/** What makes, changes and removes runtimes, gateways and memories; nothing that reads a person's memory or a token. */
export const agentCoreActions: readonly string[] = [
  ...agentCoreThings.flatMap((thing) => ['Create', 'Delete', 'Get', 'Update'].map((verb) => `bedrock-agentcore:${verb}${thing}`)),
  ...['CreateTokenVault', 'GetTokenVault', 'ListGatewayTargets', 'SynchronizeGatewayTargets', 'TagResource', 'UntagResource'].map(
    (action) => `bedrock-agentcore:${action}`,
  ),
];

export const keyActions: readonly string[] = [
  ...['kms:CreateAlias', 'kms:CreateGrant', 'kms:Decrypt', 'kms:DeleteAlias', 'kms:EnableKeyRotation', 'kms:GenerateDataKey'],
  ...['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UpdateAlias', 'kms:UpdateKeyDescription'],
];
