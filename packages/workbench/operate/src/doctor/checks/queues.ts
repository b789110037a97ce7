import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { ails, type Finding, lives } from '../../check/finding.ts';
import { ask, askIfThere } from '../ask.ts';
import type { Check, Patient } from '../check.ts';

const part = 'queues';
const rights = { url: 'sqs:GetQueueUrl', attributes: 'sqs:GetQueueAttributes' };

export const queuesCheck: Check = {
  part,
  asks: 'Does anything lie where Lambda puts what it gave up?',
  rights: Object.values(rights),
  concerns: ({ isLocal }) => !isLocal,
  async look(patient) {
    const roles = ['invoker', ...(patient.settings?.worker.on === 'lambda' ? ['worker'] : [])];
    const faults = (await Promise.all(roles.map((role) => lookAt(role, patient)))).flat();
    return faults.length > 0 ? faults : [lives(part, 'nothing lies there')];
  },
};

async function lookAt(role: string, { clients, nameOf }: Patient): Promise<Finding[]> {
  const QueueName = nameOf(`${role}-failures`);
  const sqs = clients('sqs');
  const found = await askIfThere(rights.url, () => sqs.send(new GetQueueUrlCommand({ QueueName })));
  if (!found?.QueueUrl) return [ails(part, `there is no ${QueueName}: what ${role} gives up is gone`, `pnpm cdktf deploy ${role}`)];
  const { QueueUrl } = found;
  const { Attributes } = await ask(rights.attributes, () =>
    sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] })),
  );
  const lying = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  if (lying === 0) return [];
  return [
    ails(
      part,
      `${lying} lie in ${QueueName}: ${role} failed at them again and again`,
      `aws sqs receive-message --queue-url ${QueueUrl} tells what and why; once mended: aws sqs purge-queue --queue-url ${QueueUrl}`,
    ),
  ];
}
