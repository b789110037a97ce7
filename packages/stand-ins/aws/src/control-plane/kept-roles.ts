import { AwsError } from '../aws-error.ts';
import type { ControlAnswers } from '../create-control-plane.ts';
import { isAllowed } from '../iam/is-allowed.ts';
import { type Statement, statementsOf } from '../iam/statement.ts';

/** A role, as who keeps it wrote it. */
export interface KeptRole {
  readonly trust: object;
  readonly policy: object;
  /** Its permissions boundary. */
  readonly ceiling?: object;
}

/** What IAM tells of roles, by ARN. */
export function keptRoles(roles: Readonly<Record<string, KeptRole>>, now: number): ControlAnswers {
  return {
    'iam:GetRole': ({ body: { RoleName } }) => {
      const [arn, role] = Object.entries(roles).find(([one]) => one.split('/').at(-1) === RoleName) ?? [];
      const AssumeRolePolicyDocument = encodeURIComponent(JSON.stringify(role?.trust));
      const CreateDate = new Date(now).toISOString();
      return role && { Role: { Arn: arn, RoleName, RoleId: 'AROA0123456789ABCDEF0', Path: '/', AssumeRolePolicyDocument, CreateDate } };
    },
    'iam:SimulatePrincipalPolicy': ({ body }) => {
      const role = roles[String(body.PolicySourceArn)];
      return role && simulatedPolicy(role, body);
    },
  };
}

/** As the API gives at most, unless told. */
const page = 100;

/**
 * SimulatePrincipalPolicy: each action on each resource, by the role's policies and its ceiling. A condition on what the request says nothing of
 * does not hold; a wildcard in an action is refused. https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
function simulatedPolicy(role: KeptRole, form: Readonly<Record<string, unknown>>): object {
  const actions = listIn(form, 'ActionNames');
  const resources = listIn(form, 'ResourceArns');
  const wild = actions.find((action) => /[*?]/.test(action) || !/^[a-z0-9-]+:\w+$/.test(action));
  if (wild !== undefined) throw new AwsError(400, 'InvalidInput', `Invalid Action: ${wild}`);
  const odd = resources.find((resource) => resource !== '*' && !/^arn:aws:[^:]+:[^:]*:[^:]*:.+$/.test(resource));
  if (odd !== undefined) throw new AwsError(400, 'InvalidInput', `Invalid Resource ARN: ${odd}`);
  const [statements, ceiling] = [role.policy, role.ceiling].map((document) => document && statementsOf(JSON.stringify(document)));
  const context = contextIn(form);
  const all = actions.flatMap((action) =>
    resources.map((resource) => {
      const judged = (some: readonly Statement[] | undefined) => some && decided(some, { action, resource, context });
      const [own = 'implicitDeny', above] = [judged(statements), judged(ceiling)];
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: own === 'allowed' ? (above ?? own) : own,
        ...(above === undefined ? {} : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: above === 'allowed' } }),
      };
    }),
  );
  const from = Number(form.Marker ?? 0);
  const isTruncated = all.length > from + page;
  return { EvaluationResults: all.slice(from, from + page), IsTruncated: isTruncated, ...(isTruncated ? { Marker: from + page } : {}) };
}

type Asked = { readonly action: string; readonly resource: string; readonly context: Readonly<Record<string, string | undefined>> };

function decided(statements: readonly Statement[], { context, ...asked }: Asked): string {
  const keys = statements.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((named) => Object.keys(named)));
  const request = { ...asked, context: { ...Object.fromEntries(keys.map((key) => [key, undefined])), ...context } };
  if (isAllowed(statements, request)) return 'allowed';
  const denying = statements.map((statement) => ({
    ...statement,
    Effect: statement.Effect === 'Deny' ? ('Allow' as const) : ('Deny' as const),
  }));
  return isAllowed(
    denying.filter(({ Effect }) => Effect === 'Allow'),
    request,
  )
    ? 'explicitDeny'
    : 'implicitDeny';
}

/** `ActionNames.member.1` and so on, as the query protocol writes a list. */
function listIn(form: Readonly<Record<string, unknown>>, name: string): string[] {
  return Object.entries(form).flatMap(([key, value]) => (new RegExp(`^${name}\\.member\\.\\d+$`).test(key) ? [String(value)] : []));
}

function contextIn(form: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(form).flatMap(([key, value]) => {
    const [, at] = /^ContextEntries\.member\.(\d+)\.ContextKeyName$/.exec(key) ?? [];
    return at === undefined ? [] : [[String(value), String(form[`ContextEntries.member.${at}.ContextKeyValues.member.1`])] as const];
  });
  return Object.fromEntries(entries);
}
