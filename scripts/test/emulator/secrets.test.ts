import { expect, it } from 'vitest';
import { createSecrets } from '../../emulator/secrets.ts';

const generated = { SecretStringTemplate: '{"before":""}', GenerateStringKey: 'current', PasswordLength: 48 };
const template = {
  Type: 'AWS::SecretsManager::Secret',
  Properties: { Name: 'front', Description: 'words', GenerateSecretString: generated },
} as const;

it('a secret that a template makes can be read by name and by ARN, until the template goes', () => {
  const secrets = createSecrets();
  secrets.makeOf(template);
  const { ARN, SecretString } = secrets.answer('GetSecretValue', { SecretId: 'front' }) as { ARN: string; SecretString: string };
  expect(JSON.parse(SecretString)).toEqual({ before: '', current: expect.stringMatching(/^\w{48}$/) });
  expect(secrets.answer('GetSecretValue', { SecretId: ARN })).toMatchObject({
    SecretString,
    CreatedDate: expect.any(Number),
    VersionId: expect.stringMatching(/^\w{32}$/),
  });
  secrets.drop(template);
  expect(secrets.answer('GetSecretValue', { SecretId: 'front' })).toBeUndefined();
});

it('a secret that was only created has no value, and is gone when it was deleted', () => {
  const secrets = createSecrets();
  secrets.answer('CreateSecret', { Name: 'keys', KmsKeyId: 'key', Tags: [{ Key: 'a', Value: 'b' }] });
  expect(secrets.answer('DescribeSecret', { SecretId: 'keys' })).toMatchObject({ KmsKeyId: 'key', Tags: [{ Key: 'a', Value: 'b' }] });
  expect(secrets.answer('GetSecretValue', { SecretId: 'keys' })).toBeUndefined();
  secrets.answer('DeleteSecret', { SecretId: 'keys' });
  expect(secrets.answer('DescribeSecret', { SecretId: 'keys' })).toBeUndefined();
});
