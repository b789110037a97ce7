import { expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { commentOn, lineWith, reviewOf } from './comment-on.ts';
import { policyJson } from './plan-json.ts';

const role = 'arn:aws:iam::123456789012:role/northwind/vera-worker';
const table = (name: string) => `arn:aws:dynamodb:eu-west-1:123456789012:table/${name}`;
const get = { Action: 'dynamodb:GetItem', Resource: table('ledger') };
const trust = policyJson({ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });
const denied = JSON.stringify({ Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] });

interface Needed {
  readonly role?: string;
  readonly trust?: string;
  readonly policy?: string;
}

const sideOf = (given: Needed): Json => ({ id: '1', input: { role, trust, policy: policyJson(get), ...given } });

/** What the code keeps of a role before and after. */
function changes(before: Needed | undefined, after: Needed | undefined) {
  const actionAfter = after ? 'update' : 'delete';
  const actions = [before ? actionAfter : 'create'];
  return [
    {
      type: 'terraform_data',
      name: 'needs-of-worker',
      actions,
      before: before ? sideOf(before) : null,
      after: after ? sideOf(after) : null,
    },
  ];
}

const whose = `before this is applied, whoever keeps \`${role}\` has to change it, which nothing here does`;
const boxOf = (comment: string) => comment.split('\n').filter((line) => line.startsWith('> - '));

it('tells in the box what a role of the company’s has to allow besides, and what it has to trust', () => {
  const more = policyJson(get, { Action: ['dynamodb:PutItem', 'dynamodb:Query'], Resource: table('audit') });
  const { comment } = reviewOf(changes({}, { policy: more, trust: trust.replace('lambda', 'bedrock-agentcore') }));
  expect(boxOf(comment)).toEqual([
    `> - storage: ${whose}: it has to allow \`dynamodb:PutItem\` and \`dynamodb:Query\` on \`${table('audit')}\` besides`,
    `> - storage: ${whose}: it has to trust service \`bedrock-agentcore.amazonaws.com\` besides`,
  ]);
  expect(comment).toContain(`**Roles that somebody else keeps**\n\n- **\`${role}\`**\n`);
  expect(comment).toContain('  - no longer has to trust service `lambda.amazonaws.com`');
});

it.each([
  ['a wider resource', get, { ...get, Resource: table('*') }, 'has to allow more: '],
  ['a condition fewer', { ...get, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, get, 'no longer only if'],
])('tells %s', (_, before, after, words) => {
  const [line, ...others] = boxOf(commentOn(changes({ policy: policyJson(before) }, { policy: policyJson(after) })));
  expect(others).toEqual([]);
  expect(line).toContain(whose);
  expect(line).toContain(words);
});

it('tells in the box what it has to deny, and may deny no longer', () => {
  expect(boxOf(commentOn(changes({}, { policy: denied })))).toContain(`> - storage: ${whose}: it has to deny \`*\` on \`*\` besides`);
  expect(boxOf(commentOn(changes({ policy: denied }, {})))).toContain(`> - storage: ${whose}: it may no longer deny \`*\` on \`*\``);
});

it('leaves out of the box what it no longer has to allow, which breaks nothing', () => {
  const { comment, verdict } = reviewOf(changes({ policy: policyJson(get, { Action: 's3:GetObject', Resource: '*' }) }, {}));
  expect(boxOf(comment)).toEqual([]);
  expect(comment).toContain('  - no longer has to allow `s3:GetObject` on `*`');
  expect(verdict).toBe('1 to change');
  expect(boxOf(commentOn(changes({}, undefined)))).toEqual([]);
});

it('tells all of it of a role of which nothing was known, and of another one in its place', () => {
  const many = policyJson(get, { Action: 's3:GetObject', Resource: table('x') }, { Action: 'kms:Decrypt', Resource: table('y') });
  const other = `${role}-2`;
  for (const before of [undefined, { role: other, policy: many }]) {
    const comment = commentOn(changes(before, { policy: many }));
    expect(boxOf(comment)).toEqual([`> - storage: ${whose}: 4 things that it has to allow or trust are told below`]);
    expect(comment).toContain(`  - has to allow \`kms:Decrypt\` on \`${table('y')}\`\n`);
  }
});

it('says so where it cannot compare', () => {
  expect(boxOf(commentOn(changes({}, { policy: 'none' })))).toEqual([
    `> - storage: ${whose}: it has another policy to have, which cannot be read here`,
  ]);
});

it('takes nobody’s other terraform_data for one', () => {
  const side = (input: Json) => ({ id: '1', input, output: null });
  const comment = commentOn([{ type: 'terraform_data', actions: ['update'], before: side({ role: 'a' }), after: side({ role: 'b' }) }]);
  expect(comment).not.toContain('somebody else');
  expect(lineWith('terraform_data', comment)).toContain('`a` → `b`');
});
