import { describe, expect, it } from 'vitest';
import { plannedChanges } from '../../cdktn/planned-changes.ts';

const change = (actions: string[], before: object | null = { name: 'a' }, after: object | null = { name: 'a' }) => ({
  actions,
  before,
  after,
});
const plan = (type: string, one: object) => ({
  resource_changes: [{ address: `${type}.it`, type, change: one as ReturnType<typeof change> }],
});

describe('D28 what the renamed stacks would change of what the old ones made', () => {
  it('is nothing where nothing is added, changed or destroyed', () => {
    expect(plannedChanges({})).toEqual([]);
    expect(plannedChanges(plan('aws_sqs_queue', change(['no-op'])))).toEqual([]);
    expect(plannedChanges(plan('terraform_remote_state', change(['read'])))).toEqual([]);
    expect(plannedChanges({ output_changes: { queue: { actions: ['no-op'] } } })).toEqual([]);
  });

  it('is told with what makes it so', () => {
    expect(plannedChanges(plan('aws_sqs_queue', change(['create'], null)))).toEqual(['aws_sqs_queue.it: create (name)']);
    expect(plannedChanges(plan('aws_sqs_queue', change(['delete'], { name: 'a' }, null)))).toEqual(['aws_sqs_queue.it: delete (name)']);
    expect(plannedChanges(plan('aws_kms_key', change(['delete', 'create'])))).toEqual(['aws_kms_key.it: delete and create ()']);
    expect(plannedChanges(plan('aws_sqs_queue', change(['forget'])))).toEqual(['aws_sqs_queue.it: forget ()']);
    expect(plannedChanges(plan('aws_sqs_queue', { ...change(['update']), after_unknown: { arn: true } }))).toEqual([
      'aws_sqs_queue.it: update (arn)',
    ]);
    expect(plannedChanges({ output_changes: { queue: { actions: ['update'] } } })).toEqual(['output queue: update']);
  });

  it('is not what the emulator forgets, and that alone', () => {
    const logging = [{ log_format: 'JSON' }];
    const forgotten = (more: object = {}) => change(['update'], { name: 'a' }, { name: 'a', logging_config: logging, ...more });
    expect(plannedChanges(plan('aws_lambda_function', forgotten()))).toEqual([]);
    expect(plannedChanges(plan('aws_lambda_function', forgotten({ timeout: 3 })))).toHaveLength(1);
    expect(plannedChanges(plan('aws_sfn_state_machine', forgotten()))).toHaveLength(1);
    expect(plannedChanges(plan('aws_lambda_function', { ...forgotten(), actions: ['delete', 'create'] }))).toHaveLength(1);
    expect(plannedChanges(plan('aws_lambda_function', change(['update'])))).toHaveLength(1);
  });
});
