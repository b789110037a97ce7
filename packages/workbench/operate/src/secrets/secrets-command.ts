import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createCommand } from '../command.ts';
import { type Deployment, deployment } from '../deployment.ts';
import { createPrompt, StoppedError } from './create-prompt.ts';
import { enterSecrets } from './enter-secrets.ts';
import { judgeSecrets } from './judge-secrets.ts';
import { createSecretStore } from './secret-store.ts';

export const secretsCommand = createCommand({
  usage: ['secrets [KEY …] [--unchecked]'],
  help: `Asks for the keys of the deployment's secret (or those named), shows nothing of them, has Slack, Atlassian and GitHub say whether they are right,
and writes them with your AWS credentials. From a pipe each line is an answer. Ends with 1 when one was refused, or one is missing.

  --unchecked   writes also what could not be checked, where who issued it gives no answer`,
  options: { unchecked: { type: 'boolean' } },
  act: ({ unchecked = false }, wanted) => enter(deployment(), wanted, unchecked),
});

async function enter({ region, secret, secretKeys }: Deployment, wanted: readonly string[], unchecked: boolean): Promise<number> {
  const write = (text: string) => void process.stdout.write(text);
  const client = new SecretsManagerClient({ region });
  using prompt = createPrompt(process.stdin, write, () => process.kill(process.pid, 'SIGINT'));
  try {
    write(`The secret ${secret} in ${region}.\n`);
    const isWhole = await enterSecrets({
      prompt,
      store: createSecretStore(client, secret),
      judge: (keys) => judgeSecrets(keys, process.env),
      tell: (line) => write(`${line}\n`),
      names: secretKeys,
      wanted,
      unchecked,
    });
    return isWhole ? 0 : 1;
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    write(`${error.message}\n`);
    return 130;
  } finally {
    client.destroy();
  }
}
