import { BedrockAgentCoreClient } from '@aws-sdk/client-bedrock-agentcore';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createCommand } from '../command.ts';
import { type Deployment, deployment } from '../deployment.ts';
import { createClients } from '../doctor/clients.ts';
import { lookAtRoles } from '../doctor/look-at-roles.ts';
import { neededRoles } from '../doctor/needed-roles.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { checkDeployment } from './check-deployment.ts';

export const checkCommand = createCommand({
  usage: ['check'],
  help: `Asks the deployed secret, receiver, auth portal, roles of your own and runtime whether they live, with your AWS credentials, and changes nothing.
Of what ails it tells what helps, and ends with 1. A session starts for it, and is stopped.`,
  options: {},
  act: () => check(deployment()),
});

async function check(deployment: Deployment): Promise<number> {
  const { region, settings } = deployment;
  const tell = (line: string) => void process.stdout.write(`${line}\n`);
  const clients = { secrets: new SecretsManagerClient({ region }), lambda: new LambdaClient({ region }) };
  const agentCore = new BedrockAgentCoreClient({ region });
  const store = createSecretStore(clients.secrets, deployment.secret);
  using ofRoles = createClients({ region, clientOf: () => ({ region }) });
  const roles = Object.keys(settings.roles).length === 0 ? undefined : async () => lookAtRoles(neededRoles(), ofRoles);
  const isWell = await checkDeployment({ deployment, store, lambda: clients.lambda, agentCore, origins: process.env, roles, tell });
  tell(isWell ? 'All of it lives. In Slack: /invite @Vera, and ask.' : 'Mend the first that ails, and ask again.');
  for (const client of [clients.secrets, clients.lambda, agentCore]) client.destroy();
  return isWell ? 0 : 1;
}
