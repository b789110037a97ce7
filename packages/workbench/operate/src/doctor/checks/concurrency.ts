import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { ails, type Finding, lives } from '../../check/finding.ts';
import { ask, askIfThere } from '../ask.ts';
import type { Check, Patient } from '../check.ts';
import { functionRolesOf, functionSettingsOf } from '../function-roles.ts';

const part = 'concurrency';
const rights = { one: 'lambda:GetFunctionConcurrency', all: 'lambda:GetAccountSettings' };
/** A new account may have ten in all. */
const tooFew = 20;
const raise = 'aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000';

export const concurrencyCheck: Check = {
  part,
  asks: 'May as many functions run at once as are needed?',
  rights: Object.values(rights),
  concerns: ({ isLocal }) => !isLocal,
  async look(patient) {
    const found = await Promise.all(functionRolesOf(patient).map((role) => lookAt(role, patient)));
    const { AccountLimit } = await ask(rights.all, () => patient.clients('lambda').send(new GetAccountSettingsCommand({})));
    const left = AccountLimit?.UnreservedConcurrentExecutions ?? 0;
    const faults = found.flat();
    if (left < tooFew)
      faults.push(
        ails(part, `only ${left} functions of the whole account may run at once: each question holds one as long as it takes`, raise),
      );
    return faults.length > 0 ? faults : [lives(part, `${left} at once are left to share`)];
  },
};

async function lookAt(role: string, { clients, nameOf, settings }: Patient): Promise<Finding[]> {
  const FunctionName = nameOf(role);
  const found = await askIfThere(rights.one, () => clients('lambda').send(new GetFunctionConcurrencyCommand({ FunctionName })));
  const reserved = found?.ReservedConcurrentExecutions;
  const meant = functionSettingsOf(role, settings)?.reservedConcurrency;
  const deployIt = `pnpm cdktf deploy ${role}`;
  if (found === undefined || reserved === meant) return [];
  if (reserved === 0)
    return [
      ails(
        part,
        `${FunctionName} was switched off: none of it may run`,
        `aws lambda delete-function-concurrency --function-name ${FunctionName}; then ${deployIt}`,
      ),
    ];
  return [
    ails(part, `of ${FunctionName} ${reserved ?? 'any number'} may run at once, and the settings say ${meant ?? 'any number'}`, deployIt),
  ];
}
