import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { toPlan } from '../src/plan/plan.ts';
import { reviewPlans } from '../src/review/review-plans.ts';
import blocks from './cases/B33-secret-blocks.json' with { type: 'json' };
import nameValue from './cases/B33-secret-name-value.json' with { type: 'json' };
import movedAndReplaced from './cases/B35-moved-and-replaced.json' with { type: 'json' };
import forget from './cases/B36-forget.json' with { type: 'json' };
import { commentOn } from './comment-on.ts';

const reviewOf = (json: Json) => reviewPlans([toPlan('storage', json)], { isLossAllowed: false, expected: [] });

it.each([
  ['B33-secret-name-value', nameValue],
  ['B33-secret-blocks', blocks],
] as const)('%s: no value is printed', (_, json) => {
  const { comment } = reviewOf(json);
  expect(comment).not.toContain('synthetic');
  expect(comment).toContain('not shown');
});

it('B35-moved-and-replaced stands under what is lost, and nowhere as untouched', () => {
  const { comment, verdict } = reviewOf(movedAndReplaced);
  expect(verdict).toContain('Data is lost');
  expect(comment).toContain('> [!CAUTION]');
  expect(comment).toMatch(/`hash_key`: `a` → `b`/);
  expect(comment).not.toMatch(/moved[^\n]*(?:without|nothing|untouched)/i);
});

it('B36-forget is told as no longer managed, and not as lost', () => {
  const { comment, verdict } = reviewOf(forget);
  expect(verdict).not.toContain('Data is lost');
  expect(comment).toContain('vera-ledger');
});

const secret = 'horse.battery-7';
const packed = (text: string) => Buffer.from(text).toString('base64');
const places: Readonly<Record<string, Json>> = {
  'a pair in a block': { env: [{ name: 'DB_PASSWORD', value: secret }] },
  'a pair in capitals': { environment: [{ Name: 'API_KEY', Value: secret }] },
  'a pair with a number': { env: [{ name: 'DB_PASSWORD', value: 7_007_007 }] },
  'a pair with a block': { env: [{ name: 'CLIENT_SECRET', value: [{ plain: secret }] }] },
  'a pair in JSON': { container_definitions: JSON.stringify([{ name: 'app', environment: [{ name: 'APP_TOKEN', value: secret }] }]) },
  'JSON in JSON': { body: JSON.stringify({ inner: JSON.stringify({ password: secret }) }) },
  'a map': { variables: { apiKey: secret } },
  'a list under a name': { client_secrets: [secret] },
  'an assignment': { entrypoint: `export DB_PASSWORD=${secret}` },
  'a list of assignments': { environment: ['A=1', `DB_PASSWORD=${secret}`] },
  'an option': { command: ['sh', '-c', `login --password ${secret} --user a`] },
  yaml: { values: [`auth:\n  password: "${secret}"\n`] },
  'user data': { user_data: `#!/bin/sh\nrun ${secret}` },
  'user data in base64': { user_data_base64: packed(`#!/bin/sh\nrun ${secret}`) },
  'base64 of any name': { script: packed(`export DB_PASSWORD=${secret}`) },
  'a heredoc': { content: `cat <<EOF\nclient_secret = ${secret}\nEOF` },
  'an address with a password': { endpoint: `postgres://app:${secret}@db.example/app` },
  'an address with a password only': { endpoint: `redis://:${secret}@cache.example:6379` },
  'an address with a key': { endpoint: `https://files.example/a?sv=1&sig=${secret}` },
  'a DSN of Go': { dsn_text: `app:${secret}@tcp(db.example:3306)/app` },
  'a DSN of ODBC': { settings: `Server=db;User=app;Password=${secret};` },
  'an account key': { settings: `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${secret}` },
  'a header': { headers: [{ key: 'Authorization', value: `Bearer ${secret}` }] },
  'a header in a text': { note: `curl -H "Authorization: Bearer ${secret}"` },
  'a web token': { note: `eyJhbGciOiJIUzI1NiJ9.${packed(secret).replace(/=/g, '')}.c2ln` },
  'a pair in YAML': { values: `env:\n  - name: DB_PASSWORD\n    value: ${secret}\n` },
  XML: { settings: `<password>${secret}</password>` },
  'a Dockerfile': { build: `ENV API_KEY ${secret}` },
  'a name with a colon': { setup: `token:${secret}` },
  'a command line': { setup: `curl -u admin:${secret} https://x.example` },
  'an option without a space': { setup: `mysql -u root -p${secret} db` },
  'a cookie': { headers: [`Set-Cookie: session=${secret}`] },
  'a netrc': { setup: `machine x.example login a password ${secret}` },
  'an address in an address': { url: `https://x.example/?to=${encodeURIComponent(`https://u:${secret}@y.example`)}` },
  'a pair of other names': { setting: [{ namespace: 'x', option: 'DB_PASSWORD', value: secret }] },
  'a pair of longer names': { setting: [{ env_name: 'API_TOKEN', env_value: secret }] },
  digits: { db_password: '70070070' },
  capitals: { db_password: 'HORSEBATTERY' },
};
const traces = [secret, packed(secret).replace(/=/g, ''), '70070070', 'HORSEBATTERY', '7007007', packed(`#!/bin/sh\nrun ${secret}`)];

describe.each(Object.entries(places))('a secret in %s', (_, attributes) => {
  it.each(['create', 'update', 'delete', 'replace', 'drift', 'output'])('is not printed: %s', (way) => {
    const before = { name: 'a', ...JSON.parse(JSON.stringify(attributes).replaceAll(secret, `${secret}-old`)) } as Json;
    const after = { name: 'a', ...(attributes as object) } as Json;
    const type = 'aws_instance';
    const actions = { replace: ['delete', 'create'], drift: ['no-op'], output: ['no-op'] }[way] ?? [way];
    const change = { replace_paths: Object.keys(attributes as object).map((key) => [key]) };
    const drift = { type, address: 'aws_instance.a', change: { actions: ['update'], before, after } };
    const comment = commentOn(
      [{ type, actions, before: way === 'create' ? null : before, after: way === 'delete' ? null : after, change }],
      {
        ...(way === 'drift' ? { resource_drift: [drift] } : {}),
        ...(way === 'output' ? { output_changes: { out: { actions: ['update'], before, after } } } : {}),
      },
    );
    for (const trace of traces) expect(comment).not.toContain(trace);
  });
});

it('a value that is secret for its name is printed nowhere else, either', () => {
  const comment = commentOn([
    { type: 'aws_instance', actions: ['update'], before: { api_key: 'x' }, after: { api_key: secret } },
    { type: 'aws_sqs_queue', name: 'q', actions: ['update'], before: { note: 'x' }, after: { note: `see ${secret}` } },
  ]);
  expect(comment).not.toContain(secret);
});

it('what is none is shown: names, places, numbers, references, pairs of settings', () => {
  const after = {
    ...{
      token_validity: 60,
      secret_name: 'vera',
      password_policy: 'strict',
      minimum_password_length: 14,
      url: 'https://host.example/a?b=c',
    },
    environment: [{ variables: { SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:vera', LOG_LEVEL: 'debug' } }],
    env: [{ name: 'LOG_FORMAT', value: 'logfmt' }],
    image: 'app:1.2.3',
    description: 'rotates the tokens monthly',
  };
  const comment = commentOn([{ type: 'aws_lambda_function', actions: ['update'], before: {}, after }]);
  for (const shown of ['60', 'vera', 'strict', '14', 'b=c', 'secret:vera', 'debug', 'logfmt', '1.2.3', 'monthly'])
    expect(comment).toContain(shown);
  expect(comment).not.toContain('not shown');
});

it('the image of a container is told though a secret stands beside it', () => {
  const definition = (image: string, value: string) =>
    JSON.stringify([{ name: 'app', image, environment: [{ name: 'APP_TOKEN', value }] }]);
  const sides = {
    before: { container_definitions: definition('app:1', `${secret}-old`) },
    after: { container_definitions: definition('app:2', secret) },
  };
  const comment = commentOn([{ type: 'aws_ecs_task_definition', actions: ['update'], ...sides }]);
  expect(comment).toMatch(/`app:1` → `app:2`/);
  expect(comment).not.toContain(secret);
});

it('no value beside a secret’s name is printed, however deep and in whatever text', () => {
  const names = fc.constantFrom('DB_PASSWORD', 'apiKey', 'client-secret', 'AUTH_TOKEN', 'PRIVATE_KEY', 'connectionString', 'ACCESS_KEY');
  const value = fc.uuid().map((id) => `v${id}`);
  const pair = fc.tuple(names, value, fc.nat(4)).map(([name, text, form]): { readonly json: Json; readonly text: string } => {
    const forms: readonly Json[] = [
      { [name]: text },
      { name, value: text },
      `${name}=${text}`,
      `${name}: ${text}`,
      { key: name, value: [text] },
    ];
    return { json: forms[form] ?? null, text };
  });
  const wrapped = fc
    .tuple(pair, fc.array(fc.constantFrom('list', 'block', 'json', 'base64'), { maxLength: 3 }))
    .map(([{ json, text }, ways]) => ({
      text,
      json: ways.reduce<Json>((inner, way) => {
        if (way === 'list') return [inner];
        if (way === 'block') return { settings: inner };
        if (way === 'json') return JSON.stringify(inner);
        return typeof inner === 'string' ? packed(inner) : inner;
      }, json),
    }));
  fc.assert(
    fc.property(wrapped, fc.constantFrom('create', 'update'), ({ json, text }, action) => {
      const before = action === 'create' ? null : { setup: 'x' };
      const comment = commentOn([{ type: 'aws_instance', actions: [action], before, after: { setup: json } }], {
        output_changes: { out: { actions: ['create'], before: null, after: json } },
      });
      expect(comment).not.toContain(text);
      expect(comment).not.toContain(packed(text).slice(2, -4));
    }),
    { numRuns: 300 },
  );
});
