import { describe, expect, it } from 'vitest';
import { reviewOf } from './comment-on.ts';
import type { ChangeJson } from './plan-json.ts';

/** As the stack of the front's secret has it, by name and all. */
const generated = { SecretStringTemplate: '{"before":""}', GenerateStringKey: 'current', PasswordLength: 48, ExcludePunctuation: true };
const secret = (properties: object = {}, rest: object = {}) => ({
  Type: 'AWS::SecretsManager::Secret',
  Properties: { Name: 'vera-front', Description: 'd', KmsKeyId: 'arn:aws:kms:x:1:key/a', GenerateSecretString: generated, ...properties },
  ...rest,
});
const stack = (resources: object) => ({ name: 'vera-front-secret', template_body: JSON.stringify({ Resources: resources }) });
const type = 'aws_cloudformation_stack';
const update = (before: object, after: object): ChangeJson => ({ type, actions: ['update'], before: stack(before), after: stack(after) });
const gone = (resources: object): ChangeJson => ({ type, actions: ['delete'], before: stack(resources) });

describe('what holds data in a template of CloudFormation', () => {
  it.each<[string, ChangeJson, string]>([
    ['goes with its stack', gone({ Secret: secret() }), 'secret `Secret` of its template is **destroyed**, which deletes its value'],
    ['leaves it', update({ Secret: secret() }, {}), 'is **destroyed**'],
    ['is another thing under its name', update({ Secret: secret() }, { Secret: { Type: 'AWS::SQS::Queue' } }), 'is **destroyed**'],
    ['has another name', update({ Secret: secret() }, { Secret: secret({ Name: 'other' }) }), 'is **replaced** (`Name`)'],
    [
      'is made up anew',
      update({ Secret: secret() }, { Secret: secret({ GenerateSecretString: { ...generated, PasswordLength: 8 } }) }),
      'gets **another value** (`GenerateSecretString`)',
    ],
    ...[
      'DynamoDB::GlobalTable',
      'RDS::DBCluster',
      'RDS::DBInstance',
      'S3Vectors::VectorBucket',
      'Cognito::UserPool',
      'BedrockAgentCore::Memory',
      'Bedrock::KnowledgeBase',
      'Backup::BackupVault',
      'DocDB::DBCluster',
      'OpenSearchService::Domain',
    ].map((name): [string, ChangeJson, string] => [
      `is ${name}`,
      gone({ One: { Type: `AWS::${name}` } }),
      'is **destroyed**, which deletes',
    ]),
    [
      'gets other keys',
      update({ One: { Type: 'AWS::DynamoDB::Table' } }, { One: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [] } } }),
      'is **replaced** (`KeySchema`)',
    ],
    ['is a table', gone({ Items: { Type: 'AWS::DynamoDB::Table' } }), 'which deletes every item in it'],
  ])('is told where it %s', (_, change, says) => {
    const { comment, losesData } = reviewOf([change]);
    expect(losesData).toBe(true);
    expect(comment).toContain(says);
    expect(comment).not.toContain('not compared');
    expect(comment).not.toContain('which is not in this plan');
    expect(comment).not.toContain('does not look at');
  });

  it.each<[string, ChangeJson]>([
    ['CloudFormation keeps it', gone({ Secret: secret({}, { DeletionPolicy: 'Retain' }) })],
    ['only its words change', update({ Secret: secret() }, { Secret: secret({ Description: 'e' }) })],
  ])('is not called lost where %s', (_, change) => {
    const { comment, losesData } = reviewOf([change]);
    expect(losesData).toBe(false);
    expect(comment).not.toContain('not compared');
  });
});

it('says of a stack that is called after a secret what in its template is another', () => {
  const { comment } = reviewOf([update({ Secret: secret() }, { Secret: secret({ KmsKeyId: 'arn:aws:kms:x:1:key/b' }) })]);
  expect(comment).toContain('`template_body.Resources.Secret.Properties.KmsKeyId`');
  const hidden = { Handler: { Type: 'AWS::Lambda::Function', Properties: { Environment: { API_TOKEN: 'horse-battery-7' } } } };
  expect(reviewOf([update(hidden, { ...hidden, Secret: secret() })]).comment).not.toContain('horse-battery');
});
