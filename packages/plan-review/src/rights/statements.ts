import type { Grant } from '../json/policy.ts';
import type { ResourceChange } from '../plan/plan.ts';
import { attributeText, type References } from '../plan/references.ts';
import { textsOf, Unknown, valueAt } from '../secrets/masked-value.ts';

/** A resource whose attributes are one statement taken apart. */
type Statement = {
  readonly principal: string;
  /** The attribute that names one action or more, or the one that it is always; what stands before each of them. */
  readonly actions: string;
  readonly service?: string;
  readonly conditions: Readonly<Record<string, string>>;
};

const ofFunction = {
  source_arn: 'ArnLike aws:SourceArn',
  source_account: 'StringEquals aws:SourceAccount',
  principal_org_id: 'StringEquals aws:PrincipalOrgID',
  function_url_auth_type: 'StringEquals lambda:FunctionUrlAuthType',
};
const organization = { condition: 'StringEquals aws:PrincipalOrgID' };

const statements: Readonly<Record<string, Statement>> = {
  aws_lambda_permission: { principal: 'principal', actions: 'action', conditions: ofFunction },
  aws_lambda_layer_version_permission: {
    principal: 'principal',
    actions: 'action',
    conditions: { organization_id: organization.condition },
  },
  aws_kms_grant: { principal: 'grantee_principal', actions: 'operations', service: 'kms', conditions: {} },
  aws_cloudwatch_event_permission: { principal: 'principal', actions: 'action', conditions: organization },
  aws_vpc_endpoint_service_allowed_principal: { principal: 'principal_arn', actions: 'vpce:AllowVpcEndpoints', conditions: {} },
  aws_lakeformation_permissions: { principal: 'principal', actions: 'permissions', service: 'lakeformation', conditions: {} },
};

export function isStatement(type: string): boolean {
  return Object.hasOwn(statements, type);
}

/** Such a resource in the form of the statement that it adds to a policy. */
export function statementGrants(change: ResourceChange, side: 'before' | 'after', references: References): Grant[] {
  const statement = statements[change.type];
  if (!statement) return [];
  const text = (attribute: string) => attributeText(change, attribute, side, references);
  const conditions = Object.entries(statement.conditions).flatMap(([attribute, condition]) => {
    const value = text(attribute);
    return value === undefined ? [] : [`${condition} = ${value}`];
  });
  // The token is a password of a kind.
  if (text('event_source_token') !== undefined) conditions.push('StringEquals lambda:EventSourceToken = (not shown)');
  // A source of which the plan tells nothing must not look like none.
  const isHeldBack = (attribute: string) => valueAt(change[side], attribute) instanceof Unknown && text(attribute) === undefined;
  if (Object.keys(statement.conditions).some(isHeldBack)) conditions.push('(known after apply)');
  const principal = text(statement.principal) ?? '(unknown)';
  return actionsOf(change, side, { ...statement, text }).map((action) => ({
    effect: 'Allow',
    // As in a policy, an account's root is the account.
    principal: /^arn:[\w-]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal,
    action,
    resource: '',
    conditions: conditions.sort(),
  }));
}

type Texts = Pick<Statement, 'actions' | 'service'> & { readonly text: (attribute: string) => string | undefined };

function actionsOf(change: ResourceChange, side: 'before' | 'after', { actions, service, text }: Texts): string[] {
  if (actions.includes(':')) return [actions];
  const listed = textsOf(change[side], [actions]);
  const named = listed.length > 0 ? listed : [text(actions) ?? '(unknown)'];
  return service === undefined ? named : named.map((action) => `${service}:${action}`);
}
