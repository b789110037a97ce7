import { createControlPlane } from '@vera/aws-stand-in/create-control-plane';
import { describe, expect, it } from 'vitest';
import { createClients } from '../../src/doctor/clients.ts';
import { type RuntimeVersion, runtimeVersions } from '../../src/rollback/runtime-versions.ts';
import { tellRollback } from '../../src/rollback/tell-rollback.ts';

const registry = '111122223333.dkr.ecr.us-east-1.amazonaws.com';
const imageOf = (version: number) => `${registry}/use1-prod-vera-worker:tag${version}`;
const id = 'use1_prod_vera_runtime-0123456789';

describe('the versions of a worker', () => {
  it('are found in pages, the newest first, each with whether its image is there', async () => {
    await using control = await createControlPlane({
      answers: {
        'bedrock-agentcore:ListAgentRuntimeVersions': ({ query }) =>
          query.get('nextToken') === null
            ? { agentRuntimes: [1, 2, 9].map(told), nextToken: 'more' }
            : { agentRuntimes: [10, 11].map(told) },
        'bedrock-agentcore:GetAgentRuntime': ({ query }) => told(Number(query.get('version'))),
        'ecr:BatchGetImage': ({ body }) => {
          const { imageIds, repositoryName, registryId } = body as {
            imageIds: { imageTag: string }[];
            repositoryName: string;
            registryId: string;
          };
          expect([repositoryName, registryId]).toEqual(['use1-prod-vera-worker', '111122223333']);
          return imageIds[0]?.imageTag === 'tag9' ? { images: [], failures: [{ failureCode: 'ImageNotFound' }] } : { images: [{}] };
        },
      },
    });
    const clientOf = () => ({
      region: 'us-east-1',
      endpoint: control.url,
      credentials: { accessKeyId: 'operator', secretAccessKey: 'none' },
    });
    using clients = createClients({ region: 'us-east-1', clientOf });
    const versions = await runtimeVersions(clients, id, 3);
    expect(versions.map(({ version, hasImage }) => [version, hasImage])).toEqual([
      [11, true],
      [10, true],
      [9, false],
    ]);
    expect(versions[0]).toMatchObject({ image: imageOf(11), platform: 'V2', status: 'READY', at: '2026-11-30T10:00:00.000Z' });
    control.inject({ kind: 'denied', operation: 'BatchGetImage', times: 9 });
    expect((await runtimeVersions(clients, id, 1))[0]?.hasImage).toBeUndefined();
  });
});

describe('going back', () => {
  const version = (number: number, more: Partial<RuntimeVersion> = {}): RuntimeVersion => ({
    ...{ version: number, at: '2026-11-30T10:00:00.000Z', status: 'READY', image: imageOf(number), hasImage: true, platform: 'V2' },
    ...more,
  });
  const versions = [
    version(11),
    version(10),
    version(9, { hasImage: false }),
    version(8, { status: 'CREATE_FAILED' }),
    version(7, { hasImage: undefined }),
  ];
  const tell = (wanted?: number, served = 11) => tellRollback({ versions, served, environment: 'production', wanted });

  it('is told of every version: when it was made, which one runs, which has no image any more', () => {
    expect(tell().words).toMatch(
      /11 runs +2026-11-30 10:00 UTC +V2 +there +use1-prod-vera-worker:tag11\n10 .* there .*\n9 .* gone .*\n8 .* CREATE_FAILED .*\n7 .* not seen /,
    );
  });

  it('is a line in the settings and a deployment, and says what stays', () => {
    const { words, isPossible } = tell(10);
    expect(isPossible).toBe(true);
    expect(words).toContain('`rollBackTo: 10,` into stacks/environments/production.ts');
    expect(words).toContain('VERA_ENVIRONMENT=production pnpm cdktf deploy worker');
    expect(words).toMatch(/does not go back[\s\S]*auth portal[\s\S]*role[\s\S]*tables[\s\S]*secret/);
    // Back to the newest is no line, but the end of one.
    expect(tell(11, 10).words).toContain('take `rollBackTo` out of stacks/environments/production.ts');
  });

  it.each([
    [9, /image is not there any more/],
    [8, /never came to run \(CREATE_FAILED\)/],
    [11, /it is what runs/],
    [3, /none of that number/],
  ])('is refused for %i, with why', (wanted, why) => {
    expect(tell(wanted)).toMatchObject({ isPossible: false, words: expect.stringMatching(why) });
  });

  it('says so where nobody could look whether the image is there', () => {
    expect(tell(7)).toMatchObject({ isPossible: true, words: expect.stringContaining('could not be looked at') });
  });
});

function told(version: number) {
  return {
    agentRuntimeArn: `arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/${id}`,
    ...{ agentRuntimeId: id, agentRuntimeVersion: String(version), agentRuntimeName: 'use1_prod_vera_runtime', status: 'READY' },
    lastUpdatedAt: '2026-11-30T10:00:00Z',
    platformVersion: 'V2',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: imageOf(version) } },
  };
}
