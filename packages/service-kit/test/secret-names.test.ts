import { describe, expect, it } from 'vitest';
import { isSecretName, isSurelySecretName } from '../src/secret-names.ts';
import { loggedLines } from './logged-lines.ts';

const secrets = [
  ...[
    'DB_PASSWORD',
    'apiKey',
    'client-secret',
    'AUTH_TOKEN',
    'connectionString',
    'ACCESS_KEY',
    'PGPASSWORD',
    'MYSQL_PWD',
    'DBPass',
    'password1',
  ],
  ...[
    'JWT_KEY',
    'RAILS_MASTER_KEY',
    'OPENAI_KEY',
    'DB_CREDS',
    'GH_PAT',
    'SESSION_COOKIE',
    'SLACK_AUTH',
    'BEARER',
    'SALT',
    'DB_PW',
    'wifiPsk',
  ],
  ...[
    'tunnel1_preshared_key',
    'private_key_pem',
    'API_KEY_OLD',
    'x-vera-front',
    'x-origin-verify',
    'webhook_url',
    'SENTRY_DSN',
    'Set-Cookie',
  ],
];
const others = [
  ...[
    'key',
    'keys',
    'keyword',
    'monkey',
    'key_arn',
    'key_name',
    'kms_key_id',
    'kms_master_key_id',
    'KeySchema',
    'public_key',
    'ssh_public_key',
  ],
  ...[
    'hash_key',
    'range_key',
    's3_key',
    'tag_keys',
    'secret_name',
    'secretArn',
    'token_type',
    'token_validity',
    'password_policy',
    'author',
  ],
  ...['path', 'pattern', 'compass', 'bypass', 'auth-portal', 'authorizer_type', 'customer_master_key_spec', 'image', 'url', ''],
];

describe('the name of a secret', () => {
  it.each(secrets)('is %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(others)('is not “%s”', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  it('is told from the name of a count, where a number is no secret', () => {
    expect(['db_password', 'auth_token', 'PIN_PASSCODE', 'SALT', 'apiKey'].filter((name) => !isSurelySecretName(name))).toEqual([]);
    expect(['tokens', 'max_token', 'minimum_password_length', 'token_validity', 'passwords'].filter(isSurelySecretName)).toEqual([]);
  });

  it.each(secrets)('hides the field of a log: %s', (name) => {
    expect(loggedLines().fieldAfterLogging({ [name]: 'plain-words' })).toEqual({ [name]: '[redacted]' });
  });
});
