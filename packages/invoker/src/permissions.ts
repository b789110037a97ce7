/** IAM actions the invoker's adapter uses, by the role of the resource. */
export const invokerPermissions = {
  agentRuntime: ['bedrock-agentcore:InvokeAgentRuntime'],
  workerFunction: ['lambda:InvokeFunction'],
} as const;
