import { createInterface } from 'node:readline/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Deployment } from '../deployment.ts';
import { UsageError } from '../usage-error.ts';
import { bootstrap } from './bootstrap.ts';

/** `pnpm vera bootstrap`; gives the status to end with. */
export async function runBootstrap(deployment: Deployment, isYes: boolean): Promise<number> {
  return bootstrap({
    deployment,
    isYes,
    caller: () => callerIn(deployment.region),
    s3: (region) => new S3Client({ region }),
    tell: (line) => void process.stdout.write(`${line}\n`),
    ask: process.stdin.isTTY ? ask : undefined,
  });
}

/** Throws `UsageError` where nobody is signed in. */
export async function callerIn(region: string): Promise<{ readonly account: string; readonly arn: string }> {
  const client = new STSClient({ region });
  try {
    const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    throw new UsageError(
      `AWS does not know you (${name}). Remedy: aws sso login, or export AWS_PROFILE=…; aws sts get-caller-identity has to answer`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}

async function ask(question: string): Promise<string> {
  using reader = createInterface({ input: process.stdin, output: process.stdout });
  return reader.question(question);
}
