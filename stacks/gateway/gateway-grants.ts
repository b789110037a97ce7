import type { Grants } from '../constructs/grant.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import type { ApiTarget } from './api-targets.ts';

/** What the gateway does with its role: read our documents, and take each target's key out of AgentCore's vault. */
export function gatewayGrantsOf(settings: Settings, schemasArn: string, targets: readonly ApiTarget[]): Grants {
  const identity = `arn:aws:bedrock-agentcore:${settings.region}:${settings.account}`;
  const directory = `${identity}:workload-identity-directory/default`;
  const vault = `${identity}:token-vault/default`;
  const providers = targets.map(({ name }) => keyProviderNameOf(settings, name));
  return {
    schemas: {
      actions: ['s3:GetObject'],
      resources: [`${schemasArn}/*`],
      because: 'the documents carry a hash in their names, and nothing else is in this bucket',
    },
    identity: {
      actions: ['bedrock-agentcore:GetWorkloadAccessToken'],
      resources: [directory, `${directory}/workload-identity/${nameOf(settings, 'gateway')}-*`],
      because: 'AgentCore makes the gateway an identity, named with an id of its own',
    },
    keys: {
      actions: ['bedrock-agentcore:GetResourceApiKey'],
      resources: [
        vault,
        ...providers.map((provider) => `${vault}/apikeycredentialprovider/${provider}`),
        directory,
        `${directory}/workload-identity/${nameOf(settings, 'gateway')}-*`,
      ],
      because: 'AgentCore makes the gateway an identity, named with an id of its own, and checks it beside the key',
    },
    keySecrets: {
      actions: ['secretsmanager:GetSecretValue'],
      resources: providers.map(
        (provider) =>
          `arn:aws:secretsmanager:${settings.region}:${settings.account}:secret:bedrock-agentcore-identity!default/apikey/${provider}-*`,
      ),
      because: 'AgentCore keeps each key in a secret of its own making; Secrets Manager ends every ARN with six random characters',
    },
  };
}

export function keyProviderNameOf(settings: Settings, target: ApiTarget['name']): string {
  return nameOf(settings, target);
}
