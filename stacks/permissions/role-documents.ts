import { existingRolesOf, nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { deployedRolesOf, type Statement } from './deployment-of.ts';
import { stacksOf } from './stacks-json.ts';

/** The trust and the one policy of a role that the company makes itself, as IAM takes them. */
interface RoleDocuments {
  /** What it is for: `worker`, `aws-reader`. */
  readonly role: string;
  /** Where what runs with it is made. */
  readonly stack: string;
  readonly trust: object;
  readonly policy: object;
}

/** Of each role that the settings name: what one of Vera's own would have in its place. What AWS makes up in names is `*` or `?`. */
export function roleDocumentsOf(settings: Settings): Record<string, RoleDocuments> {
  const existing = existingRolesOf(settings.roles);
  if (existing.length === 0) return {};
  const made = deployedRolesOf(stacksOf({ ...settings, roles: {} }));
  return Object.fromEntries(
    existing.flatMap(([role, arn]) => {
      const own = made.find(({ name }) => name === nameOf(settings, role));
      if (!own) return [];
      const documents = { trust: documentOf(own.trust, settings), policy: documentOf(own.statements, settings) };
      return [[arn, { role, stack: own.stack, ...documents }] as const];
    }),
  );
}

function documentOf(statements: readonly Statement[], settings: Settings): object {
  const told = statements.map(({ because: _, Resource, ...rest }) => ({ ...rest, ...(Resource.length > 0 ? { Resource } : {}) }));
  const named = JSON.stringify({ Version: '2012-10-17', Statement: told })
    .replaceAll(/\{[a-z][\w.-]*\}/g, '*')
    .replaceAll(/X{10}|X{6}/g, (made) => '?'.repeat(made.length));
  return JSON.parse(withExistingRoles(named, settings)) as object;
}

/** They name each other: the reader's trust the worker, the worker's policy the reader. */
function withExistingRoles(document: string, settings: Settings): string {
  return existingRolesOf(settings.roles).reduce(
    (text, [role, arn]) => text.replaceAll(new RegExp(`arn:aws:iam::\\d{12}:role/(?:[\\w-]+/)?${nameOf(settings, role)}(?=")`, 'g'), arn),
    document,
  );
}
