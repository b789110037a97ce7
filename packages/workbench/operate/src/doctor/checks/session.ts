import { lookAtFunction, lookAtRuntime } from '../../check/look-at-runtime.ts';
import type { Check } from '../check.ts';
import { invokedBy, workerRights } from '../find-worker.ts';

export const sessionCheck: Check = {
  part: 'session',
  asks: 'Does a session start, read its secret and reach Slack? It is of nobody, and stopped afterwards.',
  rights: [
    ...workerRights.slice(0, 1),
    'bedrock-agentcore:InvokeAgentRuntime',
    'bedrock-agentcore:StopRuntimeSession',
    'lambda:InvokeFunction',
  ],
  concerns: () => true,
  async look({ clients, nameOf }) {
    const { arn, qualifier, functionName } = await invokedBy({ clients, nameOf });
    if (functionName !== undefined) return [await lookAtFunction(functionName, clients('lambda'))];
    return [await lookAtRuntime({ arn, qualifier, client: clients('agentCore') })];
  },
};
