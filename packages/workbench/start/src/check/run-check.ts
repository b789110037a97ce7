import { BedrockAgentCoreClient } from '@aws-sdk/client-bedrock-agentcore';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Deployment } from '../deployment.ts';
import type { Origins } from '../secrets/judge-secrets.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { checkDeployment } from './check-deployment.ts';

/** `pnpm vera check`; gives the status to end with. */
export async function runCheck(deployment: Deployment, origins: Origins): Promise<number> {
  const { region } = deployment;
  const tell = (line: string) => void process.stdout.write(`${line}\n`);
  const clients = { secrets: new SecretsManagerClient({ region }), lambda: new LambdaClient({ region }) };
  const agentCore = new BedrockAgentCoreClient({ region });
  const store = createSecretStore(clients.secrets, deployment.secret);
  const isWell = await checkDeployment({ deployment, store, lambda: clients.lambda, agentCore, origins, tell });
  tell(isWell ? 'All of it lives. In Slack: /invite @Vera, and ask.' : 'Mend the first that ails, and ask again.');
  for (const client of [clients.secrets, clients.lambda, agentCore]) client.destroy();
  return isWell ? 0 : 1;
}
