import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createCommand, misuse } from '../command.ts';
import { type Deployment, deployment } from '../deployment.ts';
import { createPrompt, type Prompt, StoppedError } from './create-prompt.ts';
import { enterSecrets } from './enter-secrets.ts';
import { askGatewayKeys } from './gateway-keys.ts';
import { judgeSecrets } from './judge-secrets.ts';
import { createSecretStore } from './secret-store.ts';

const usage = ['secrets [KEY …] [--unchecked]', 'secrets --gateway [--auto-approve]'];

export const secretsCommand = createCommand({
  usage,
  help: `Asks for the keys of the deployment's secret (or those named), shows nothing of them, has Slack, Atlassian and GitHub say whether they are right,
and writes them with your AWS credentials. From a pipe each line is an answer. Ends with 1 when one was refused, or one is missing.

  --unchecked     writes also what could not be checked, where who issued it gives no answer
  --gateway       asks for the keys of the gateway's targets instead, and deploys the stack gateway with them in that one command's environment:
                  AgentCore keeps them, and reads them of a target that is new or whose keyVersion was raised
  --auto-approve  deploys it without asking: for a pipe`,
  options: { unchecked: { type: 'boolean' }, gateway: { type: 'boolean' }, 'auto-approve': { type: 'boolean' } },
  act: async ({ unchecked = false, gateway = false, 'auto-approve': isApproved = false }, wanted) => {
    if (!gateway && isApproved) throw misuse('--auto-approve goes with --gateway.', { usage });
    if (!gateway) return enter(deployment(), wanted, unchecked);
    if (wanted.length > 0) throw misuse('--gateway asks for all keys of the gateway: leave the names out.', { usage });
    return deployGateway(deployment(), isApproved);
  },
});

const repository = fileURLToPath(new URL('../../../../../', import.meta.url));

async function deployGateway({ gatewayVariables: variables }: Deployment, isApproved: boolean): Promise<number> {
  const keys = await atPrompt((prompt, tell) => askGatewayKeys({ prompt, tell, variables }));
  if (typeof keys === 'number') return keys;
  const args = ['stacks/cdktf.mjs', 'deploy', 'gateway', ...(isApproved ? ['--auto-approve'] : [])];
  process.stdout.write(`Deploying gateway with ${Object.keys(keys).join(', ') || 'no key'}.\n`);
  const { status } = spawnSync(process.execPath, args, { cwd: repository, stdio: 'inherit', env: { ...process.env, ...keys } });
  return status ?? 1;
}

/** What was asked, or the status to end with where a person stopped it. */
async function atPrompt<Answer>(ask: (prompt: Prompt, tell: (line: string) => void) => Promise<Answer>): Promise<Answer | number> {
  const write = (text: string) => void process.stdout.write(text);
  using prompt = createPrompt(process.stdin, write, () => process.kill(process.pid, 'SIGINT'));
  try {
    return await ask(prompt, (line) => write(`${line}\n`));
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    write(`${error.message}\n`);
    return 130;
  }
}

async function enter({ region, secret, secretKeys }: Deployment, wanted: readonly string[], unchecked: boolean): Promise<number> {
  const client = new SecretsManagerClient({ region });
  process.stdout.write(`The secret ${secret} in ${region}.\n`);
  try {
    const isWhole = await atPrompt((prompt, tell) =>
      enterSecrets({
        prompt,
        store: createSecretStore(client, secret),
        judge: (keys) => judgeSecrets(keys, process.env),
        tell,
        names: secretKeys,
        wanted,
        unchecked,
      }),
    );
    return typeof isWhole === 'number' ? isWhole : Number(!isWhole);
  } finally {
    client.destroy();
  }
}
