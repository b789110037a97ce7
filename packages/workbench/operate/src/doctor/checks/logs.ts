import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ails, type Finding, lives } from '../../check/finding.ts';
import { ask } from '../ask.ts';
import type { Check, Patient } from '../check.ts';
import { functionRolesOf } from '../function-roles.ts';

const part = 'logs';
const right = 'logs:DescribeLogGroups';

export const logsCheck: Check = {
  part,
  asks: 'Is what is logged kept, and as long as the settings say?',
  rights: [right],
  concerns: ({ isLocal }) => !isLocal,
  async look(patient) {
    const functions = functionRolesOf(patient).map((role) => ({ role, group: `/aws/lambda/${patient.nameOf(role)}` }));
    const found = await Promise.all([...functions, ...(await runtimeGroup(patient))].map((one) => lookAt(one, patient)));
    const faults = found.flat();
    return faults.length > 0 ? faults : [lives(part, `kept for ${patient.settings?.logDays} days`)];
  },
};

interface Group {
  readonly role: string;
  readonly group: string;
  /** AgentCore makes it with the first line. */
  readonly isMadeLater?: boolean;
}

async function runtimeGroup(patient: Patient): Promise<readonly Group[]> {
  if (patient.settings?.worker.on === 'lambda') return [];
  const worker = await patient.worker();
  if (worker.on === 'lambda') return [];
  return [{ role: 'worker', group: `/aws/bedrock-agentcore/runtimes/${worker.runtime.id}-${worker.endpoint.name}`, isMadeLater: true }];
}

async function lookAt({ role, group, isMadeLater }: Group, { clients, settings }: Patient): Promise<Finding[]> {
  const { logGroups = [] } = await ask(right, () => clients('logs').send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group })));
  const found = logGroups.find(({ logGroupName }) => logGroupName === group);
  const deployIt = `pnpm cdktf deploy ${role}`;
  if (!found) return isMadeLater ? [] : [ails(part, `there is no ${group}: what ${role} logs is lost`, deployIt)];
  if (found.retentionInDays === settings?.logDays) return [];
  const kept = found.retentionInDays === undefined ? 'for ever' : `for ${found.retentionInDays} days`;
  return [ails(part, `${group} is kept ${kept}, and the settings say ${settings?.logDays} days`, deployIt)];
}
