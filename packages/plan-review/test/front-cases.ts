import { type Case, variables } from './weakening-cases.ts';

const firewallRule = (counted: readonly string[]) => ({
  name: 'common',
  override_action: [{ count: [], none: [{}] }],
  statement: [
    {
      managed_rule_group_statement: [
        { rule_action_override: counted.map((name) => ({ name, action_to_use: [{ count: [{}], block: [] }] })) },
      ],
    },
  ],
});

export const fronts: readonly Case[] = [
  [
    'a function that may be called around its front',
    'aws_lambda_function',
    [variables({ FRONT_DIGESTS: 'ab,cd', LOG: '1' }), variables({ LOG: '1' })],
    'answers whoever calls its own URL, and not only who comes through the front',
  ],
  [
    'a distribution without its firewall',
    'aws_cloudfront_distribution',
    [{ web_acl_id: 'arn:aws:wafv2:x' }, { web_acl_id: '' }],
    'no firewall stands before it any more',
  ],
  [
    'a distribution that shows nothing to its origin',
    'aws_cloudfront_distribution',
    [{ origin: [{ custom_header: [{ name: 'x-vera-front', value: 'y' }] }] }, { origin: [{ custom_header: [] }] }],
    'no longer shows `x-vera-front` to what is behind it',
  ],
  [
    'a firewall with a rule less',
    'aws_wafv2_web_acl',
    [{ rule: [firewallRule([])] }, { rule: [] }],
    'no longer stops what its rule `common` found',
  ],
  [
    'a firewall that counts what it stopped',
    'aws_wafv2_web_acl',
    [{ rule: [firewallRule(['SizeRestrictions_BODY'])] }, { rule: [firewallRule(['SizeRestrictions_BODY', 'NoUserAgent_HEADER'])] }],
    'only counts what `NoUserAgent_HEADER` of its rule `common` finds, and lets it through',
  ],
  [
    'a firewall that counts all of a set',
    'aws_wafv2_web_acl',
    [{ rule: [firewallRule([])] }, { rule: [{ ...firewallRule([]), override_action: [{ count: [{}], none: [] }] }] }],
    'only counts what its rule `common` finds',
  ],
  [
    'a firewall that is open where no rule says otherwise',
    'aws_wafv2_web_acl',
    [{ default_action: [{ block: [{}], allow: [] }] }, { default_action: [{ block: [], allow: [{}] }] }],
    'lets through what no rule names',
  ],
];
