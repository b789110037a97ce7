import { globSync, mkdtempDisposableSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAllowed } from '@vera/aws-stand-in/iam/is-allowed';
import { App } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { createStacks } from '../create-stacks.ts';
import { deployedRolesOf, statementsIn } from '../permissions/deployment-of.ts';
import { recordNeeds } from '../permissions/record-needs.ts';
import { roleDocumentsOf } from '../permissions/role-documents.ts';
import { existingRolesOf } from '../settings/names.ts';
import { parseSettings } from '../settings/settings.ts';
import { company, production } from './example-settings.ts';
import { leastSettings, resourcesOf, runtimeIn, synthesise } from './synthesised.ts';

const iam = `arn:aws:iam::${production.account}:role`;
const { stacks } = synthesise(company, 'production');
const made = deployedRolesOf(stacks);

describe('a guardrail of the company’s', () => {
  it('is what the worker asks and may ask, by a published version; none is made', () => {
    const guardrail = { existing: { id: 'abc123', version: '3' } };
    const { stacks: own } = synthesise({ ...leastSettings, guardrail });
    expect(resourcesOf(own, 'aws_bedrock_guardrail')).toEqual([]);
    expect(resourcesOf(own, 'aws_bedrock_guardrail_version')).toEqual([]);
    expect(runtimeIn(own).EnvironmentVariables).toMatchObject({ GUARDRAIL_ID: 'abc123', GUARDRAIL_VERSION: '3' });
    const worker = deployedRolesOf(own).find(({ path }) => path === 'worker/access/role');
    const asking = (id: string) => ({
      action: 'bedrock:ApplyGuardrail',
      resource: `arn:aws:bedrock:us-east-1:111122223333:guardrail/${id}`,
    });
    expect(['abc123', 'def456'].map((id) => isAllowed(worker!.statements, asking(id)))).toEqual([true, false]);
  });

  it.each([
    [{ existing: { id: 'abc123', version: 'DRAFT' } }, /guardrail.existing.version: a published version/],
    [{ existing: { id: 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abc123', version: '1' } }, /guardrail.existing.id: the id/],
    [{ existing: { id: 'abc123', version: '1' }, mask: ['EMAIL'] }, /guardrail.mask: is for a guardrail of Vera’s own/],
  ])('is refused where it could not hold: %j', (guardrail, message) => {
    expect(() => synthesise({ ...leastSettings, guardrail })).toThrow(message);
  });
});

describe('roles of the company’s', () => {
  it('are what runs with them, and neither made nor changed; all others are made', () => {
    const functions = resourcesOf(stacks, 'aws_lambda_function');
    const roleOf = (end: string) => functions.find(({ function_name }) => String(function_name).endsWith(end))?.role;
    expect(roleOf('-receiver')).toBe(company.roles?.receiver);
    expect(runtimeIn(stacks).RoleArn).toBe(company.roles?.worker);
    expect(runtimeIn(stacks).EnvironmentVariables).toMatchObject({ AWS_READER_ROLE: company.roles?.['aws-reader'] });
    expect(made.map(({ stack }) => stack).sort()).toEqual([
      'auth-portal',
      'delivery',
      'delivery',
      'delivery',
      'delivery',
      'gateway',
      'invoker',
      'sweeper',
    ]);
  });

  it('may be handed over by whoever deploys, to the letter, and nothing else done to them', () => {
    const { statements } = made.find(({ path }) => path === 'delivery/deploy')!;
    const context = { 'iam:PassedToService': 'lambda.amazonaws.com', 'iam:PermissionsBoundary': production.permissionsBoundary };
    const may = (name: string, resource: string) => isAllowed(statements, { action: `iam:${name}`, resource, context });
    const names = ['vera-receiver', 'vera-worker', 'vera-aws-reader', 'vera-workers'].map((name) => `${iam}/northwind/${name}`);
    expect(names.map((name) => may('PassRole', name))).toEqual([true, true, false, false]);
    for (const name of ['PutRolePolicy', 'UpdateAssumeRolePolicy', 'DeleteRole', 'TagRole'])
      expect(
        names.filter((role) => may(name, role)),
        name,
      ).toEqual([]);
  });

  it('are told to whoever makes them: the trust and the policy that one of Vera’s own would have', () => {
    const settings = parseSettings('production', company);
    const documents = roleDocumentsOf(settings);
    expect(Object.keys(documents)).toEqual(Object.values(settings.roles));
    const own = deployedRolesOf(synthesise({ ...company, roles: {} }, 'production').stacks);
    for (const [name, arn] of existingRolesOf(settings.roles)) {
      const { policy, trust } = documents[arn]!;
      const ours = own.find((role) => role.name === `use1-prod-vera-${name}`)!;
      const told = statementsIn(JSON.stringify(policy));
      expect(told.map(({ Sid, Effect, Action }) => ({ Sid, Effect, Action }))).toEqual(
        ours.statements.map(({ Sid, Effect, Action }) => ({ Sid, Effect, Action })),
      );
      // Each resource, with what AWS would make up, is meant by the pattern that is told.
      const resources = (statements: typeof told) => statements.map(({ Resource }) => Resource);
      for (const [index, patterns] of resources(told).entries())
        for (const [at, pattern] of patterns.entries()) {
          const like = new RegExp(
            `^${pattern
              .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
              .replaceAll('*', '.*')
              .replaceAll('?', '.')}$`,
          );
          const named = ours.statements[index]?.Resource[at]?.replace(
            `${iam}/use1-prod-vera/use1-prod-vera-aws-reader`,
            company.roles!['aws-reader']!,
          );
          expect(named).toMatch(like);
        }
      expect(JSON.stringify(policy)).not.toMatch(/XXXXXX|\{[a-z]|because/);
      expect(JSON.stringify(trust)).not.toContain('use1-prod-vera-worker');
    }
    expect(JSON.stringify(documents[settings.roles['aws-reader']!]?.trust)).toContain(`{"AWS":"${settings.roles.worker}"}`);
  });

  it('have what each must allow in the state of what runs with it, so that a plan shows where that changes', () => {
    const settings = parseSettings('production', company);
    using folder = mkdtempDisposableSync(join(tmpdir(), 'needs-'));
    const app = new App({ outdir: folder.path });
    createStacks(app, settings);
    recordNeeds(app, settings);
    app.synth();
    const recorded = globSync('stacks/*/cdk.tf.json', { cwd: folder.path }).flatMap((file) => {
      const { resource } = JSON.parse(readFileSync(join(folder.path, file), 'utf8')) as {
        resource: { terraform_data?: Readonly<Record<string, { input: object }>> };
      };
      return Object.entries(resource.terraform_data ?? {}).map(([id, { input }]) => ({ stack: file.split('/')[1], id, input }));
    });
    const documents = roleDocumentsOf(settings);
    const role = (name: 'receiver' | 'worker' | 'aws-reader', stack: string) => {
      const arn = settings.roles[name]!;
      const { trust, policy } = documents[arn]!;
      return { stack, id: `needs-of-${name}`, input: { role: arn, trust: JSON.stringify(trust), policy: JSON.stringify(policy) } };
    };
    const byId = (one: { readonly id: string }, other: { readonly id: string }) => (one.id < other.id ? -1 : 1);
    expect(recorded.sort(byId)).toEqual([role('aws-reader', 'worker'), role('receiver', 'receiver'), role('worker', 'worker')]);
  });

  it('are of this account', () => {
    expect(() => synthesise({ ...leastSettings, roles: { worker: `${iam}/x` } })).toThrow('roles.worker: a role of account 111122223333');
  });
});
