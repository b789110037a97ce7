import type * as z from 'zod/mini';
import { describeProblems } from './read-env.ts';
import { noteSecret } from './secret-texts.ts';
import type { SignedCall } from './signed-calls.ts';

/** The text of a secret, by its name or ARN. */
export type ReadSecret = (secretId: string) => Promise<string | undefined>;

export class SecretsError extends Error {
  readonly code = 'secrets';
}

/** Reads one Secrets Manager secret that holds a JSON object; throws one `SecretsError` naming every key at fault, never a value. No log shows them from then on. */
export async function readSecrets<Schema extends z.ZodMiniType>(
  readSecret: ReadSecret,
  secretId: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await readSecret(secretId).catch((cause: unknown) => {
    throw new SecretsError(`Secret ${secretId} cannot be read (${cause instanceof Error ? cause.name : 'unknown error'})`, { cause });
  });
  const parsed = schema.safeParse(parseObject(text, secretId), { reportInput: true });
  if (parsed.success) {
    for (const value of Object.values(parsed.data as object)) if (typeof value === 'string') noteSecret(value);
    return parsed.data;
  }
  throw new SecretsError(`Keys of secret ${secretId} are missing or wrong: ${describeProblems(parsed.error)}`);
}

/** Secrets Manager by signed calls. */
export function signedSecrets(call: SignedCall): ReadSecret {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' };
  return async (SecretId) => {
    const answer = await call({ service: 'secretsmanager', headers, body: JSON.stringify({ SecretId }) });
    return (JSON.parse(answer) as { readonly SecretString?: string }).SecretString;
  };
}

function parseObject(text: string | undefined, secretId: string): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // The parser's message would quote the secret.
    throw new SecretsError(`Secret ${secretId} is not a JSON object`);
  }
}
