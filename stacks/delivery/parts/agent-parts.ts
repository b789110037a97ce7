import type { Settings } from '../../settings/settings.ts';
import { actionsOf, type Parts, placeOf } from '../part.ts';

const agentCore = (names: string) => actionsOf('bedrock-agentcore', names);

/** Runtime, gateway and memory. Nothing here reads a person's memory, a key or a token. */
export function agentPartsOf(settings: Settings): Parts {
  const { name, underscored, arn } = placeOf(settings);
  const arnOf = (resource: string) => arn('bedrock-agentcore', resource);
  const directory = arnOf('workload-identity-directory/default');
  return {
    agents: {
      resources: [arnOf(`runtime/${underscored}_*`), arnOf(`gateway/${name}-*`), arnOf(`memory/${underscored}-*`)],
      because: 'AgentCore adds ten random characters to our names',
      look: agentCore('GetAgentRuntime GetAgentRuntimeEndpoint GetGateway GetGatewayTarget GetMemory ListTagsForResource'),
      make: [
        ...agentCore('*AgentRuntimeEndpoint *GatewayTarget DeleteAgentRuntime DeleteGateway DeleteMemory SynchronizeGatewayTargets'),
        ...agentCore('TagResource UntagResource UpdateAgentRuntime UpdateGateway UpdateMemory'),
      ],
    },
    targetKeys: {
      resources: [arnOf('token-vault/default'), arnOf(`token-vault/default/apikeycredentialprovider/${name}-*`)],
      because: 'one key a target of the gateway, named after it',
      look: agentCore('GetApiKeyCredentialProvider'),
      make: agentCore('*ApiKeyCredentialProvider'),
    },
    identities: {
      resources: [directory, ...[`${name}-*`, `${underscored}_*`].map((identity) => `${directory}/workload-identity/${identity}`)],
      because: 'AgentCore gives each runtime and gateway an identity, in the name of whoever makes it',
      look: [],
      make: agentCore('*WorkloadIdentity'),
    },
    guardrails: {
      resources: [arn('bedrock', 'guardrail/*')],
      // No condition on the tag: while it waits for a guardrail to be gone, Terraform asks for one that has no tags any more.
      because: 'AWS makes up the ids; how a guardrail is set up is no secret',
      look: actionsOf('bedrock', 'GetGuardrail ListTagsForResource'),
      make: [],
    },
  };
}
