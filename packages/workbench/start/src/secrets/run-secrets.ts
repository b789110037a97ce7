import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Deployment } from '../deployment.ts';
import { createPrompt, StoppedError } from './create-prompt.ts';
import { enterSecrets } from './enter-secrets.ts';
import { judgeSecrets, type Origins } from './judge-secrets.ts';
import { createSecretStore } from './secret-store.ts';

interface Asked {
  readonly wanted: readonly string[];
  readonly unchecked: boolean;
  readonly origins: Origins;
}

type Place = Pick<Deployment, 'region' | 'secret' | 'secretKeys'>;

/** `pnpm vera secrets`; gives the status to end with. */
export async function runSecrets({ region, secret, secretKeys }: Place, { wanted, unchecked, origins }: Asked): Promise<number> {
  const write = (text: string) => void process.stdout.write(text);
  const client = new SecretsManagerClient({ region });
  using prompt = createPrompt(process.stdin, write);
  try {
    write(`The secret ${secret} in ${region}.\n`);
    const isWhole = await enterSecrets({
      prompt,
      store: createSecretStore(client, secret),
      judge: (keys) => judgeSecrets(keys, origins),
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
