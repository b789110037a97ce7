import { describe, expect, it } from 'vitest';
import { leastSettings, resourcesOf, synthesise } from './synthesised.ts';

const { stacks } = synthesise(leastSettings);
const alarms = resourcesOf(stacks, 'aws_cloudwatch_metric_alarm');
const invokerName = '${data.terraform_remote_state.cross-stack-reference-input-invoker.outputs.';

/** What rings for a metric, and how much of it there has to be. */
const ringsFor = (namespace: string, metric: string) =>
  alarms.filter(({ metric_name, namespace: own }) => metric_name === metric && own === namespace);

describe('the witness of what ledger and sweeper do not see', () => {
  it('is the queue that the invoker’s events end in, and one message in it rings', () => {
    const [config] = resourcesOf(stacks, 'aws_lambda_function_event_invoke_config');
    expect(config).toMatchObject({
      destination_config: { on_failure: { destination: '${aws_sqs_queue.failures.arn}' } },
      maximum_retry_attempts: 2,
      maximum_event_age_in_seconds: 900,
    });
    expect(stacks.get('invoker')?.output).toMatchObject({
      failures_queue: { value: '${aws_sqs_queue.failures.name}' },
    });
    expect(ringsFor('AWS/SQS', 'ApproximateNumberOfMessagesVisible')).toMatchObject([
      { dimensions: { QueueName: `${invokerName}failures_queue}` }, threshold: 1, statistic: 'Maximum' },
    ]);
  });

  it.each(['AsyncEventsDropped', 'DestinationDeliveryFailures'])('has a witness of its own: one of %s of the invoker rings', (metric) => {
    expect(ringsFor('AWS/Lambda', metric)).toMatchObject([
      {
        dimensions: { FunctionName: `${invokerName}invoker_name}` },
        threshold: 1,
        statistic: 'Sum',
        comparison_operator: 'GreaterThanOrEqualToThreshold',
        alarm_actions: [expect.stringContaining('aws_sns_topic.')],
      },
    ]);
  });

  it('does not hang on our key: a queue that needs it would be silent with the ledger', () => {
    const [queue] = resourcesOf(stacks, 'aws_sqs_queue');
    expect(queue).toMatchObject({ sqs_managed_sse_enabled: true });
    expect(queue).not.toHaveProperty('kms_master_key_id');
  });

  it('rings for a question that Slack delivered and the ledger refused, before Slack gives up', () => {
    const [alarm] = ringsFor('Vera', 'question.record-failed');
    expect(alarm).toMatchObject({ dimensions: { Deployment: 'use1-dev-vera' }, threshold: 2, period: 300, statistic: 'Sum' });
    // Slack delivers at once, again at once, after one and after five minutes.
    const deliveries = [0, 1, 61, 361];
    const [period, threshold] = [Number(alarm?.period), Number(alarm?.threshold)];
    // Wherever CloudWatch cuts time into periods.
    for (let cut = 0; cut < period; cut += 1) {
      const periods = Map.groupBy(deliveries, (at) => Math.floor((at + cut) / period));
      expect(Math.max(...[...periods.values()].map((those) => those.length)), `cut at ${cut}`).toBeGreaterThanOrEqual(threshold);
    }
  });
});
