import { GetAgentRuntimeCommand, GetAgentRuntimeEndpointCommand } from '@aws-sdk/client-bedrock-agentcore-control';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { ask, askIfThere } from './ask.ts';
import { GroundError, type Patient, type Worker } from './check.ts';

export const workerRights = [
  'lambda:GetFunctionConfiguration',
  'bedrock-agentcore:GetAgentRuntime',
  'bedrock-agentcore:GetAgentRuntimeEndpoint',
];
const [ofFunction = '', ofRuntime = '', ofEndpoint = ''] = workerRights;

/** What the invoker was told to call, with what it runs with: what it does not know is never asked, whatever else there is. */
export async function findWorker({ clients, nameOf }: Pick<Patient, 'clients' | 'nameOf'>): Promise<Worker> {
  const variablesOf = async (FunctionName: string) =>
    (await askIfThere(ofFunction, () => clients('lambda').send(new GetFunctionConfigurationCommand({ FunctionName }))))?.Environment
      ?.Variables;
  const told = await variablesOf(nameOf('invoker'));
  if (told === undefined) throw new GroundError('the invoker is not deployed, which knows the worker', 'pnpm cdktf deploy worker invoker');
  const { AGENT_RUNTIME_ARN: arn, AGENT_RUNTIME_QUALIFIER: endpointName = 'DEFAULT', WORKER_FUNCTION: functionName } = told;
  if (functionName !== undefined) {
    const variables = await variablesOf(functionName);
    if (variables === undefined) throw new GroundError(`the worker ${functionName} is not there`, 'pnpm cdktf deploy worker invoker');
    return { on: 'lambda', functionName, variables };
  }
  const agentRuntimeId = arn?.split('/')[1];
  if (arn === undefined || agentRuntimeId === undefined)
    throw new GroundError('the invoker was told of no worker', 'pnpm cdktf deploy worker invoker');
  const control = clients('control');
  const endpoint = await askIfThere(ofEndpoint, () => control.send(new GetAgentRuntimeEndpointCommand({ agentRuntimeId, endpointName })));
  if (endpoint === undefined)
    throw new GroundError(`the runtime ${agentRuntimeId} has no endpoint ${endpointName}`, 'pnpm cdktf deploy worker invoker');
  // Only this call tells the platform, and only of the version that is named.
  const at = endpoint.liveVersion ?? endpoint.targetVersion;
  const latest = await ask(ofRuntime, () => control.send(new GetAgentRuntimeCommand({ agentRuntimeId })));
  const served =
    at === undefined || at === latest.agentRuntimeVersion
      ? latest
      : await ask(ofRuntime, () => control.send(new GetAgentRuntimeCommand({ agentRuntimeId, agentRuntimeVersion: at })));
  return {
    on: 'agentcore',
    arn,
    variables: served.environmentVariables ?? {},
    runtime: {
      id: agentRuntimeId,
      status: latest.status ?? 'of unknown state',
      version: served.agentRuntimeVersion ?? '?',
      latestVersion: latest.agentRuntimeVersion ?? '?',
      platform: served.platformVersion,
      image: served.agentRuntimeArtifact?.containerConfiguration?.containerUri,
      why: latest.failureReason,
    },
    endpoint: { name: endpointName, status: endpoint.status ?? 'of unknown state', why: endpoint.failureReason },
  };
}
