import { expect, it } from 'vitest';
import { change, recordedDeployment } from './recorded-deployment.ts';

const topic = (name: string) => ({ name, arn: 'arn:aws:sns:us-east-1:444455556666:alarms' });
const updated = (before: object, after: object) => change('aws_sns_topic', { actions: ['update'], before, after });
const quiet = { applyable: false };

it('drift is told where somebody changed something outside of the code, and nothing is handed over or applied', () => {
  using deployment = recordedDeployment({ storage: { plan: { ...quiet, resource_drift: [updated(topic('a'), topic('b'))] } } });
  const { status, log, summary } = deployment.drift();
  expect(status).toBe(1);
  expect(log).toContain('::error title=Drift::somebody changed something outside of the code.');
  expect(summary).toContain('Changed by somebody outside Terraform');
  expect(deployment.calls().filter((call) => /put-object| apply /.test(call))).toEqual([]);
});

it('drift is not what main would change, nor the data that this would lose', () => {
  const lost = change('aws_dynamodb_table', { actions: ['delete'], before: { name: 'ledger' } });
  using deployment = recordedDeployment({ storage: { plan: { resource_changes: [lost] } } });
  const { status, summary } = deployment.drift();
  expect(status).toBe(0);
  expect(summary).toContain('Nothing is applied here.');
});

it('drift cannot be told of a stack that cannot be planned', () => {
  using deployment = recordedDeployment({ storage: { plan: quiet }, worker: { files: { fails: '' } } });
  expect(deployment.drift()).toMatchObject({ status: 1, log: expect.stringContaining('a stack could not be planned') });
});
