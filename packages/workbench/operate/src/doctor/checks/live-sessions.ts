import { paginateListServiceQuotas } from '@aws-sdk/client-service-quotas';
import { ails, lives } from '../../check/finding.ts';
import { ask } from '../ask.ts';
import { type Check, GroundError, type Patient } from '../check.ts';
import { metricRight, metricsIn } from '../metric-sum.ts';

const part = 'sessions';
const right = 'servicequotas:ListServiceQuotas';
const ServiceCode = 'bedrock-agentcore';

export const liveSessionsCheck: Check = {
  part,
  asks: 'Is there room for more sessions in the account’s quota?',
  rights: [right, metricRight],
  concerns: ({ settings }) => settings?.worker.on === 'agentcore',
  async look(patient) {
    const quota = await quotaOf(patient);
    if (quota === undefined)
      throw new GroundError('Service Quotas knows none of active sessions', 'see AgentCore in the console of Service Quotas');
    const { live = 0 } = await metricsIn(patient, {
      live: {
        namespace: 'AWS/Bedrock-AgentCore',
        metric: 'ActiveSessionCount',
        dimensions: { Service: 'AgentCore.Runtime' },
        stat: 'Maximum',
        minutes: 60,
      },
    });
    const share = Math.round((100 * live) / quota.value);
    const said = `${live} of ${quota.value} were alive at once in the last hour`;
    if (share < 80) return [lives(part, said)];
    const remedy = `aws service-quotas request-service-quota-increase --service-code ${ServiceCode} --quota-code ${quota.code} --desired-value ${quota.value * 2}`;
    return [ails(part, `${said} (${share} %): soon nobody gets a new one`, `${remedy}; or a shorter session.stopAfterMinutes`)];
  },
};

async function quotaOf({ clients }: Patient) {
  const pages = await ask(right, () => Array.fromAsync(paginateListServiceQuotas({ client: clients('quotas') }, { ServiceCode })));
  const found = pages.flatMap(({ Quotas = [] }) => Quotas).find(({ QuotaName }) => /active session/i.test(QuotaName ?? ''));
  return found?.Value && found.QuotaCode ? { value: found.Value, code: found.QuotaCode } : undefined;
}
