import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  InvalidCiphertextException,
  KMSClient,
  NotFoundException,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallRecord } from '../src/call-record.ts';
import { createKms, type KmsEmulator } from '../src/create-kms.ts';
import { clientOptions } from './aws-client-options.ts';

const arn = 'arn:aws:kms:us-east-1:000000000000:key/one';

describe('the KMS emulator', () => {
  const record = createCallRecord();
  let emulator: KmsEmulator;
  let client: KMSClient;
  beforeAll(async () => {
    emulator = await createKms({ record, keyArns: [arn] });
    client = new KMSClient(clientOptions(emulator.url, 'worker'));
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const EncryptionContext = { person: 'U0ANN', provider: 'atlassian' };
  const Plaintext = Buffer.from('a secret');

  it('opens under the very context it encrypted with, in any order, by id or ARN', async () => {
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: 'one', Plaintext, EncryptionContext }));
    const open = (context?: Record<string, string>) =>
      client.send(new DecryptCommand({ KeyId: arn, CiphertextBlob, EncryptionContext: context }));
    const { Plaintext: opened, KeyId } = await open({ provider: 'atlassian', person: 'U0ANN' });
    expect([Buffer.from(opened!).toString(), KeyId]).toEqual(['a secret', arn]);
    expect(Buffer.from(CiphertextBlob!).toString('latin1')).not.toContain('secret');
    for (const wrong of [undefined, {}, { person: 'U0BOB', provider: 'atlassian' }, { ...EncryptionContext, more: '1' }])
      await expect(open(wrong)).rejects.toBeInstanceOf(InvalidCiphertextException);
  });

  it('gives a data key in the open and encrypted', async () => {
    const made = await client.send(new GenerateDataKeyCommand({ KeyId: arn, KeySpec: 'AES_256', EncryptionContext }));
    expect(made.Plaintext).toHaveLength(32);
    const opened = await client.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }));
    expect(opened.Plaintext).toEqual(made.Plaintext);
    await expect(client.send(new GenerateDataKeyCommand({ KeyId: arn }))).rejects.toThrow(/number of bytes or key spec/);
  });

  it('refuses more than 4,096 bytes, a key it does not hold, a changed text', async () => {
    await expect(client.send(new EncryptCommand({ KeyId: arn, Plaintext: Buffer.alloc(4_097) }))).rejects.toThrow(/length/);
    await expect(client.send(new EncryptCommand({ KeyId: 'two', Plaintext }))).rejects.toBeInstanceOf(NotFoundException);
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: arn, Plaintext: Buffer.alloc(4_096) }));
    CiphertextBlob![20]! ^= 1;
    await expect(client.send(new DecryptCommand({ KeyId: arn, CiphertextBlob }))).rejects.toBeInstanceOf(InvalidCiphertextException);
  });

  it('records who used which key, under which context', async () => {
    record.reset();
    await client.send(new EncryptCommand({ KeyId: 'one', Plaintext, EncryptionContext }));
    const context = { 'kms:EncryptionContext:person': 'U0ANN', 'kms:EncryptionContext:provider': 'atlassian' };
    expect(record.calls).toMatchObject([{ component: 'worker', action: 'kms:Encrypt', resource: arn, context, status: 200 }]);
  });
});
