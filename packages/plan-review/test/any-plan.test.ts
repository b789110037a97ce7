import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { toPlan } from '../src/plan/plan.ts';
import { marker, reviewPlans } from '../src/review/review-plans.ts';
import { commentOn, reviewOf } from './comment-on.ts';
import { type ChangeJson, planJson, policyJson } from './plan-json.ts';

/** What GitHub takes, less what the workflow adds. */
const mostCharacters = 65_536 - 500;

const anyJson = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
const orAny = (usual: fc.Arbitrary<Json>) => fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: anyJson });
const policyShaped = fc
  .record({
    Statement: orAny(
      fc.array(fc.dictionary(fc.constantFrom('Effect', 'Action', 'NotAction', 'Resource', 'Principal', 'Condition'), anyJson)),
    ),
  })
  .map((policy) => JSON.stringify(policy));
const valuesShaped = fc.dictionary(
  fc.constantFrom('name', 'policy', 'assume_role_policy', 'role', 'triggers', 'tags', 'statement', '__proto__', 'constructor'),
  fc.oneof(anyJson, policyShaped),
);
const typeNames = [
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_dynamodb_table',
  'aws_lambda_permission',
  'aws_iam_role_policy_attachment',
  'aws_iam_policy_document',
  'null_resource',
  'toString',
];
const changeShaped = fc.record(
  {
    address: orAny(fc.constantFrom(...typeNames.map((type) => `${type}.x["a"]`))),
    mode: orAny(fc.constantFrom('managed', 'data')),
    type: orAny(fc.constantFrom(...typeNames)),
    deposed: orAny(fc.constant(null)),
    action_reason: orAny(fc.constantFrom('replace_because_tainted', 'constructor')),
    change: orAny(
      fc.record(
        {
          actions: orAny(fc.subarray(['create', 'delete', 'update', 'forget', 'no-op'])),
          before: orAny(valuesShaped),
          after: orAny(valuesShaped),
          after_unknown: orAny(fc.dictionary(fc.constantFrom('policy', 'role', 'name', 'statement'), fc.constant(true))),
          before_sensitive: anyJson,
          after_sensitive: anyJson,
          replace_paths: anyJson,
        },
        { requiredKeys: [] },
      ) as fc.Arbitrary<Json>,
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>;
const template = fc
  .array(fc.constantFrom('${', '}', '"', '{', 'aws_iam_role.x.id', 'data.aws_iam_policy_document.x.json', '$', '{"Statement":[', ']}'))
  .map((parts) => parts.join(''));
const configurationShaped = fc.record({
  root_module: fc.record({
    resources: fc.array(
      fc.record({
        address: fc.constantFrom(...typeNames.map((type) => `${type}.x`), 'data.aws_iam_policy_document.x'),
        expressions: fc.dictionary(
          fc.constantFrom('policy', 'role', 'statement'),
          fc.oneof(anyJson, fc.record({ constant_value: template }), fc.record({ references: fc.array(template) })),
        ),
      }),
    ),
    module_calls: anyJson,
  }),
});
const planShaped = fc.record(
  {
    resource_changes: orAny(fc.array(changeShaped) as fc.Arbitrary<Json>),
    resource_drift: orAny(fc.array(changeShaped) as fc.Arbitrary<Json>),
    deferred_changes: anyJson,
    output_changes: orAny(fc.dictionary(fc.string(), anyJson) as fc.Arbitrary<Json>),
    checks: anyJson,
    configuration: orAny(configurationShaped as fc.Arbitrary<Json>),
    prior_state: anyJson,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>;

it('never throws on anything that is shaped like a plan, and is never too long', () => {
  fc.assert(
    fc.property(planShaped, (json) => {
      const { comment } = reviewPlans([toPlan('storage', json)], { isLossAllowed: false, expected: [] });
      expect(comment.startsWith(marker)).toBe(true);
      expect(comment.length).toBeLessThanOrEqual(mostCharacters);
    }),
    { numRuns: 120 },
  );
}, 120_000);

it('is never too long for GitHub, however long texts and lists are, and closes what it opens', () => {
  const long = fc.integer({ min: 1, max: 500 });
  const actions = fc.constantFrom(['create'], ['update'], ['delete'], ['delete', 'create'], ['forget']);
  fc.assert(
    fc.property(
      long,
      long,
      actions,
      fc.constantFrom('aws_dynamodb_table', 'aws_iam_role_policy', 'aws_sqs_queue'),
      (many, length, action, type) => {
        const values = (side: string, index: number): Json => {
          const text = `${side}${'`'.repeat(length)}${index}`;
          return {
            name: text,
            role: text,
            attributes: Array.from({ length: 20 }, (_, at) => ({ [`key${at}`]: text })),
            policy: policyJson({ Action: text, Resource: [`${text}*`, '*'] }),
          };
        };
        const changes = Array.from(
          { length: many },
          (_, index): ChangeJson => ({ type, name: `${index}`, actions: action, before: values('a', index), after: values('b', index) }),
        );
        const { comment } = reviewOf(changes);
        expect(comment.length).toBeLessThanOrEqual(mostCharacters);
        expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length);
      },
    ),
    { numRuns: 8 },
  );
}, 120_000);

it('ends at a line, and closes what is open, where even the shortest form is too long', () => {
  const change = { type: 'aws_dynamodb_table', actions: ['create'], after: { name: 'x' } };
  const other = { type: 'aws_sqs_queue', actions: ['create'], after: { name: 'x'.repeat(120) } };
  const stacks = Array.from({ length: 900 }, (_, index) => toPlan(`stack${index}`, planJson([change, other])));
  const { comment } = reviewPlans(stacks, { isLossAllowed: false, expected: [] });
  expect(comment.length).toBeLessThanOrEqual(mostCharacters);
  expect(comment.length).toBeGreaterThan(mostCharacters - 1_000);
  expect(comment).toMatch(/\n\n\*\*The comment ends here: .*\*\*\n$/);
  expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length);
});

it('reads ten thousand changes in a few seconds of a processor, however busy the machine is', () => {
  const changes = Array.from({ length: 10_000 }, (_, index): ChangeJson => {
    const values = (side: string): Json => ({
      name: `n${index}`,
      role: `r${index}`,
      secret: `secret-of-${side}-${index}`,
      policy: policyJson({ Action: [`s3:${side}`, 's3:Get'], Resource: `arn:aws:s3:::${index}` }),
    });
    return {
      type: index % 2 ? 'aws_iam_role_policy' : 'aws_dynamodb_table',
      name: `${index}`,
      actions: index % 3 ? ['update'] : ['delete', 'create'],
      before: values('a'),
      after: values('b'),
      change: { before_sensitive: { secret: true }, after_sensitive: { secret: true } },
    };
  });
  const start = process.cpuUsage();
  expect(reviewOf(changes).comment).not.toContain('secret-of');
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(15_000);
}, 120_000);

it('survives values that nest without end', () => {
  const deep = JSON.parse(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`) as Json;
  const text = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
  expect(
    commentOn([
      {
        type: 'aws_x',
        actions: ['update'],
        before: { deep, text },
        after: { deep: [deep], text: `${text} ` },
        change: { after_sensitive: { x: deep } },
      },
    ]),
  ).toContain('deep');
});
