import { describe, expect, it } from 'vitest';
import { lastVersionIn } from '../upgrade/last-version.ts';
import { plannedUpgrade } from '../upgrade/planned-upgrade.ts';
import { toldByBothNames } from '../upgrade/told-by-both-names.ts';

describe('the last version', () => {
  const commit = 'a'.repeat(40);

  it('is the one below the newest, at the commit that stands there', () => {
    const changelog = `# Changes\n\n## 3.0.0\n\nNew.\n\n## 2.1.0\n\nCommit \`${commit}\`.\n\n## 2.0.0\n\nCommit \`${'b'.repeat(40)}\`.\n`;
    expect(lastVersionIn(changelog)).toEqual({ version: '2.1.0', commit });
  });

  it.each(['# Changes\n\n## 1.0.0\n', `# Changes\n\n## 2.0.0\n\n## 1.0.0\n\nNothing.\n`])('is not guessed', (changelog) => {
    expect(() => lastVersionIn(changelog)).toThrow('names no commit of');
  });

  it('tells what it made under the new names as well, and has a word for what it did not make', () => {
    const old = {
      resource: { aws_kms_key: { key: {} } },
      output: { 'cross-stack-output-aws_kms_keykeyarn': { value: '${aws_kms_key.key.arn}' }, url: { value: 'old' } },
    };
    const output = {
      key_arn: { value: '${aws_kms_key.key.arn}', sensitive: true },
      topic_arn: { value: 'of ${aws_sns_topic.topic.arn}' },
      indexed: { value: '${aws_sns_topic.topics[0].arn}' },
      url: { value: 'new' },
    };
    const madeLater = { value: 'arn:aws:vera:::made-by-the-upgrade' };
    const told = { ...old.output, key_arn: output.key_arn, topic_arn: madeLater, indexed: madeLater };
    expect(toldByBothNames(old, { output }).output).toEqual(told);
    expect(toldByBothNames(old, {})).toEqual(old);
  });
});

describe('a planned upgrade', () => {
  const planned = (type: string, actions: readonly string[], mode = 'managed') => ({
    address: `${type}.x`,
    type,
    mode,
    change: { actions },
  });

  it.each([[['delete']], [['delete', 'create']], [['create', 'delete']]])('loses a table by %s', (actions) => {
    const table = planned('aws_dynamodb_table', actions);
    expect(plannedUpgrade({ resource_changes: [table] })).toMatchObject({ gone: [table.address], lost: [table.address], made: [] });
  });

  it('loses nothing by what changes in place, is new, is moved or is only read, nor by what code brings back', () => {
    const changes = [
      planned('aws_dynamodb_table', ['update']),
      planned('aws_kms_key', ['no-op']),
      planned('aws_s3_bucket', ['create']),
      planned('aws_secretsmanager_secret', ['delete'], 'data'),
      planned('aws_lambda_function', ['delete', 'create']),
    ];
    expect(plannedUpgrade({ resource_changes: changes })).toEqual({
      ...{ inPlace: 1, made: ['aws_s3_bucket.x'], gone: ['aws_lambda_function.x'], lost: [] },
    });
    expect(plannedUpgrade({})).toEqual({ inPlace: 0, made: [], gone: [], lost: [] });
  });
});
