import { expect, it } from 'vitest';
import { permissionsSaid } from './permissions-said.ts';

it.each([
  [
    'aws_iam_policy_attachment',
    { roles: ['worker'], users: [], groups: [], policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    '`worker`',
  ],
  [
    'aws_iam_role_policy_attachments_exclusive',
    { role_name: 'worker', policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    '`worker`',
  ],
  ['aws_iam_role_policy_attachment', { role: 'worker', policy_arn: 'arn:aws-us-gov:iam::aws:policy/AdministratorAccess' }, '`worker`'],
  ['aws_iam_role', { name: 'worker', managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, '`worker`'],
])('tells of all rights, whatever gives them: %s', (type, after, name) => {
  const line = "! gets AWS's managed policy `AdministratorAccess` (**all that it allows, on any resource**)";
  expect(permissionsSaid([{ type, actions: ['create'], after }])).toEqual({ [name]: [line] });
});

it('tells of rights that are given by attributes, and by a group', () => {
  const grant = { key_id: 'k', grantee_principal: 'arn:aws:iam::999988887777:root', operations: ['Decrypt'] };
  expect(permissionsSaid([{ type: 'aws_kms_grant', actions: ['create'], after: grant }])).toEqual({
    'KMS key `k`': ['! account `999988887777` may now call `kms:Decrypt` (**another account**)'],
  });
  const member = { user: 'ann', groups: ['admins'] };
  expect(permissionsSaid([{ type: 'aws_iam_user_group_membership', actions: ['create'], after: member }])).toEqual({
    '`aws_iam_user` `ann`': ['! joins group `admins` (**all that its members may do**)'],
  });
  const members = (users: string[]) => ({ group: 'admins', users });
  const change = { type: 'aws_iam_group_membership', actions: ['update'], before: members(['ann']), after: members(['bob']) };
  expect(permissionsSaid([change])).toEqual({
    '`aws_iam_user` `ann`': ['leaves group `admins`'],
    '`aws_iam_user` `bob`': ['! joins group `admins` (**all that its members may do**)'],
  });
});
