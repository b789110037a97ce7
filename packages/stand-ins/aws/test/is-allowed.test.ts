import { describe, expect, it } from 'vitest';
import { isAllowed } from '../src/iam/is-allowed.ts';
import type { Statement } from '../src/iam/statement.ts';

const table = 'arn:aws:dynamodb:us-east-1:111122223333:table/ledger';
const allow = (more: Partial<Statement> = {}): Statement => ({ Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: [table], ...more });
const get = { action: 'dynamodb:GetItem', resource: table };

describe('what a policy allows', () => {
  it('is what a statement names, and nothing beside it', () => {
    expect(isAllowed([allow()], get)).toBe(true);
    expect(isAllowed([], get)).toBe(false);
    expect(isAllowed([allow()], { ...get, action: 'dynamodb:GetItems' })).toBe(false);
    expect(isAllowed([allow()], { ...get, resource: `${table}/index/open` })).toBe(false);
    expect(isAllowed([allow({ Action: ['dynamodb:Get'] })], get)).toBe(false);
  });

  it('takes actions in any case, resources to the letter', () => {
    expect(isAllowed([allow({ Action: ['DynamoDB:getitem'] })], get)).toBe(true);
    expect(isAllowed([allow({ Resource: [table.toUpperCase()] })], get)).toBe(false);
  });

  it.each([
    ['dynamodb:*', table, true],
    ['dynamodb:Get*', table, true],
    ['dynamodb:*Item', 'arn:aws:dynamodb:*:*:table/led?er', true],
    ['*', '*', true],
    ['dynamodb:Put*', table, false],
    ['dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:111122223333:table/ledge?r', false],
    ['dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:111122223333:table.ledger', false],
  ])('%s on %s reaches the table: %s', (action, resource, isReached) => {
    expect(isAllowed([allow({ Action: [action], Resource: [resource] })], get)).toBe(isReached);
  });

  it('lets a star run over colons and slashes, and stand for nothing', () => {
    const stream = { action: 'logs:PutLogEvents', resource: 'arn:aws:logs:r:a:log-group:/aws/x:log-stream:2026/[1]' };
    expect(isAllowed([allow({ Action: [stream.action], Resource: ['arn:aws:logs:r:a:log-group:/aws/x:*'] })], stream)).toBe(true);
    const model = { action: 'bedrock:InvokeModel', resource: 'arn:aws:bedrock:::foundation-model/m' };
    expect(isAllowed([allow({ Action: [model.action], Resource: ['arn:aws:bedrock:*::foundation-model/m'] })], model)).toBe(true);
  });

  it('is refused by a single Deny, whatever else allows it', () => {
    const deny = allow({ Effect: 'Deny', Action: ['dynamodb:*'], Resource: ['*'] });
    expect(isAllowed([allow(), deny], get)).toBe(false);
    expect(isAllowed([deny], get)).toBe(false);
  });

  it('refuses to guess what a variable stands for', () => {
    expect(() => isAllowed([allow({ Resource: [`arn:aws:dynamodb:r:a:table/\${aws:username}`] })], get)).toThrow('holds a variable');
  });
});

describe('a condition', () => {
  const under = (Condition: NonNullable<Statement['Condition']>, context: Record<string, string | undefined>) =>
    isAllowed([allow({ Condition })], { ...get, context });

  it('holds when one of its values does, and all conditions have to hold', () => {
    const via = { 'kms:ViaService': ['dynamodb.amazonaws.com', 'secretsmanager.amazonaws.com'] };
    expect(under({ StringEquals: via }, { 'kms:ViaService': 'secretsmanager.amazonaws.com' })).toBe(true);
    expect(under({ StringEquals: via }, { 'kms:ViaService': 's3.amazonaws.com' })).toBe(false);
    const both = { StringEquals: via, Bool: { 'aws:SecureTransport': 'true' } };
    expect(under(both, { 'kms:ViaService': 'dynamodb.amazonaws.com', 'aws:SecureTransport': 'true' })).toBe(true);
    expect(under(both, { 'kms:ViaService': 'dynamodb.amazonaws.com', 'aws:SecureTransport': 'false' })).toBe(false);
  });

  it.each([
    ['StringEquals', 'a*', 'ab', false],
    ['StringLike', 'a*', 'ab', true],
    ['StringLike', 'a?', 'abc', false],
    ['ArnLike', 'arn:aws:x:r:1:*', 'arn:aws:x:r:1:thing/a:b', true],
    ['ArnLike', 'arn:aws:x:*:thing/a', 'arn:aws:x:r:1:thing/a', false],
    ['ArnLike', 'arn:aws:x:*:*:thing/*', 'arn:aws:x:r:1:thing/a', true],
    ['Bool', 'true', 'True', true],
  ])('%s %s meets %s: %s', (operator, expected, actual, holds) => {
    expect(under({ [operator]: { key: expected } }, { key: actual })).toBe(holds);
  });

  it.each([
    ['true', undefined, true],
    ['true', 'x', false],
    ['false', undefined, false],
    ['false', 'x', true],
  ])('Null %s meets %s: %s', (absent, actual, holds) => {
    expect(under({ Null: { key: absent } }, { key: actual })).toBe(holds);
    expect(() => under({ Null: { key: absent } }, {})).toThrow('A condition asks for key');
  });

  it('with IfExists holds as well where AWS knows that there is no such thing; without, it does not', () => {
    const asked = (operator: string, actual: string | undefined) =>
      isAllowed([allow({ Condition: { [operator]: { key: 'false' } } })], { ...get, context: { key: actual } });
    expect(['false', undefined, 'true'].map((actual) => asked('BoolIfExists', actual))).toEqual([true, true, false]);
    expect(['false', undefined, 'true'].map((actual) => asked('Bool', actual))).toEqual([true, false, false]);
  });

  it('on AWS’s MCP servers is met by what comes through one, and a call is none of those unless it says so', () => {
    const through = { Bool: { 'aws:ViaAWSMCPService': 'true' } };
    expect(under(through, {})).toBe(false);
    expect(under(through, { 'aws:ViaAWSMCPService': 'true' })).toBe(true);
  });

  it('is no guess: an operator nobody knows and a key nobody speaks of are errors', () => {
    expect(() => under({ DateLessThan: { key: 'x' } }, { key: 'x' })).toThrow('DateLessThan');
    expect(() => under({ StringEquals: { 'aws:SourceVpc': 'x' } }, {})).toThrow('aws:SourceVpc');
  });

  it('is not looked at where the statement does not apply', () => {
    const other = allow({ Resource: ['arn:aws:dynamodb:r:a:table/other'], Condition: { Nonsense: { key: 'x' } } });
    expect(isAllowed([other, allow()], get)).toBe(true);
  });
});
