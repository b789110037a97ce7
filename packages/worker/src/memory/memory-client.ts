import type { BedrockAgentCoreClient } from '@aws-sdk/client-bedrock-agentcore';
import { awsDefaults } from '@vera/service-kit/aws-defaults';

/** AWS's client and its commands: half a megabyte that is loaded with the first question, not before the first ping. */
export type MemorySdk = typeof import('@aws-sdk/client-bedrock-agentcore');

export interface MemoryClient {
  readonly sdk: MemorySdk;
  readonly client: BedrockAgentCoreClient;
}

export type OpenMemoryClient = () => Promise<MemoryClient>;

/** Its `code` is the service's own name of the error: Memory says `ThrottledException` where others say `ThrottlingException`. */
class MemoryError extends Error {
  readonly code: string;

  constructor(operation: string, { cause }: { readonly cause: unknown }) {
    super(`${operation} of memory failed`, { cause });
    this.code = cause instanceof Error ? cause.name : 'unknown';
  }
}

/** What of an error may be logged: a refusal of the service quotes what it refuses, and that is what people said. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

export function createMemoryClient(): OpenMemoryClient {
  let opened: Promise<MemoryClient> | undefined;
  return () => {
    opened ??= import('@aws-sdk/client-bedrock-agentcore').then((sdk) => ({
      sdk,
      client: new sdk.BedrockAgentCoreClient(awsDefaults()),
    }));
    return opened;
  };
}

/** The vendor's errors are named here, where it is called. */
export async function named<Answer>(operation: string, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (cause) {
    throw new MemoryError(operation, { cause });
  }
}

/** All pages of a list, one after the other. */
export async function* pagesOf<Page extends { readonly nextToken?: string | undefined }>(
  read: (nextToken: string | undefined) => Promise<Page>,
) {
  let nextToken: string | undefined;
  do {
    const page = await read(nextToken);
    yield page;
    nextToken = page.nextToken;
  } while (nextToken);
}
