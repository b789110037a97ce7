import { GetAgentRuntimeCommand, ListAgentRuntimeVersionsCommand } from '@aws-sdk/client-bedrock-agentcore-control';
import { BatchGetImageCommand } from '@aws-sdk/client-ecr';
import { ask } from '../doctor/ask.ts';
import type { Clients } from '../doctor/clients.ts';

/** A version of the worker that was deployed once. */
export interface RuntimeVersion {
  readonly version: number;
  /** When it was made; ISO. */
  readonly at: string;
  readonly status: string;
  readonly image: string | undefined;
  /** Whether its image is there: without it no session starts. Undefined: it could not be looked at. */
  readonly hasImage: boolean | undefined;
  readonly platform: string | undefined;
}

/** Newest first, at most so many. */
export async function runtimeVersions(clients: Clients, agentRuntimeId: string, most: number): Promise<readonly RuntimeVersion[]> {
  const control = clients('control');
  const numbers: number[] = [];
  let nextToken: string | undefined;
  do {
    const asked = { agentRuntimeId, nextToken };
    const page = await ask('bedrock-agentcore:ListAgentRuntimeVersions', () => control.send(new ListAgentRuntimeVersionsCommand(asked)));
    numbers.push(...(page.agentRuntimes ?? []).map(({ agentRuntimeVersion }) => Number(agentRuntimeVersion)));
    ({ nextToken } = page);
  } while (nextToken);
  const newest = numbers.sort((one, other) => other - one).slice(0, most);
  // One after the other: reads of the control plane are few a second.
  const versions: RuntimeVersion[] = [];
  for (const version of newest) versions.push(await versionOf(clients, agentRuntimeId, version));
  return versions;
}

async function versionOf(clients: Clients, agentRuntimeId: string, version: number): Promise<RuntimeVersion> {
  const asked = { agentRuntimeId, agentRuntimeVersion: String(version) };
  const found = await ask('bedrock-agentcore:GetAgentRuntime', () => clients('control').send(new GetAgentRuntimeCommand(asked)));
  const image = found.agentRuntimeArtifact?.containerConfiguration?.containerUri;
  return {
    version,
    at: found.lastUpdatedAt?.toISOString() ?? '',
    status: found.status ?? 'of unknown state',
    image,
    hasImage: image === undefined ? undefined : await isThere(clients, image),
    platform: found.platformVersion,
  };
}

/** `111122223333.dkr.ecr.us-east-1.amazonaws.com/use1-prod-vera-worker:0123456789ab`, or with `@sha256:…`. */
const imageAddress = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)(?::([\w.-]+))?(?:@(sha256:[0-9a-f]{64}))?$/;

async function isThere(clients: Clients, image: string): Promise<boolean | undefined> {
  const [, registryId, region = '', repositoryName, imageTag, imageDigest] = imageAddress.exec(image) ?? [];
  if (repositoryName === undefined) return undefined;
  try {
    const imageIds = [imageDigest === undefined ? { imageTag } : { imageDigest }];
    const { images = [] } = await clients('ecr', region).send(new BatchGetImageCommand({ registryId, repositoryName, imageIds }));
    return images.length > 0;
  } catch (error) {
    return error instanceof Error && error.name === 'RepositoryNotFoundException' ? false : undefined;
  }
}
