import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { ails, type Finding, lives } from '../../check/finding.ts';
import { askIfThere } from '../ask.ts';
import type { Check, Patient } from '../check.ts';

const part = 'functions';
const right = 'lambda:GetFunctionConfiguration';

export const functionsCheck: Check = {
  part,
  asks: 'Is each function there, active, and as the settings say?',
  rights: [right],
  concerns: () => true,
  async look(patient) {
    const found = await Promise.all(rolesOf(patient).map((role) => lookAt(role, patient)));
    const faults = found.flat();
    return faults.length > 0 ? faults : [lives(part, `${found.length} are there and active`)];
  },
};

function rolesOf({ settings }: Patient): readonly string[] {
  return ['receiver', 'invoker', 'sweeper', 'auth-portal', ...(settings?.worker.on === 'lambda' ? ['worker'] : [])];
}

async function lookAt(role: string, { clients, nameOf, settings }: Patient): Promise<Finding[]> {
  const FunctionName = nameOf(role);
  const found = await askIfThere(right, () => clients('lambda').send(new GetFunctionConfigurationCommand({ FunctionName })));
  const deployIt = `pnpm cdktf deploy ${role}`;
  if (found === undefined) return [ails(part, `${FunctionName} is not there: it was never deployed, or was deleted`, deployIt)];
  const { State = 'Active', StateReasonCode, LastUpdateStatus = 'Successful', LastUpdateStatusReasonCode, Timeout, Runtime } = found;
  if (State === 'Failed' || State === 'Inactive')
    return [
      ails(
        part,
        `${FunctionName} cannot run (${State}, ${StateReasonCode ?? 'no reason given'})`,
        `${deployIt}; see its role, network and image`,
      ),
    ];
  if (LastUpdateStatus === 'Failed')
    return [
      ails(
        part,
        `the last change of ${FunctionName} failed (${LastUpdateStatusReasonCode ?? 'no reason given'}): the code before it still runs`,
        `${deployIt}; see its role, network and image`,
      ),
    ];
  if (State === 'Pending' || LastUpdateStatus === 'InProgress')
    return [ails(part, `${FunctionName} is being changed just now`, 'wait until the deployment ends, and ask again')];
  const meant = role === 'worker' ? 900 : settings?.[role === 'auth-portal' ? 'authPortal' : (role as 'receiver')].timeoutSeconds;
  if (meant !== undefined && Timeout !== meant)
    return [
      ails(part, `${FunctionName} may run ${Timeout} s, and the settings say ${meant}: somebody changed it outside of them`, deployIt),
    ];
  if (role !== 'worker' && settings && Runtime !== 'nodejs24.x')
    return [ails(part, `${FunctionName} runs on ${Runtime}, and its code is made for nodejs24.x`, deployIt)];
  return [];
}
