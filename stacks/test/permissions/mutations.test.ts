import { describe, expect, it } from 'vitest';
import type { DeployedRole, Deployment, Statement } from '../../permissions/deployment-of.ts';
import { permissionsDocumentOf } from '../../permissions/permissions-document.ts';
import { exampleDeployments } from './example-deployments.ts';
import { roleFaults } from './role-faults.ts';

const environments = exampleDeployments();
const document = permissionsDocumentOf(environments);
const regions = ['us-east-1', 'us-west-2'];
/** Each role once, from the environment whose row the document shows. */
const cases = environments
  .flatMap(([environment, deployment]) => deployment.roles.map((role) => ({ environment, deployment, role })))
  .filter(({ role: { path } }, index, all) => all.findIndex((one) => one.role.path === path) === index);

type Change = (statement: Statement) => Partial<Statement>;

const mutations: Readonly<Record<string, { readonly isPossible?: (statement: Statement) => boolean; readonly change: Change }>> = {
  'another action of the service': { change: ({ Action }) => ({ Action: [...Action, `${Action[0]?.split(':')[0]}:ListTagsForResource`] }) },
  'every action of the service': {
    isPossible: ({ Action }) => !Action[0]?.endsWith(':*'),
    change: ({ Action }) => ({ Action: [`${Action[0]?.split(':')[0]}:*`] }),
  },
  'one action less': { change: ({ Action }) => ({ Action: Action.slice(1) }) },
  'every resource': { isPossible: ({ Resource }) => !Resource.includes('*'), change: () => ({ Resource: ['*'] }) },
  'a star behind a resource': {
    isPossible: ({ Resource }) => !Resource.includes('*'),
    change: ({ Resource: [first, ...rest] }) => ({ Resource: [`${first}*`, ...rest] }),
  },
  'any account': {
    isPossible: ({ Resource: [first = ''] }) => /^\d+$/.test(first.split(':')[4] ?? ''),
    change: ({ Resource: [first = '', ...rest] }) => ({ Resource: [first.replace(/:\d{12}:/, ':*:'), ...rest] }),
  },
  'no condition': { isPossible: ({ Condition }) => Condition !== undefined, change: () => ({ Condition: {} }) },
  'no reason': { isPossible: ({ because }) => because !== undefined, change: () => ({ because: '' }) },
};

/** The role with one of its statements changed. */
function changed(role: DeployedRole, index: number, change: Change): DeployedRole {
  return { ...role, statements: role.statements.map((one, at) => (at === index ? { ...one, ...change(one) } : one)) };
}

function documentWith(environment: string, role: DeployedRole): string {
  const replaced = ({ roles, ...deployment }: Deployment) => ({
    ...deployment,
    roles: roles.map((one) => (one.path === role.path ? role : one)),
  });
  return permissionsDocumentOf(environments.map(([name, deployment]) => [name, name === environment ? replaced(deployment) : deployment]));
}

async function catchersOf(environment: string, { account }: Deployment, role: DeployedRole): Promise<string[]> {
  const faults = await roleFaults(role, { account, regions });
  return [...(faults.length > 0 ? ['R30'] : []), ...(documentWith(environment, role) === document ? [] : ['docs/permissions.md'])];
}

describe.each(cases.map(({ role, ...one }) => [role.path, { ...one, role }] as const))(
  '%s, with one statement changed',
  (_, { environment, deployment, role }) => {
    it.each(Object.keys(mutations))('%s: shows in docs/permissions.md', async (name) => {
      const { isPossible = () => true, change } = mutations[name]!;
      for (const [index, statement] of role.statements.entries()) {
        if (isPossible(statement)) expect(documentWith(environment, changed(role, index, change)), statement.Sid).not.toBe(document);
      }
    });

    it.each(['any account', 'every resource', 'no reason', 'every action of the service'])(
      '%s: R30 fails, if a reason does not cover it',
      async (name) => {
        const { isPossible = () => true, change } = mutations[name]!;
        for (const [index, statement] of role.statements.entries()) {
          if (!isPossible(statement) || isCovered(name, statement)) continue;
          expect(await catchersOf(environment, deployment, changed(role, index, change)), statement.Sid).toEqual([
            'R30',
            'docs/permissions.md',
          ]);
        }
      },
    );

    it('a statement less, or one more: shows in docs/permissions.md', () => {
      for (const statement of role.statements) {
        const without = { ...role, statements: role.statements.filter((one) => one !== statement) };
        expect(documentWith(environment, without), statement.Sid).not.toBe(document);
      }
      const more = { Sid: 'More', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::x/y'] } as const;
      expect(documentWith(environment, { ...role, statements: [...role.statements, more] })).not.toBe(document);
    });

    it('another who may take it on: shows in docs/permissions.md, and R30 fails', async () => {
      const open = { ...role, trust: [{ ...role.trust[0]!, Principal: { AWS: '*' } }] };
      expect(await catchersOf(environment, deployment, open)).toEqual(['R30', 'docs/permissions.md']);
    });
  },
);

/** A statement that has a reason may have a star in it; the reason is read by a person, who sees the new star in the document. */
function isCovered(name: string, { because, Action, Resource }: Statement): boolean {
  switch (name) {
    case 'every action of the service':
      return because !== undefined;
    case 'no reason':
      return ![...Action, ...Resource].some((text) => text.includes('*'));
    default:
      return false;
  }
}
