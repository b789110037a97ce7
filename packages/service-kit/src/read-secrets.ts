import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod/mini';
import { describeProblems } from './describe-problems.ts';

export class SecretsError extends Error {
  readonly code = 'secrets';
}

/** Reads one Secrets Manager secret that holds a JSON object; throws one `SecretsError` naming every key at fault, never a value. */
export async function readSecrets<Schema extends z.ZodMiniType>(
  client: SecretsManagerClient,
  secretId: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId })).catch((cause: unknown) => {
    throw new SecretsError(`Secret ${secretId} cannot be read (${cause instanceof Error ? cause.name : 'unknown error'})`, { cause });
  });
  const parsed = schema.safeParse(parseObject(SecretString, secretId), { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new SecretsError(`Keys of secret ${secretId} are missing or wrong: ${describeProblems(parsed.error)}`);
}

function parseObject(text: string | undefined, secretId: string): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // The parser's message would quote the secret.
    throw new SecretsError(`Secret ${secretId} is not a JSON object`);
  }
}
