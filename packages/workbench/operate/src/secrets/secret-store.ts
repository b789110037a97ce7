import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { isSignedOut, signedOutWords } from '../sign-in.ts';
import { UsageError } from '../usage-error.ts';

/** The keys of one secret of Secrets Manager. Nothing of a value is in an error. */
export interface SecretStore {
  /** Empty where nothing was put in yet. Throws `UsageError` where the secret is not there, may not be read, or holds something else. */
  read(): Promise<Readonly<Record<string, string>>>;
  write(keys: Readonly<Record<string, string>>): Promise<void>;
}

export function createSecretStore(client: SecretsManagerClient, SecretId: string): SecretStore {
  const isThere = () =>
    client.send(new DescribeSecretCommand({ SecretId })).then(
      () => true,
      () => false,
    );
  return {
    async read() {
      try {
        const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
        return keysIn(SecretString, SecretId);
      } catch (error) {
        if (error instanceof UsageError) throw error;
        // A secret without a value and none at all have one error.
        if (nameOf(error) === 'ResourceNotFoundException' && (await isThere())) return {};
        throw refusalOf(error, SecretId);
      }
    },
    async write(keys) {
      const SecretString = JSON.stringify(keys);
      await client.send(new PutSecretValueCommand({ SecretId, SecretString })).catch((error: unknown) => {
        throw refusalOf(error, SecretId);
      });
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/** Without its cause: what was sent may stand in there. */
function refusalOf(error: unknown, id: string): UsageError {
  const name = nameOf(error);
  if (name === 'ResourceNotFoundException') return new UsageError(`There is no secret ${id}. Remedy: pnpm cdktf deploy storage`);
  if (name === 'AccessDeniedException')
    return new UsageError(`AWS does not let you at the secret ${id}, or at its key. Remedy: sign in as who deployed storage`);
  if (isSignedOut(error)) return new UsageError(signedOutWords(error));
  return new UsageError(`The secret ${id} could not be reached (${name}).`);
}

function keysIn(text: string | undefined, id: string): Readonly<Record<string, string>> {
  try {
    const keys: unknown = JSON.parse(text ?? '');
    if (typeof keys === 'object' && keys !== null && Object.values(keys).every((value) => typeof value === 'string'))
      return keys as Readonly<Record<string, string>>;
  } catch {
    // The parser's message would quote the secret.
  }
  throw new UsageError(`The secret ${id} holds something else than a JSON object of texts. Remedy: put {} there, then enter the keys`);
}
