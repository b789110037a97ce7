import { S3Client } from '@aws-sdk/client-s3';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createS3 } from '@vera/aws-stand-in/create-s3';
import { describe, expect, it } from 'vitest';
import { bootstrap } from '../src/bootstrap/bootstrap.ts';

const account = '123456789012';
const credentials = { accessKeyId: 'somebody', secretAccessKey: 'x' };
const bucket = 'northwind-terraform-state';

async function start(region = 'eu-central-1') {
  const record = createCallRecord();
  const aws = await createS3({ record, accountId: account });
  const lines: string[] = [];
  const run = (more: Partial<Parameters<typeof bootstrap>[0]> = {}) =>
    bootstrap({
      deployment: { account, region, environment: 'trial', state: { bucket, region } },
      caller: async () => ({ account, arn: `arn:aws:iam::${account}:user/somebody` }),
      s3: (region) => new S3Client({ endpoint: aws.url, region, credentials, maxAttempts: 1 }),
      tell: (line) => void lines.push(line),
      ask: undefined,
      isYes: true,
      ...more,
    });
  const writes = () => record.calls.filter(({ action }) => /:(?:Create|Put)/.test(action)).map(({ action }) => action);
  return { aws, lines, run, writes, [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
}

describe('pnpm vera bootstrap', () => {
  it.each(['us-east-1', 'eu-central-1'])(
    'makes the bucket of the state in %s: private, with versions, encrypted; a second run changes nothing',
    async (region) => {
      await using started = await start(region);
      expect(await started.run()).toBe(0);
      const { parts } = started.aws.buckets.get(bucket)!;
      expect(parts.get('BucketVersioning')).toContain('<Status>Enabled<');
      expect(parts.get('PublicAccessBlock')?.match(/>true</g)).toHaveLength(4);
      expect(JSON.parse(parts.get('BucketPolicy') ?? '').Statement).toMatchObject([
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
      expect(parts.get('BucketLifecycleConfiguration')).toMatch(/<Days>7<.*plans\//s);
      const made = started.writes().length;
      expect(await started.run()).toBe(0);
      expect(started.writes()).toHaveLength(made);
      expect(started.lines.at(-1)).toMatch(/has all it needs; nothing is changed/);
    },
  );

  it('says what it will make before anything is changed, and changes nothing where the answer is not yes', async () => {
    await using started = await start();
    let told: readonly string[] = [];
    const answer = (text: string) => async () => {
      told = [...started.lines];
      return text;
    };
    expect(await started.run({ isYes: false, ask: answer('y') })).toBe(1);
    expect(told.filter((line) => line.startsWith('  - '))).toHaveLength(6);
    await expect(started.run({ isYes: false })).rejects.toThrow(/Remedy: --yes/);
    expect(started.writes()).toEqual([]);
    expect(await started.run({ isYes: false, ask: answer('yes\n') })).toBe(0);
  });

  it('leaves what somebody else set: a policy, a rule, another kind of encryption', async () => {
    await using started = await start();
    started.aws.put(bucket, { owner: account, region: 'eu-central-1' });
    const { parts } = started.aws.buckets.get(bucket)!;
    parts.set('BucketPolicy', '{"Version":"2012-10-17","Statement":[{"Sid":"Theirs","Effect":"Deny","Principal":"*"}]}');
    parts.set(
      'BucketLifecycleConfiguration',
      '<LifecycleConfiguration><Rule><ID>theirs</ID><Status>Enabled</Status></Rule></LifecycleConfiguration>',
    );
    const encryption =
      '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>';
    parts.set('BucketEncryption', encryption);
    expect(await started.run()).toBe(0);
    expect(JSON.parse(parts.get('BucketPolicy') ?? '').Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      'Theirs',
      expect.anything(),
    ]);
    expect(parts.get('BucketLifecycleConfiguration')).toMatch(/<ID>theirs<.*<ID>vera-plans</s);
    expect(parts.get('BucketEncryption')).toBe(encryption);
    expect(started.writes()).not.toContain('s3:CreateBucket');
  });

  it.each([
    ['of another account', { owner: '999999999999', region: 'eu-central-1' }, /belongs to another account.*Remedy: another name/],
    ['in another region', { owner: account, region: 'us-west-2' }, /is in us-west-2, not in eu-central-1\. Remedy: state\.region/],
  ])('refuses a bucket %s by name', async (_, there, words) => {
    await using started = await start();
    started.aws.put(bucket, there);
    await expect(started.run()).rejects.toThrow(words);
    expect(started.writes()).toEqual([]);
  });

  it('refuses another account than that of the settings, and says what to add where they name no bucket', async () => {
    await using started = await start();
    await expect(started.run({ caller: async () => ({ account: '999999999999', arn: 'arn:…' }) })).rejects.toThrow(
      /signed in to account 999999999999.*Remedy/,
    );
    const deployment = { account, region: 'us-east-1', environment: 'trial', state: undefined };
    expect(await started.run({ deployment })).toBe(0);
    expect(started.lines.at(-1)).toBe(`  state: { bucket: 'vera-terraform-${account}', region: 'us-east-1' },`);
    expect(started.aws.buckets.size).toBe(0);
  });

  it('that broke off half-way goes on with what is still missing', async () => {
    await using started = await start();
    started.aws.inject({ kind: 'denied', operation: 'PutBucketVersioning' });
    await expect(started.run()).rejects.toThrow(/Remedy|run this again/);
    expect(await started.run()).toBe(0);
    expect(started.writes().filter((action) => action === 's3:CreateBucket')).toHaveLength(1);
  });
});
