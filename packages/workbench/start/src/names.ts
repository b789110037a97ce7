/** What things are called in the local system, as the stacks name them in AWS. */
export const names = {
  deployment: 'use1-local-vera',
  secret: 'vera/slack',
  ledgerTable: 'vera-ledger',
  accountsTable: 'vera-accounts',
  auditTable: 'vera-audit',
  auditHeadsTable: 'vera-audit-heads',
  gatewayClientSecret: 'vera/gateway-client',
  gatewayId: 'vera-gateway-a1b2c3d4e5',
  /** Of tables and secret, and what seals people's tokens. */
  keyArn: 'arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000',
  /** What AWS's MCP server acts with. */
  awsReaderRole: 'arn:aws:iam::000000000000:role/vera-aws-reader',
  receiver: 'receiver',
  invoker: 'invoker',
  sweeper: 'sweeper',
  authPortal: 'auth-portal',
  worker: 'worker',
  runtimeArn: 'arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/vera_worker-0123456789',
  guardrailId: 'northwindgr1',
  guardrailVersion: '1',
  memoryId: 'vera_memory-0123456789',
  knowledgeBase: { id: 'NORTHWIND1', name: 'Company documents' },
  /** The demo company's Atlassian site. */
  cloudId: '5f0c3c1e-7c1b-4f5e-9d0a-1d2f6a7b8c90',
  modelId: 'us.anthropic.claude-sonnet-5-5',
} as const;

/** As the stacks, or AgentCore with its runtime, make them. */
export function logGroupsOn(platform: 'v1' | 'v2' | 'lambda'): string[] {
  const { receiver, invoker, sweeper, authPortal, worker } = names;
  const groups = [receiver, invoker, sweeper, authPortal, worker].map((component) => logGroupOf(component, platform).group);
  return platform === 'lambda' ? groups : [...groups, usageLog.group];
}

/** Where AWS keeps what a component writes. */
export function logGroupOf(component: string, platform: 'v1' | 'v2' | 'lambda'): { readonly group: string; readonly stream: string } {
  const isOnAgentCore = component === names.worker && platform !== 'lambda';
  const group = isOnAgentCore
    ? `/aws/bedrock-agentcore/runtimes/${names.runtimeArn.split('/').at(-1)}-DEFAULT`
    : `/aws/lambda/${component}`;
  return { group, stream: isOnAgentCore ? '[runtime-logs]' : '[$LATEST]' };
}

/** What AgentCore says that sessions used; `pnpm vera cost` finds it by the name that `tell-running.ts` tells. */
export const usageLog = { group: '/aws/vendedlogs/bedrock-agentcore/usage', stream: 'BedrockAgentCoreRuntime_UsageLogs' } as const;

/** Where Lambda puts what a function failed at for good, the worker where it runs there. */
export const failuresQueues = {
  [names.invoker]: 'arn:aws:sqs:us-east-1:000000000000:invoker-failures',
  [names.worker]: 'arn:aws:sqs:us-east-1:000000000000:worker-failures',
} as const;

/** Vera's app at Slack, Atlassian and GitHub; they are emulated, so there is nothing to keep. */
export const appKeys = { clientId: 'vera-local', clientSecret: 'vera-local-secret' } as const;
