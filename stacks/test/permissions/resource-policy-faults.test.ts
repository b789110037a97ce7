import { describe, expect, it } from 'vitest';
import type { StackJson, StacksJson } from '../../permissions/stacks-json.ts';
import { leastSettings, synthesise } from '../synthesised.ts';
import { resourcePolicyFaults } from './resource-policy-faults.ts';

const { stacks } = synthesise(leastSettings);
const faults = (changed: StacksJson) => resourcePolicyFaults(changed, leastSettings.account);
const metadata = { '//': { metadata: { path: 'here/it' } } };

/** The stacks with one more resource. */
function withResource(stack: string, type: string, resource: object): StacksJson {
  const before = stacks.get(stack) as StackJson;
  const after = {
    ...before,
    resource: { ...before.resource, [type]: { ...before.resource?.[type], planted: { ...metadata, ...resource } } },
  };
  return new Map([...stacks, [stack, after]]);
}

const policyOf = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

describe('a policy that is not a role’s', () => {
  it('lets nobody in from elsewhere, whatever it belongs to', () => {
    const Action = 'secretsmanager:GetSecretValue';
    const Resource = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:x';
    for (const Principal of ['*', { AWS: '*' }, { AWS: 'arn:aws:iam::999988887777:root' }]) {
      const policy = policyOf({ Principal, Action, Resource });
      expect(faults(withResource('storage', 'aws_secretsmanager_secret_policy', { policy })), policy).toEqual([
        expect.stringMatching(/^here\/it: .* is let in$/),
      ]);
    }
    const policy = policyOf({ Principal: { AWS: '111122223333' }, Action, Resource: '*' });
    expect(faults(withResource('storage', 'aws_secretsmanager_secret_policy', { policy }))).toEqual([
      'here/it: * without a written reason',
    ]);
  });

  it('lets a service call a function for one source of ours only', () => {
    const permission = { action: 'lambda:InvokeFunction', principal: 'events.amazonaws.com' };
    const arn = 'arn:aws:events:us-east-1:111122223333:rule/x';
    expect(faults(withResource('sweeper', 'aws_lambda_permission', { ...permission, source_arn: arn }))).toEqual([]);
    for (const open of [{}, { source_arn: 'arn:aws:events:us-east-1:*:rule/x' }, { source_arn: arn, principal: '*' }])
      expect(faults(withResource('sweeper', 'aws_lambda_permission', { ...permission, ...open }))).toHaveLength(1);
  });

  it('opens no URL but those written down, and those by their URL only', () => {
    const url = { authorization_type: 'NONE', function_name: 'f' };
    expect(faults(withResource('sweeper', 'aws_lambda_function_url', url))).toEqual(['here/it: a public URL that nobody wrote down']);
    const template = (properties: object) => ({
      template_body: JSON.stringify({
        Resources: { Open: { Type: 'AWS::Lambda::Permission', Properties: { Principal: '*', ...properties } } },
      }),
    });
    const [known] = Object.values(stacks.get('receiver')?.resource.aws_lambda_function_url ?? {});
    const by = (properties: object) => faults(withResource('receiver', 'aws_cloudformation_stack', template(properties)));
    expect(by({ FunctionName: known?.function_name, InvokedViaFunctionUrl: true })).toEqual([]);
    expect(by({ FunctionName: known?.function_name })).toHaveLength(1);
    expect(by({ FunctionName: 'another', InvokedViaFunctionUrl: true })).toHaveLength(1);
  });

  it('is not of a kind that nobody looks at', () => {
    expect(faults(withResource('worker', 'aws_iam_user_policy', {}))).toEqual(['nobody here looks at aws_iam_user_policy']);
  });

  it('is not attached to a role from outside', () => {
    const policy_arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    expect(faults(withResource('storage', 'aws_iam_role_policy_attachment', { role: 'x', policy_arn }))).toEqual([
      `here/it: ${policy_arn} is attached, which is not ours`,
    ]);
  });
});
