import { type Case, port } from './weakening-cases.ts';

const jwt = (rest: object) => ({
  authorizer_configuration: [{ custom_jwt_authorizer: [{ discovery_url: 'https://a.example', ...rest }] }],
});

export const openings: readonly Case[] = [
  [
    'a runtime without its network',
    'aws_bedrockagentcore_agent_runtime',
    [{ network_configuration: [{ network_mode: 'VPC' }] }, { network_configuration: [{ network_mode: 'PUBLIC' }] }],
    'leaves your network for the public one',
  ],
  [
    'a runtime without its authorizer',
    'aws_bedrockagentcore_agent_runtime',
    [jwt({ allowed_clients: ['a'] }), { authorizer_configuration: [] }],
    'is no longer asked for a token',
  ],
  [
    'a runtime that believes another issuer',
    'aws_bedrockagentcore_agent_runtime',
    [jwt({}), jwt({ discovery_url: 'https://b.example' })],
    'believes the tokens of another issuer',
  ],
  [
    'a runtime for more clients',
    'aws_bedrockagentcore_agent_runtime',
    [jwt({ allowed_clients: ['a'] }), jwt({ allowed_clients: ['a', 'b'] })],
    'more may call it (`allowed_clients`: with `b`)',
  ],
  [
    'a runtime for any client',
    'aws_bedrockagentcore_agent_runtime',
    [jwt({ allowed_clients: ['a'] }), jwt({ allowed_clients: null })],
    'no longer looks at who a token is for (`allowed_clients` is empty)',
  ],
  [
    'a port',
    'aws_security_group',
    [{ ingress: [] }, { ingress: [port(22, 22, '0.0.0.0/0')] }],
    'opens `tcp` `22` to `0.0.0.0/0`, which is anyone on the internet',
  ],
  [
    'more ports',
    'aws_security_group',
    [{ ingress: [port(443, 443, '0.0.0.0/0')] }, { ingress: [port(0, 65_535, '0.0.0.0/0')] }],
    'opens `tcp` `0` to `65535`',
  ],
  [
    'half of the internet',
    'aws_security_group_rule',
    [
      { type: 'ingress', ...port(22, 22, '10.0.0.0/8') },
      { type: 'ingress', ...port(22, 22, '128.0.0.0/1') },
    ],
    'opens `tcp` `22` to `128.0.0.0/1`',
  ],
  [
    'a port in IPv6',
    'aws_vpc_security_group_ingress_rule',
    [
      { ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv6: 'fd00::/16' },
      { ip_protocol: '-1', cidr_ipv6: '::/0' },
    ],
    'opens every port to `::/0`',
  ],
  ['a database', 'aws_db_instance', [{ publicly_accessible: false }, { publicly_accessible: true }], 'is reached from the internet'],
  [
    'a boundary that is another',
    'aws_iam_role',
    [
      { name: 'a', permissions_boundary: 'arn:x' },
      { name: 'a', permissions_boundary: 'arn:y' },
    ],
    'another permissions boundary holds',
  ],
  [
    'a function without its network',
    'aws_lambda_function',
    [{ vpc_config: [{ subnet_ids: ['s'] }] }, { vpc_config: [] }],
    'leaves your network for the public one',
  ],
];

const every = { protocol: '-1', from_port: 0, to_port: 0 };
const grantee = (uri: string) => ({ access_control_policy: [{ grant: [{ permission: 'READ', grantee: [{ type: 'Group', uri }] }] }] });
const groups = 'http://acs.amazonaws.com/groups/global';

/** By other words than the ports of a security group. */
export const openedOtherwise: readonly Case[] = [
  ...(['aws_default_security_group', 'aws_security_group'] as const).map(
    (type): Case => [
      `all ports of ${type}`,
      type,
      [{ ingress: [] }, { ingress: [{ ...every, cidr_blocks: ['0.0.0.0/0'] }] }],
      'opens every port to `0.0.0.0/0`, which is anyone on the internet',
    ],
  ),
  ...(['aws_network_acl', 'aws_default_network_acl'] as const).map(
    (type): Case => [
      `all ports of ${type}`,
      type,
      [
        { ingress: [{ ...every, action: 'deny', cidr_block: '0.0.0.0/0' }] },
        { ingress: [{ ...every, action: 'allow', cidr_block: '0.0.0.0/0' }] },
      ],
      'opens every port to `0.0.0.0/0`',
    ],
  ),
  [
    'a rule of a network',
    'aws_network_acl_rule',
    [
      { ...every, egress: false, rule_action: 'deny', cidr_block: '0.0.0.0/0' },
      { ...every, egress: false, rule_action: 'allow', cidr_block: '0.0.0.0/0' },
    ],
    'opens every port to `0.0.0.0/0`',
  ],
  [
    'a list of addresses',
    'aws_security_group',
    [{ ingress: [] }, { ingress: [{ ...every, prefix_list_ids: ['pl-1'] }] }],
    'opens every port to the addresses of the list `pl-1`, which this plan does not tell',
  ],
  [
    'what is in a list',
    'aws_ec2_managed_prefix_list',
    [{ entry: [{ cidr: '10.0.0.0/8' }] }, { entry: [{ cidr: '0.0.0.0/0' }] }],
    'lets in `0.0.0.0/0`, which is anyone on the internet (`entry.cidr`)',
  ],
  [
    'a cluster',
    'aws_eks_cluster',
    [{ vpc_config: [{ public_access_cidrs: ['10.0.0.0/8'] }] }, { vpc_config: [{ public_access_cidrs: ['0.0.0.0/0'] }] }],
    'lets in `0.0.0.0/0`',
  ],
  ['a bucket for all', 'aws_s3_bucket_acl', [grantee('x'), grantee(`${groups}/AllUsers`)], 'lets in anyone on the internet'],
  ['a bucket for many', 'aws_s3_bucket_acl', [grantee('x'), grantee(`${groups}/AuthenticatedUsers`)], 'lets in anyone with an AWS account'],
  ['an image', 'aws_ami_launch_permission', [{ group: null }, { group: 'all' }], 'lets in anyone with an AWS account (`group`)'],
  [
    'another account',
    'aws_ram_principal_association',
    [{ principal: null }, { principal: '999988887777' }],
    'names `999988887777`, which is perhaps of another account (`principal`)',
  ],
  [
    'an organization',
    'aws_ram_principal_association',
    [{ principal: null }, { principal: 'arn:aws:organizations::999988887777:organization/o-a1b2c3d4e5' }],
    'lets in all accounts of an organization',
  ],
];
