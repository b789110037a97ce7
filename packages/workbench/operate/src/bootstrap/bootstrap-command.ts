import { createInterface } from 'node:readline/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createCommand } from '../command.ts';
import { deployment } from '../deployment.ts';
import { signedOutWords } from '../sign-in.ts';
import { UsageError } from '../usage-error.ts';
import { bootstrap } from './bootstrap.ts';

export const bootstrapCommand = createCommand({
  usage: ['bootstrap [--yes]'],
  help: `Makes the bucket of Terraform's state as the settings name it: versions, encryption, nobody else's. Says first what is missing, and asks.
What is there already is left as it is. Ends with 1 when it was not agreed to.

  --yes   makes it without asking`,
  options: { yes: { type: 'boolean' } },
  act({ yes: isYes = false }) {
    const settings = deployment();
    return bootstrap({
      deployment: settings,
      isYes,
      caller: () => callerIn(settings.region),
      s3: (region) => new S3Client({ region }),
      tell: (line) => void process.stdout.write(`${line}\n`),
      ask: process.stdin.isTTY ? ask : undefined,
    });
  },
});

/** Throws `UsageError` where nobody is signed in. */
export async function callerIn(region: string): Promise<{ readonly account: string; readonly arn: string }> {
  const client = new STSClient({ region });
  try {
    const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  } catch (error) {
    throw new UsageError(signedOutWords(error), { cause: error });
  } finally {
    client.destroy();
  }
}

async function ask(question: string): Promise<string> {
  using reader = createInterface({ input: process.stdin, output: process.stdout });
  return reader.question(question);
}
