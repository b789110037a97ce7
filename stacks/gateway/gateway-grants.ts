import { type Grants, grantsOf } from '../constructs/grant.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

/** What stands behind the gateway, by the names of the credential providers it shows itself with. */
interface Behind {
  /** Where our documents are; undefined where no target is made of one. */
  readonly schemasArn: string | undefined;
  readonly apiKeys: readonly string[];
  readonly clients: readonly string[];
}

const permissions = {
  schemas: ['s3:GetObject'],
  identity: ['bedrock-agentcore:GetWorkloadAccessToken'],
  keys: ['bedrock-agentcore:GetResourceApiKey'],
  tokens: ['bedrock-agentcore:GetResourceOauth2Token'],
  keySecrets: ['secretsmanager:GetSecretValue'],
} as const;

/** What the gateway does with its role: read our documents, and take each target's key, or a token of its client, out of AgentCore's vault. */
export function gatewayGrantsOf(settings: Settings, { schemasArn, apiKeys, clients }: Behind): Grants {
  const place = `${settings.region}:${settings.account}`;
  const identity = `arn:aws:bedrock-agentcore:${place}`;
  const directory = `${identity}:workload-identity-directory/default`;
  const vault = `${identity}:token-vault/default`;
  const identities = [directory, `${directory}/workload-identity/${nameOf(settings, 'gateway')}-*`];
  const named = 'AgentCore makes the gateway an identity, named with an id of its own';
  const inVault = (kind: Kind, names: readonly string[]) => {
    if (names.length === 0) return [];
    const providers = names.map((name) => `${vault}/${kind}credentialprovider/${name}`);
    return { resources: [vault, ...providers, ...identities], because: `${named}, and checks it beside the key` };
  };
  const secretsOf = (kind: Kind, names: readonly string[]) =>
    names.map((name) => `arn:aws:secretsmanager:${place}:secret:bedrock-agentcore-identity!default/${kind}/${name}-*`);
  const secrets = [...secretsOf('apikey', apiKeys), ...secretsOf('oauth2', clients)];
  const ofDocuments = 'the documents carry a hash in their names, and nothing else is in this bucket';
  const ofSecrets = 'AgentCore keeps each key in a secret of its own making; Secrets Manager ends every ARN with six random characters';
  return grantsOf(permissions, {
    schemas: schemasArn ? { resources: [`${schemasArn}/*`], because: ofDocuments } : [],
    identity: { resources: identities, because: named },
    keys: inVault('apikey', apiKeys),
    tokens: inVault('oauth2', clients),
    keySecrets: secrets.length > 0 ? { resources: secrets, because: ofSecrets } : [],
  });
}

/** As AgentCore names the kinds of its credential providers. */
type Kind = 'apikey' | 'oauth2';

export function keyProviderNameOf(settings: Settings, target: string): string {
  return nameOf(settings, target);
}
