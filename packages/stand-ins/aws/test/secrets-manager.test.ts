import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCallRecord } from '../src/call-record.ts';
import { createSecretsManager, type SecretsManagerEmulator } from '../src/create-secrets-manager.ts';
import { clientOptions } from './aws-client-options.ts';

describe('the Secrets Manager emulator', () => {
  const record = createCallRecord();
  let emulator: SecretsManagerEmulator;
  let client: SecretsManagerClient;

  beforeEach(async () => {
    record.reset();
    emulator = await createSecretsManager({ record, secrets: { 'vera/slack': { TOKEN: 'xoxb' } } });
    client = new SecretsManagerClient(clientOptions(emulator.url, 'receiver'));
  });
  afterEach(() => emulator[Symbol.asyncDispose]());

  it('gives a secret by name and by ARN, as JSON text', async () => {
    const byName = await client.send(new GetSecretValueCommand({ SecretId: 'vera/slack' }));
    expect(JSON.parse(byName.SecretString!)).toEqual({ TOKEN: 'xoxb' });
    expect(byName.VersionStages).toEqual(['AWSCURRENT']);
    const byArn = await client.send(new GetSecretValueCommand({ SecretId: byName.ARN! }));
    expect(byArn.SecretString).toBe(byName.SecretString);
  });

  it('describes a secret without its value', async () => {
    const described = await client.send(new DescribeSecretCommand({ SecretId: 'vera/slack' }));
    expect(described.Name).toBe('vera/slack');
    expect(JSON.stringify(described)).not.toContain('xoxb');
  });

  it('does not know a secret that was not put', async () => {
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'other' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('gives the new version once a secret is changed', async () => {
    const before = await client.send(new GetSecretValueCommand({ SecretId: 'vera/slack' }));
    emulator.set('vera/slack', { TOKEN: 'new' });
    const after = await client.send(new GetSecretValueCommand({ SecretId: 'vera/slack' }));
    expect(after.SecretString).toBe('{"TOKEN":"new"}');
    expect(after.VersionId).not.toBe(before.VersionId);
  });

  it('records who asked for which secret, also when it is refused', async () => {
    await client.send(new GetSecretValueCommand({ SecretId: 'vera/slack' }));
    await client.send(new GetSecretValueCommand({ SecretId: 'other' })).catch(() => undefined);
    expect(record.calls).toMatchObject([
      {
        component: 'receiver',
        action: 'secretsmanager:GetSecretValue',
        resource: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:vera/slack-Ver4xA',
        status: 200,
      },
      { component: 'receiver', resource: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:other', status: 400 },
    ]);
  });

  it('records the decryption of an encrypted secret, for its value only', async () => {
    const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/1';
    await using encrypted = await createSecretsManager({ record, secrets: { 'vera/slack': '{}' }, keyArn });
    const its = new SecretsManagerClient(clientOptions(encrypted.url, 'receiver'));
    await its.send(new DescribeSecretCommand({ SecretId: 'vera/slack' }));
    await its.send(new GetSecretValueCommand({ SecretId: 'vera/slack' }));
    const context = { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' };
    expect(record.calls).toMatchObject([
      { action: 'secretsmanager:DescribeSecret' },
      { action: 'secretsmanager:GetSecretValue' },
      { component: 'receiver', action: 'kms:Decrypt', resource: keyArn, context },
    ]);
  });

  it('refuses a request that is not signed and does not record it', async () => {
    const response = await fetch(emulator.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' },
      body: '{}',
    });
    expect(response.status).toBe(403);
    expect(record.calls).toEqual([]);
  });

  it('fails as it is told to, as often as it is told to', async () => {
    emulator.inject({ kind: 'throttled', operation: 'GetSecretValue', times: 2 });
    const get = () => client.send(new GetSecretValueCommand({ SecretId: 'vera/slack' }));
    await expect(get()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(get()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(get()).resolves.toBeDefined();
    emulator.inject({ kind: 'lost-response' });
    await expect(get()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(record.calls.map(({ status }) => status)).toEqual([400, 400, 200, 200]);
  });
});
