import { GetRoleCommand, paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import { ails, type Finding, lives, unseen } from '../check/finding.ts';
import { ask, askIfThere } from './ask.ts';
import type { Clients } from './clients.ts';
import { principalsOf, type RoleDocuments, toldBy } from './role-documents.ts';
import { type Need, needsOf } from './role-needs.ts';

const part = 'roles';
const [ofRole, ofPolicy] = ['iam:GetRole', 'iam:SimulatePrincipalPolicy'];
export const roleRights = [ofRole, ofPolicy];

const keeper = 'whoever keeps it: pnpm --silent roles prints what it has to trust and to allow';

/**
 * Whether the roles that the company keeps itself are there, may be taken on, and allow what they have to: IAM says so, by all of their policies,
 * their ceiling and the organisation's. One question after the other: IAM takes few at once.
 */
export async function lookAtRoles(needed: Readonly<Record<string, RoleDocuments>>, clients: Clients): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [arn, documents] of Object.entries(needed)) findings.push(...(await lookAtRole(arn, documents, clients)));
  return findings.length > 0 ? findings : [lives(part, `${Object.keys(needed).length} of yours allow what they have to`)];
}

async function lookAtRole(arn: string, { trust, policy }: RoleDocuments, clients: Clients): Promise<Finding[]> {
  const RoleName = arn.split('/').at(-1) ?? '';
  const found = await askIfThere(ofRole, () => clients('iam').send(new GetRoleCommand({ RoleName })));
  if (found?.Role?.Arn !== arn) return [ails(part, `${arn} is not there`, keeper)];
  const trusted = principalsOf(toldBy(found.Role.AssumeRolePolicyDocument));
  const strangers = principalsOf(trust).filter((principal) => !trusted.includes(principal) && !trusted.includes('*'));
  const findings = strangers.map((principal) => ails(part, `${RoleName} does not trust ${principal}, which runs with it`, keeper));
  for (const need of needsOf(policy)) findings.push(...(await lookAtNeed(arn, need, clients)));
  return findings;
}

/** Of the actions that the role may not carry out there, or has to deny and does not. */
async function lookAtNeed(arn: string, need: Need, clients: Clients): Promise<Finding[]> {
  const { effect, actions, resource, context } = need;
  const params = { PolicySourceArn: arn, ActionNames: [...actions], ResourceArns: [resource], ContextEntries: [...context] };
  const results = await ask(ofPolicy, async () => {
    const pages = await Array.fromAsync(paginateSimulatePrincipalPolicy({ client: clients('iam') }, params));
    return pages.flatMap(({ EvaluationResults = [] }) => EvaluationResults);
  });
  const name = arn.split('/').at(-1) ?? '';
  const wrong = results.filter(({ EvalDecision }) => (EvalDecision === 'allowed') !== (effect === 'Allow'));
  if (wrong.length === 0) return [];
  const known = context.map(({ ContextKeyName, ContextKeyValues }) => `, where ${ContextKeyName} is ${ContextKeyValues?.join()}`).join('');
  const told = `${[...new Set(wrong.map(({ EvalActionName }) => EvalActionName))].sort().join(', ')} on ${resource}${known}`;
  if (effect === 'Deny') return [ails(part, `${name} does not deny what it has to, such as ${told}`, keeper)];
  if (wrong.some(({ PermissionsBoundaryDecisionDetail: ceiling }) => ceiling?.AllowedByPermissionsBoundary === false))
    return [ails(part, `the ceiling of ${name} does not let it ${told}`, 'whoever keeps its permissions boundary')];
  if (wrong.some(({ OrganizationsDecisionDetail: organisation }) => organisation?.AllowedByOrganizations === false))
    return [ails(part, `a policy of your organisation does not let ${name} ${told}`, 'whoever keeps your service control policies')];
  if (need.isPattern && wrong.every(({ EvalDecision }) => EvalDecision === 'implicitDeny'))
    return [unseen(part, `${name} may be too narrow, where AWS makes up a part of the name: ${told}`, `compare it, ${keeper}`)];
  return [ails(part, `${name} does not allow ${told}`, keeper)];
}
