import type { Grants } from '../constructs/grant.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

/** What stands behind the gateway, by the names of the credential providers it shows itself with. */
interface Behind {
  /** Where our documents are; undefined where no target is made of one. */
  readonly schemasArn: string | undefined;
  readonly apiKeys: readonly string[];
  readonly clients: readonly string[];
}

/** What the gateway does with its role: read our documents, and take each target's key, or a token of its client, out of AgentCore's vault. */
export function gatewayGrantsOf(settings: Settings, { schemasArn, apiKeys, clients }: Behind): Grants {
  const identity = `arn:aws:bedrock-agentcore:${settings.region}:${settings.account}`;
  const directory = `${identity}:workload-identity-directory/default`;
  const vault = `${identity}:token-vault/default`;
  const identities = [directory, `${directory}/workload-identity/${nameOf(settings, 'gateway')}-*`];
  const because = 'AgentCore makes the gateway an identity, named with an id of its own, and checks it beside the key';
  const kinds = [...apiKeys.map((name) => ({ name, kind: 'apikey' })), ...clients.map((name) => ({ name, kind: 'oauth2' }))];
  return {
    ...(schemasArn
      ? {
          schemas: {
            actions: ['s3:GetObject'],
            resources: [`${schemasArn}/*`],
            because: 'the documents carry a hash in their names, and nothing else is in this bucket',
          },
        }
      : {}),
    identity: {
      actions: ['bedrock-agentcore:GetWorkloadAccessToken'],
      resources: identities,
      because: 'AgentCore makes the gateway an identity, named with an id of its own',
    },
    ...(apiKeys.length > 0
      ? {
          keys: {
            actions: ['bedrock-agentcore:GetResourceApiKey'],
            resources: [vault, ...apiKeys.map((name) => `${vault}/apikeycredentialprovider/${name}`), ...identities],
            because,
          },
        }
      : {}),
    ...(clients.length > 0
      ? {
          tokens: {
            actions: ['bedrock-agentcore:GetResourceOauth2Token'],
            resources: [vault, ...clients.map((name) => `${vault}/oauth2credentialprovider/${name}`), ...identities],
            because,
          },
        }
      : {}),
    ...(kinds.length > 0
      ? {
          keySecrets: {
            actions: ['secretsmanager:GetSecretValue'],
            resources: kinds.map(
              ({ name, kind }) =>
                `arn:aws:secretsmanager:${settings.region}:${settings.account}:secret:bedrock-agentcore-identity!default/${kind}/${name}-*`,
            ),
            because: 'AgentCore keeps each key in a secret of its own making; Secrets Manager ends every ARN with six random characters',
          },
        }
      : {}),
  };
}

export function keyProviderNameOf(settings: Settings, target: string): string {
  return nameOf(settings, target);
}
