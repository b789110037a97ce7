import { entriesOf, isObject, type Json, memberOf } from '../json/json.ts';
import type { Grant } from '../json/policy.ts';

export const permissionType = 'AWS::Lambda::Permission';

/** Who may call functions by the permissions of a CloudFormation template; undefined for JSON that is none. */
export function templateGrants(template: Json | undefined): Grant[] | undefined {
  const resources = memberOf(template, 'Resources');
  if (!isObject(resources)) return undefined;
  return entriesOf(resources).flatMap(([, resource]) =>
    memberOf(resource, 'Type') === permissionType ? [grantOf(memberOf(resource, 'Properties'))] : [],
  );
}

function grantOf(properties: Json | undefined): Grant {
  const text = (name: string) => {
    const value = memberOf(properties, name);
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '(unknown)');
  };
  const conditions = Object.entries(conditionOf).flatMap(([name, condition]) =>
    memberOf(properties, name) === undefined ? [] : [`${condition} = ${text(name)}`],
  );
  return {
    effect: 'Allow',
    principal: text('Principal'),
    action: text('Action'),
    resource: text('FunctionName'),
    conditions: conditions.sort(),
  };
}

const conditionOf = {
  EventSourceToken: 'StringEquals lambda:EventSourceToken',
  FunctionUrlAuthType: 'StringEquals lambda:FunctionUrlAuthType',
  InvokedViaFunctionUrl: 'Bool lambda:InvokedViaFunctionUrl',
  PrincipalOrgID: 'StringEquals aws:PrincipalOrgID',
  SourceAccount: 'StringEquals aws:SourceAccount',
  SourceArn: 'ArnLike aws:SourceArn',
};
