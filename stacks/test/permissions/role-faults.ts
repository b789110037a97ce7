import type { DeployedRole } from '../../permissions/deployment-of.ts';
import { actionsMatching } from './iam-facts.ts';
import { type Place, statementFaults } from './statement-faults.ts';
import { trustFaults } from './trust-faults.ts';

/** What is wrong with a role, in words; nothing when it may be deployed. */
export async function roleFaults(role: DeployedRole, place: Place): Promise<string[]> {
  const { trust, statements } = role;
  const perStatement = await Promise.all(
    statements.map(async (statement) => (await statementFaults(statement, place)).map((fault) => `${statement.Sid}: ${fault}`)),
  );
  return [
    ...trust.flatMap((one) => trustFaults(one, place).map((fault) => `trust: ${fault}`)),
    ...perStatement.flat(),
    ...(trust.length > 0 ? [] : ['nobody may take it on']),
    ...(await openToPullRequests(role)),
  ];
}

/** Whoever may push a branch can take such a role on, whatever the branch is called: it may read and nothing more. */
async function openToPullRequests({ trust, statements }: DeployedRole): Promise<string[]> {
  if (!JSON.stringify(trust).includes(':pull_request')) return [];
  const matching = await Promise.all(statements.flatMap(({ Action }) => Action).map(actionsMatching));
  const changing = matching.flat().filter(({ name, onlyReads }) => !onlyReads && name !== 'kms:Decrypt');
  return changing.map(({ name }) => `a pull request may ${name}`);
}
