import { GetGatewayCommand, paginateListGatewayTargets, type TargetSummary } from '@aws-sdk/client-bedrock-agentcore-control';
import { ails, type Finding, lives } from '../../check/finding.ts';
import { ask, askIfThere } from '../ask.ts';
import type { Check, Patient } from '../check.ts';

const part = 'gateway';
const rights = { gateway: 'bedrock-agentcore:GetGateway', targets: 'bedrock-agentcore:ListGatewayTargets' };
const deployIt = 'pnpm cdktf deploy gateway worker';

export const gatewayCheck: Check = {
  part,
  asks: 'Is the gateway ready, and each target behind it?',
  rights: Object.values(rights),
  concerns: ({ settings }) => settings?.gateway !== undefined,
  async look(patient) {
    const url = (await patient.worker()).variables.GATEWAY_URL;
    if (!url) return [ails(part, 'the worker was not told of any, and the settings have one', deployIt)];
    const gatewayIdentifier = new URL(url).hostname.split('.')[0] ?? '';
    const control = patient.clients('control');
    const found = await askIfThere(rights.gateway, () => control.send(new GetGatewayCommand({ gatewayIdentifier })));
    if (found === undefined) return [ails(part, `${gatewayIdentifier} is not there: somebody deleted it`, deployIt)];
    if (found.status !== 'READY') return [ails(part, `${gatewayIdentifier} is ${found.status}${reasonsOf(found)}`, deployIt)];
    const targets = await ask(rights.targets, () => allTargets(patient, gatewayIdentifier));
    const faults = [...missingOf(patient, targets), ...targets.flatMap(faultOf)];
    return faults.length > 0 ? faults : [lives(part, `${targets.length} target${targets.length === 1 ? ' is' : 's are'} ready behind it`)];
  },
};

async function allTargets({ clients }: Patient, gatewayIdentifier: string): Promise<readonly TargetSummary[]> {
  const pages = paginateListGatewayTargets({ client: clients('control') }, { gatewayIdentifier });
  return (await Array.fromAsync(pages)).flatMap(({ items = [] }) => items);
}

function missingOf({ settings }: Patient, targets: readonly TargetSummary[]): Finding[] {
  const meant = Object.keys(settings?.gateway?.targets ?? {});
  return meant
    .filter((name) => targets.every((target) => target.name !== name))
    .map((name) => ails(part, `it has no target ${name}`, 'pnpm cdktf deploy gateway'));
}

function faultOf({ name, status }: TargetSummary): Finding[] {
  switch (status) {
    case 'READY':
    case 'SYNCHRONIZING':
      return [];
    case 'CREATE_PENDING_AUTH':
    case 'UPDATE_PENDING_AUTH':
    case 'SYNCHRONIZE_PENDING_AUTH':
      return [
        ails(
          part,
          `its target ${name} waits for somebody to agree (${status})`,
          'the console of AgentCore → Gateways → the target → Authorize',
        ),
      ];
    case 'SYNCHRONIZE_UNSUCCESSFUL':
      return [
        ails(
          part,
          `its target ${name} could not list its tools: they are those of before`,
          'look whether its server answers and its key is right; then raise its keyVersion, and pnpm cdktf deploy gateway',
        ),
      ];
    case 'CREATING':
    case 'UPDATING':
    case 'DELETING':
      return [ails(part, `its target ${name} is being changed just now`, 'wait a minute, and ask again')];
    default:
      return [ails(part, `its target ${name} is ${status}: none of its tools answers`, 'pnpm cdktf deploy gateway')];
  }
}

function reasonsOf({ statusReasons = [] }: { readonly statusReasons?: readonly string[] | undefined }): string {
  return statusReasons.length > 0 ? `: ${statusReasons.join('; ')}` : '';
}
