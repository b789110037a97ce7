import { describe, expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { commentOn } from './comment-on.ts';

const secret = 'zq7Kd93mPw81xLtB';
const packed = (text: string) => Buffer.from(text).toString('base64');
const told = (after: Json, before: Json = {}) => commentOn([{ type: 'aws_instance', actions: ['update'], before, after }]);

describe('an argument after its option is as secret in a list as in one text', () => {
  it.each<readonly [string, ...Json[]]>([
    ['a long option', 'app', '--db-password', secret],
    ['a number', 'app', '--db-password', 70070070],
    ['an option of Java’s', 'keytool', '-storepass', secret],
    ['after others', 'app', '-v', '--port', '80', '--host', 'x', '--api-key', secret, '--verbose'],
    ['the second of two', 'app', '--token', 'zq7Kd93mPw', '--password', secret],
    ['a user of curl', 'curl', '-u', `vera:${secret}`, 'https://x.example'],
    ['a short option of sshpass', 'sshpass', '-p', secret, 'ssh', 'x'],
    ['one of mysql, without a space', 'mysql', '-u', 'root', `-p${secret}`],
    ['a login', 'docker', 'login', '-u', 'vera', '-p', secret],
    ['one of redis', 'redis-cli', '-h', 'x', '-a', secret],
  ])('%s', (_, ...command) => {
    for (const one of [
      { command },
      { definitions: JSON.stringify([{ name: 'x', command }]) },
      { note: `CMD ${JSON.stringify(command)}` },
    ]) {
      const old = JSON.parse(JSON.stringify(one).replaceAll(secret, 'old').replaceAll('70070070', '7')) as Json;
      const comment = told(one, old);
      expect(comment).not.toMatch(/zq7Kd93mPw|70070070/);
      expect(comment).toContain('not shown');
    }
  });

  it('and what is none is shown: the program, other options, a port', () => {
    const comment = told(
      { command: ['app', '--password', secret, '--port', '8080', '-u', '1000:1000', '--config', '/etc/app'] },
      { command: ['x'] },
    );
    for (const shown of ['app', '--port', '8080', '1000:1000', '/etc/app']) expect(comment).toContain(shown);
    expect(comment).not.toContain(secret);
  });

  it('of an action as well', () => {
    const action = {
      ...{ address: 'action.x.y', type: 'x', name: 'y', config_values: { command: ['x', '--password', secret] } },
      lifecycle_action_trigger: { triggering_resource_address: 'aws_sqs_queue.q', action_trigger_event: 'AfterUpdate' },
    };
    const comment = commentOn([], { action_invocations: [action] });
    expect(comment).toContain('action.x.y');
    expect(comment).not.toContain(secret);
  });
});

const variables = [
  ...[
    'JWT_KEY',
    'SESSION_KEY',
    'RAILS_MASTER_KEY',
    'HMAC_KEY',
    'OPENAI_KEY',
    'STRIPE_KEY',
    'DB_CREDS',
    'GH_PAT',
    'SESSION_COOKIE',
    'SLACK_AUTH',
  ],
  ...[
    'BEARER',
    'SALT',
    'DB_PW',
    'APP_KEY_2',
    'COOKIE_SECRET_OLD',
    'MONGO_CONN_STRING',
    'DISCORD_WEBHOOK_URL',
    'wifiPsk',
    'pgpass',
    'mailPwd',
  ],
];
it.each(variables)('%s is the name of a secret', (name) => {
  expect(told({ environment: [{ variables: { [name]: secret } }] })).not.toContain(secret);
  expect(told({ note: `run with ${name}=${secret} now` })).not.toContain(secret);
  expect(told({ env: [{ name, value: secret }] })).not.toContain(secret);
});

it.each<readonly [string, Json]>([
  ['a key of a tunnel', { tunnel1_preshared_key: secret }],
  ['a number', { auth_token: 70070070 }],
  ['the front’s header', { origin: [{ custom_header: [{ name: 'x-vera-front', value: secret }] }] }],
  ['short names', { p: [{ k: 'DB_PASSWORD', v: secret }] }],
  ['an id', { p: [{ id: 'db-password', val: secret }] }],
  ['any two names', { p: [{ of: 'DB_PASSWORD', is: secret }] }],
  ['YAML with the value first', { p: `- value: ${secret}\n  name: DB_PASSWORD` }],
  ['YAML of short names', { p: `- k: DB_PASSWORD\n  v: ${secret}` }],
  ['XML with the value first', { p: `<add value="${secret}" key="DbPassword"/>` }],
  ['XML', { p: `<add key="DbPassword" value="${secret}"/>` }],
  ['XML with a space of names', { p: `<app:password type="x"><![CDATA[${secret}]]></app:password>` }],
  ['user data with a hyphen', { metadata: { 'user-data': `run ${secret}` } }],
  ['user data under any name', { anything: `#cloud-config\nruncmd: [login ${secret}]` }],
  ['a script of Windows', { anything: `<powershell>\nlogin ${secret}` }],
  ['a PGP key', { a: `-----BEGIN PGP PRIVATE KEY BLOCK-----\n${secret}` }],
  ['a registry’s login', { a: { auths: { 'h.example': { auth: packed(`vera:${secret}`) } } } }],
  ['the same in JSON', { a: JSON.stringify({ auths: { 'h.example': { auth: packed(`vera:${secret}`) } } }) }],
  ['a name and a password in base64', { a: `the header ${packed(`vera:${secret}`)}` }],
  ['base64 in a longer text', { a: `echo ${packed(`DB_PASSWORD=${secret}`)} | base64 -d > .env` }],
  ...[`amqp://vera:p/${secret}@h:5672`, `vera:${secret}@/x`, `vera:${secret}@db.example:5432`, `jdbc:oracle:thin:vera/${secret}@//h`].map(
    (address) => ['an address', { a: address }] as const,
  ),
  ...[`sshpass -p ${secret}`, `docker login -u vera -p ${secret}`, `curl -uvera:${secret}`, `ldapsearch -x -w ${secret}`].map(
    (line) => ['a command', { a: line }] as const,
  ),
  ...[`echo ${secret} | docker login --password-stdin`, `sqlplus vera/${secret}@x`, `openssl rsa -passin pass:${secret}`].map(
    (line) => ['a command', { a: line }] as const,
  ),
  ...[
    'ABSK',
    'bedrock-api-key-',
    'hvs.',
    'dckr_pat_',
    'GOCSPX-',
    'lin_api_',
    'ntn_',
    'glrt-',
    'dapi',
    'AGE-SECRET-KEY-1',
    'sntrys_',
    'gsk_',
  ].map((start) => ['a key by its start', { a: `with ${start}${secret}` }] as const),
  ...['https://discord.com/api/webhooks/1234/', 'https://api.telegram.org/bot123:AA', 'https://x.webhook.office.com/webhookb2/'].map(
    (start) => ['an address where one may post', { a: start + secret }] as const,
  ),
])('a secret by its place or shape: %s %j', (_, after) => {
  const comment = told(after);
  expect(comment).toContain('not shown');
  for (const trace of [secret, '70070070', packed(`vera:${secret}`), packed(`DB_PASSWORD=${secret}`)]) expect(comment).not.toContain(trace);
});

it.each<readonly [string, Json]>([
  ['the address of a key', { kms_key_arn: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' }],
  ['a key’s id', { kms_key_id: '1234abcd-12ab-34cd-56ef-1234567890ab' }],
  ['keys of a table', { hash_key: 'pk', range_key: 'sk', key_schema: [{ attribute_name: 'pk', key_type: 'HASH' }] }],
  ['keys of objects', { s3_key: 'worker/9f8e7d6c5b4a.zip', key: 'assets/Index1', object_key: 'a/B1' }],
  ['what is public', { public_key: 'MIIBIjANBgkqhkiG9w0B', key_name: 'Ops2026' }],
  ['a digest', { image: 'app:1.2.3@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }],
  ['a hash', { source_code_hash: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=', etag: '9f86d081884c7d659a2feaa0c55ad015' }],
  ['how tokens are kept', { http_tokens: 'required', token_type: 'Jwt1', authorization_type: 'AWS_IAM', token_validity: 60 }],
  ['a setting', { env: [{ name: 'LOG_FORMAT', value: 'Json1' }], auth: 'iam', cookies: 'all' }],
  ['an address with a port', { url: 'https://host.example:8443/@ann' }],
  ['tags', { tags: { owner: 'ops:payments', 'vera:bot': 'vera' } }],
])('is shown: %s', (_, after) => {
  expect(told(after)).not.toContain('not shown');
});

it('the members of a sensitive JSON text are known wherever they are told again', () => {
  const version = {
    secret_string: JSON.stringify({ current: secret, list: [`${secret}-2`], inner: JSON.stringify({ deep: `deep-${secret}` }) }),
  };
  const comment = commentOn([{ type: 'aws_sqs_queue', actions: ['update'], before: { note: 'x' }, after: { note: `deep-${secret}` } }], {
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              type: 'aws_secretsmanager_secret_version',
              mode: 'data',
              name: 'x',
              values: version,
              sensitive_values: { secret_string: true },
            },
          ],
        },
      },
    },
    output_changes: { note: { actions: ['create'], before: null, after: secret } },
  });
  expect(comment).toContain('`note`');
  expect(comment).not.toContain(secret);
});
