import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { commentOn } from './comment-on.ts';
import { configurationJson, policyJson, reference } from './plan-json.ts';

const secret = 'correct-horse-battery';
const update = { type: 'aws_lambda_function', actions: ['update'] };

it.each<[string, Json, Json, Json]>([
  ['an attribute', { password: 'old' }, { password: secret }, { password: true }],
  ['the whole resource', { a: 'old' }, { a: secret, name: secret }, true],
  ['a block in a list', { users: [{ name: 'a', key: 'x' }] }, { users: [{ name: 'b', key: secret }] }, { users: [{ key: true }] }],
  ['all of a list', { keys: ['x'] }, { keys: [secret, 'y'] }, { keys: true }],
  ['the name of the resource', { name: 'old', timeout: 1 }, { name: secret, timeout: 2 }, { name: true }],
  [
    'a policy',
    { policy: policyJson({ Action: 'a:B', Resource: 'x' }) },
    { policy: policyJson({ Action: 'a:B', Resource: secret }) },
    { policy: true },
  ],
  ['marks that do not fit', { a: { b: 'x' } }, { a: secret }, { a: { b: true } }],
])('does not show what Terraform marks as sensitive: %s', (_, before, after, marks) => {
  for (const change of [{ after_sensitive: marks }, { before_sensitive: marks }]) {
    // A short one is found by its mark alone: it may stand elsewhere by chance.
    const short = JSON.parse(JSON.stringify(after).replaceAll(secret, 'hunter2')) as Json;
    expect(commentOn([{ ...update, before, after: short, change }])).not.toContain('hunter2');
    const comment = commentOn([
      { ...update, before, after, change },
      { type: 'aws_iam_role_policy', actions: ['update'], before, after, change },
    ]);
    expect(comment).not.toContain(secret);
    expect(comment).toContain('storage');
  }
});

it('says that a sensitive value changes, but not when it stays', () => {
  const marks = { change: { before_sensitive: { password: true }, after_sensitive: { password: true } } };
  expect(commentOn([{ ...update, before: { password: 'a' }, after: { password: 'b' }, ...marks }])).toContain(
    '`password`: sensitive, not shown',
  );
  expect(commentOn([{ ...update, before: { password: 'a' }, after: { password: 'a' }, ...marks }])).toContain('nothing changes');
});

it('does not show a secret where a provider gives it back unmarked, nor inside a longer text or a policy', () => {
  const marked = {
    ...update,
    before: { password: 'x' },
    after: { password: `${secret}"` },
    change: { after_sensitive: { password: true } },
  };
  const policy = policyJson({ Action: 'a:B', Resource: `${secret}"` });
  const echo = { ...update, name: 'echo', before: { url: 'x', policy: policyJson() }, after: { url: `https://${secret}"@host`, policy } };
  const comment = commentOn([marked, echo]);
  expect(comment).toContain('`url`: sensitive, not shown');
  expect(comment).not.toContain(secret);
});

it('does not show sensitive outputs, and counts those that change', () => {
  const output = (actions: string[]) => ({ actions, before: 'x', after: secret, before_sensitive: true, after_sensitive: true });
  const comment = commentOn([], {
    output_changes: {
      a: output(['update']),
      b: output(['create']),
      c: { ...output(['update']), before_sensitive: false, after_sensitive: false, after: 'plain' },
    },
  });
  expect(comment).not.toContain(secret);
  expect(comment).toContain('- 1 sensitive output that other stacks may read');
  expect(comment).toContain('- `c`: `x` → `plain`');
});

it('does not fill a sensitive value into the template of a policy', () => {
  const configuration = configurationJson({
    'aws_iam_role_policy.one': {
      policy: { constant_value: policyJson({ Action: 'a:B', Resource: reference('aws_lambda_function.one.password') }) },
    },
  });
  const source = { ...update, before: { password: secret }, after: { password: secret }, change: { after_sensitive: { password: true } } };
  const policy = {
    type: 'aws_iam_role_policy',
    actions: ['create'],
    after: { role: 'worker' },
    change: { after_unknown: { policy: true } },
  };
  const comment = commentOn([source, policy], { configuration });
  expect(comment).toContain('may now call `a:B` on Lambda function');
  expect(comment).not.toContain(secret);
});

it.each([
  ['environment.0', { environment: [{ variables: { SLACK_BOT_TOKEN: 'plain-value' } }] }],
  ['a token anywhere', { note: 'use xoxb-1234567890-abcdefghij' }],
  ['a private key', { data: '-----BEGIN RSA PRIVATE KEY-----\nabc' }],
  ['a password in an address', { endpoint: 'https://user:plain-value@host' }],
])('does not show what looks like a secret, though nobody marks it: %s', (_, after) => {
  const comment = commentOn([{ ...update, before: {}, after }]);
  expect(comment).toContain('not shown');
  expect(comment).not.toMatch(/plain-value|xoxb-|BEGIN/);
});

it('shows what only says where a secret is', () => {
  const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:vera';
  expect(
    commentOn([
      { ...update, before: {}, after: { environment: [{ variables: { SECRET_ARN: arn } }], secret_name: 'vera', token_validity: 60 } },
    ]),
  ).toMatch(/secret:vera`.*`vera`.*`60`/);
});

type Tree = { readonly value: Json; readonly marks: Json; readonly secrets: readonly string[] };

/** Values with secrets at random depths, and the marks that Terraform would put on them. */
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.string({ maxLength: 8 }).map((value): Tree => ({ value, marks: false, secrets: [] })),
    fc.uuid().map((id): Tree => ({ value: `s${id}`, marks: true, secrets: [`s${id}`] })),
    fc
      .array(fc.uuid(), { maxLength: 3 })
      .map((ids): Tree => ({ value: { list: ids.map((id) => [`s${id}`]) }, marks: true, secrets: ids.map((id) => `s${id}`) })),
    fc.array(tie('tree'), { maxLength: 3 }).map(
      (items): Tree => ({
        value: items.map(({ value }) => value),
        marks: items.map(({ marks }) => marks),
        secrets: items.flatMap(({ secrets }) => secrets),
      }),
    ),
    fc.dictionary(fc.constantFrom('name', 'policy', 'role', 'triggers', 'tag', 'assume_role_policy', 'key'), tie('tree')).map(
      (members): Tree => ({
        value: Object.fromEntries(Object.entries(members).map(([key, { value }]) => [key, value])),
        marks: Object.fromEntries(Object.entries(members).map(([key, { marks }]) => [key, marks])),
        secrets: Object.values(members).flatMap(({ secrets }) => secrets),
      }),
    ),
  ),
}));

it('shows no sensitive value, whatever the plan does with it and wherever it is told again', () => {
  const types = fc.constantFrom(
    'aws_lambda_function',
    'aws_iam_role_policy',
    'aws_iam_role',
    'null_resource',
    'aws_dynamodb_table',
    'aws_lambda_permission',
  );
  const actions = fc.constantFrom(['create'], ['update'], ['delete'], ['delete', 'create'], ['forget'], ['no-op']);
  fc.assert(
    fc.property(fc.tuple(tree, tree), types, actions, fc.boolean(), ([before, after], type, action, isWhole) => {
      const secrets = [...before.secrets, ...after.secrets];
      const change = {
        before_sensitive: isWhole || before.marks,
        after_sensitive: isWhole || after.marks,
        replace_paths: [['name'], ['policy']],
      };
      const told = secrets.map((text, index) => ({
        type: 'aws_sqs_queue',
        name: `q${index}`,
        actions: ['update'],
        before: { name: 'q', note: 'x' },
        after: { name: `q-${text}`, note: text, policy: policyJson({ Principal: text, Action: text, Resource: text }) },
      }));
      const changes = [{ type, actions: action, before: before.value, after: after.value, change }, ...told];
      const comment = commentOn(changes, {
        resource_drift: [{ type, address: 'a.b', change: { actions: ['update'], before: before.value, after: after.value, ...change } }],
      });
      for (const text of secrets) expect(comment).not.toContain(text);
    }),
    { numRuns: 300 },
  );
});
