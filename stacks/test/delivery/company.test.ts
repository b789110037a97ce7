import { isAllowed } from '@vera/aws-stand-in/iam/is-allowed';
import { expect, it } from 'vitest';
import { policyOf } from '../../constructs/grant.ts';
import { ceilingGrantsOf } from '../../delivery/ceiling-grants.ts';
import { deployedRolesOf, type Statement, statementsIn } from '../../permissions/deployment-of.ts';
import { parseSettings } from '../../settings/settings.ts';
import { company, production } from '../example-settings.ts';
import { synthesise } from '../synthesised.ts';
import type { ProviderCall } from './provider-call.ts';
import { callsIn, providerCalls } from './provider-calls.ts';

const variants = [company, { ...company, worker: { on: 'lambda' as const } }];
const { stacks } = synthesise(company, 'production');
const calls = variants.flatMap((settings) => callsIn(synthesise(settings, 'production').stacks));
const statementsOf = (role: string, of = stacks) => deployedRolesOf(of).find(({ path }) => path === `delivery/${role}`)!.statements;
const refused = (statements: readonly Statement[], all: readonly ProviderCall[]) =>
  all.filter((call) => !isAllowed(statements, call)).map(({ phase, action, resource }) => `${phase} ${action} ${resource}`);
const ownCeiling = statementsIn(policyOf(ceilingGrantsOf(parseSettings('production', company), production.permissionsBoundary!)));

it('whoever deploys may do all that a company’s own surroundings take, whoever plans may read it, and the ceiling lets it through', () => {
  const kinds = Object.keys(Object.assign({}, ...[...stacks.values()].map(({ resource }) => resource)));
  expect(kinds.filter((kind) => kind.startsWith('aws_') && !(kind in providerCalls))).toEqual([]);
  expect(refused(statementsOf('deploy'), calls)).toEqual([]);
  expect(
    refused(
      statementsOf('plan'),
      calls.filter(({ phase }) => phase === 'read'),
    ),
  ).toEqual([]);
  const through = calls.map((call) => ({ ...call, context: { ...call.context, 'aws:ResourceAccount': '' } }));
  expect(refused(ownCeiling, through)).toEqual([]);
  const granted = deployedRolesOf(stacks).flatMap(({ statements }) => statements.filter(({ Effect }) => Effect === 'Allow'));
  const context = {
    'aws:ViaAWSMCPService': 'true',
    'aws:ResourceAccount': production.account,
    'iam:PermissionsBoundary': production.permissionsBoundary,
  };
  const missing = granted.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.filter((resource) => !isAllowed(ownCeiling, { action, resource, context }))),
  );
  expect(missing).toEqual([]);
});

it('each grant that they add is needed by some call, alone, and is in no role of who has none of them', () => {
  const usual = synthesise(production, 'production').stacks;
  for (const role of ['plan', 'deploy']) {
    const before = statementsOf(role, usual).map((statement) => JSON.stringify(statement));
    const statements = statementsOf(role);
    const added = statements.filter((statement) => !before.includes(JSON.stringify(statement)));
    const needed = calls.filter(({ phase }) => role === 'deploy' || phase === 'read');
    for (const dropped of added) {
      const rest = statements.filter((one) => one !== dropped);
      expect(refused(rest, needed), `${role} ${dropped.Sid}`).not.toEqual([]);
      const known = statementsOf(role, usual).find(({ Sid }) => Sid === dropped.Sid)?.Action ?? [];
      const parts = dropped.Action.filter((action) => !known.includes(action)).map((action) => ({ ...dropped, Action: [action] }));
      expect(parts.filter((part) => !needed.some((call) => isAllowed([part], call)))).toEqual([]);
    }
  }
});
