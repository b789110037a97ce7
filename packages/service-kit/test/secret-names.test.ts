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

  it.each(secrets)('hides what a text says of it: %s', (name) => {
    const value = 'aB3xK9mQ2';
    const told = [`${name}=${value}`, `so ${name}: ${value} was refused`, `error=${name}='${value}'`, JSON.stringify({ [name]: value })];
    const packed = [JSON.stringify(JSON.stringify({ [name]: value })), JSON.stringify({ name, value }), `run --${name} ${value}`];
    for (const text of [...told, ...packed, `<${name}>${value}</${name}>`]) {
      const { log, lines } = loggedLines();
      log.error('probe', { note: text, error: new Error(text) });
      expect(lines[0]).not.toContain(value);
    }
  });

  it.each([
    ...[
      'key_arn: abc',
      'public_key=aB3x',
      'tokens: 1234',
      'token_type=Bearer',
      '{"token_type":"bearer"}',
      'max_tokens=900',
      'primary key: id',
    ],
    ...['the key is in the drawer', 'cookie: off', 'auth=iam', 'run --seed 42 --key-name abc', 'author: Ann', 'cache_key=aB3x', 'key: abc'],
    ...['at f (file:///srv/server.key:12:3)', 'secret_name=vera/worker', 'arn:aws:x:jwt_key:aB3x'],
  ])('leaves “%s” to who reads a log', (text) => {
    expect(loggedLines().fieldAfterLogging(text)).toBe(text);
  });
});
