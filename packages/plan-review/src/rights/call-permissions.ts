import type { Grant } from '../json/policy.ts';
import type { ResourceChange } from '../plan/plan.ts';
import { attributeText, type References } from '../plan/references.ts';
import { Unknown, valueAt } from '../secrets/masked-value.ts';

/** `aws_lambda_permission` in the form of the statement that it adds to the function's policy. */
export function callPermissions(change: ResourceChange, side: 'before' | 'after', references: References): Grant[] {
  const text = (attribute: string) => attributeText(change, attribute, side, references);
  const conditions = Object.entries(conditionOf).flatMap(([attribute, condition]) => {
    const value = text(attribute);
    return value === undefined ? [] : [`${condition} = ${value}`];
  });
  // The token is a password of a kind.
  if (text('event_source_token') !== undefined) conditions.push('StringEquals lambda:EventSourceToken = (not shown)');
  // A source of which the plan tells nothing must not look like none.
  const isHeldBack = (attribute: string) => valueAt(change[side], attribute) instanceof Unknown && text(attribute) === undefined;
  if (Object.keys(conditionOf).some(isHeldBack)) conditions.push('(known after apply)');
  return [
    {
      effect: 'Allow',
      principal: text('principal') ?? '(unknown)',
      action: text('action') ?? '(unknown)',
      resource: '',
      conditions: conditions.sort(),
    },
  ];
}

const conditionOf = {
  source_arn: 'ArnLike aws:SourceArn',
  source_account: 'StringEquals aws:SourceAccount',
  principal_org_id: 'StringEquals aws:PrincipalOrgID',
  function_url_auth_type: 'StringEquals lambda:FunctionUrlAuthType',
};
