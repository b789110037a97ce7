import { describe, expect, it } from 'vitest';
import { createReferences } from '../../permissions/references.ts';
import type { StackJson } from '../../permissions/stacks-json.ts';

const at = (path: string) => ({ '//': { metadata: { path } } });
const refer = (expression: string) => `\${${expression}}`;
const aws = [
  { region: 'us-east-1', allowed_account_ids: ['111122223333'] },
  { region: 'us-west-2', alias: 'there', allowed_account_ids: ['111122223333'] },
];
const storage: StackJson = {
  provider: { aws },
  resource: {
    aws_dynamodb_table: { ledger: { ...at('storage/ledger'), name: 'vera-ledger' } },
    aws_kms_key: { key: at('storage/tables/key') },
    aws_secretsmanager_secret: { secret: { ...at('storage/secret'), name: 'vera-secrets' } },
    aws_sqs_queue: { there: { ...at('storage/there'), name: 'vera-there', provider: 'aws.there' } },
  },
  output: { 'table-arn': { value: refer('aws_dynamodb_table.ledger.arn') } },
};
const worker: StackJson = { provider: { aws } };
const { textOf } = createReferences(new Map(Object.entries({ storage, worker })));

describe('a reference', () => {
  it('becomes what AWS makes of the resource, in the middle of a text', () => {
    const text = `${refer('aws_dynamodb_table.ledger.arn')}/index/open of ${refer('aws_dynamodb_table.ledger.name')}`;
    expect(textOf('storage', text)).toBe('arn:aws:dynamodb:us-east-1:111122223333:table/vera-ledger/index/open of vera-ledger');
  });

  it('is followed into another stack', () => {
    const expression = 'data.terraform_remote_state.cross-stack-reference-input-storage.outputs.table-arn';
    expect(textOf('worker', refer(expression))).toBe('arn:aws:dynamodb:us-east-1:111122223333:table/vera-ledger');
  });

  it('has a placeholder where AWS makes up an id or a name’s end', () => {
    expect(textOf('storage', refer('aws_kms_key.key.arn'))).toBe('arn:aws:kms:us-east-1:111122223333:key/{storage.tables.key}');
    expect(textOf('storage', refer('aws_secretsmanager_secret.secret.arn'))).toMatch(/:secret:vera-secrets-X{6}$/);
  });

  it('is in the region of the resource’s own provider', () => {
    expect(textOf('storage', refer('aws_sqs_queue.there.arn'))).toBe('arn:aws:sqs:us-west-2:111122223333:vera-there');
  });

  it.each([
    ['a resource that is not there', 'aws_dynamodb_table.other.arn', 'storage has no aws_dynamodb_table.other'],
    [
      'an attribute nobody knows',
      'aws_dynamodb_table.ledger.stream_arn',
      'Nobody here knows what AWS makes stream_arn of aws_dynamodb_table',
    ],
    ['an argument that is not set', 'aws_iam_role.role.name', 'storage has no aws_iam_role.role'],
    ['an expression', 'jsonencode({})', 'Nobody here knows what'],
    ['an output that is not there', 'data.terraform_remote_state.cross-stack-reference-input-storage.outputs.x', 'storage has no output x'],
  ])('is never guessed: %s', (_, expression, message) => {
    expect(() => textOf('storage', refer(expression))).toThrow(message);
  });
});
