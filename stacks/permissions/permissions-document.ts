import { loadSettings } from '../settings/load-settings.ts';
import { type DeployedRole, type Deployment, deploymentOf, type Statement } from './deployment-of.ts';
import { stacksOf } from './stacks-json.ts';

/** An environment by name; the first one is described, the others where they have more. */
export type Environments = readonly (readonly [string, Deployment])[];

/** `docs/permissions.md`: who may do what, where, when, and why. */
export function permissionsDocumentOf(environments: Environments): string {
  const [[first] = ['']] = environments;
  // Our own code first, then what only AWS or GitHub take on.
  const roles = environments.flatMap(([, deployment]) => deployment.roles).map(({ path, environment }) => `${environment ? 1 : 2}${path}`);
  const paths = [...new Set(roles)].sort().map((role) => role.slice(1));
  return `${[introductionOf(first), ...paths.map((path) => sectionOf(path, environments))].join('\n\n')}\n`;
}

function introductionOf(environment: string): string {
  return `# Who may do what in AWS

Every role that the stacks make, as \`stacks/environments/${environment}.ts\` has it; what only another environment has is marked with its name.
A reason is what the stack itself gives. *Called by the code* means that the proof in \`packages/workbench/start/test/permissions\` saw that very
call, on that very resource, and that nothing else is granted without a reason. \`X\`es and braces stand for what AWS makes up.

With \`front\`, which neither has, whoever plans or deploys reads \`secret:…-front-*\` (what CloudFront shows to the functions) on the same
terms as \`secret:…-gateway-client-*\`.

This file is made by \`pnpm print-permissions\` and held to the stacks by a test: a change of permissions shows here in its pull request.`;
}

function sectionOf(path: string, environments: Environments): string {
  const having = environments.flatMap(([name, deployment]) => {
    const role = deployment.roles.find((one) => one.path === path);
    return role ? [{ name, deployment, role }] : [];
  });
  const [{ role, name } = missing(path)] = having;
  const isElsewhere = name !== environments[0]?.[0];
  const seen = new Set<string>();
  const rows = having.flatMap(({ name: from, deployment, role: { statements } }) =>
    statements.flatMap((statement) => {
      const sid = statement.Sid ?? '';
      if (seen.has(sid)) return [];
      seen.add(sid);
      return [rowOf(statement, deployment, from === name ? '' : `*${from}:* `)];
    }),
  );
  return [
    `## ${titleOf(role)}`,
    `Role \`${role.name}\`${isElsewhere ? `, in \`${name}\` only` : ''}. Taken on by ${role.trust.map(readableTrust).join('; ')}.`,
    ['| may | on | when | why |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

function titleOf({ stack, path }: DeployedRole): string {
  return path.endsWith('/access/role') ? stack : path.replaceAll('/', ': ');
}

function rowOf(statement: Statement, deployment: Deployment, prefix: string): string {
  const cells = [
    `${prefix}${statement.Effect === 'Deny' ? 'never ' : ''}${statement.Action.map((action) => `\`${action}\``).join('<br>')}`,
    statement.Resource.map((resource) => readableResource(resource, deployment)).join('<br>'),
    readableConditions(statement),
    statement.because ?? 'called by the code',
  ];
  return `| ${cells.join(' | ')} |`;
}

function missing(path: string): never {
  throw new Error(`No environment has ${path}`);
}

type Place = Pick<Deployment, 'account' | 'region'>;

/** An ARN without what goes without saying: `dynamodb` and then `table/vera-ledger`, with the region where it is another one. */
function readableResource(arn: string, { account, region }: Place): string {
  if (arn === '*') return '`*`';
  const [, , service = '', where = '', owner = '', ...rest] = arn.split(':');
  const foreign = where === '*' ? ' in any region' : ` in ${where}`;
  const stranger = owner === '' || owner === account ? '' : ` of account ${owner}`;
  return `${service} \`${rest.join(':')}\`${where === '' || where === region ? '' : foreign}${stranger}`;
}

const verbs: Readonly<Record<string, string>> = {
  StringEquals: 'is',
  StringLike: 'is like',
  ArnLike: 'is like',
  Bool: 'is',
  BoolIfExists: 'is not told or',
  Null: 'not being there is',
};

/** Conditions as a sentence's part: `kms:ViaService` is this or that, and so on. */
function readableConditions({ Condition = {} }: Pick<Statement, 'Condition'>): string {
  return Object.entries(Condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => {
        const named = [values].flat().map((value) => `\`${value}\``);
        return `\`${key}\` ${verbs[operator] ?? operator} ${named.join(' or ')}`;
      }),
    )
    .join(' and ');
}

/** Who may take a role on. */
function readableTrust({ Principal, ...statement }: Statement): string {
  const [who] = Object.values(Principal as Record<string, string>);
  const when = readableConditions(statement);
  return `\`${who}\`${when ? `, when ${when}` : ''}`;
}

/** Those whose roles `docs/permissions.md` lists. */
export async function documentedEnvironments(): Promise<Environments> {
  const names = ['trial', 'production'];
  return Promise.all(names.map(async (name) => [name, deploymentOf(stacksOf(await loadSettings(name)))] as const));
}
