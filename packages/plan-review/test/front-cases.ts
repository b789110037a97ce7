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

const actions = ['allow', 'block', 'captcha', 'challenge', 'count'] as const;
/** As the provider has it: the one that holds has what may stand in it, the others are lists of nothing. */
const doing = (name: string) => Object.fromEntries(actions.map((one) => [one, one === name ? [{ custom_response: [] }] : []]));
const own = (name: string, rest: object = {}) => ({
  rule: [
    {
      name: 'own',
      priority: 1,
      action: [doing(name)],
      override_action: [],
      statement: [{ ip_set_reference_statement: [{ arn: 'a' }] }],
      ...rest,
    },
  ],
});
const ofSet = (name: string, rest: object = {}) => ({
  rule: [
    {
      name: 'common',
      priority: 1,
      action: [],
      override_action: [{ count: [], none: [{}] }],
      visibility_config: [{ cloudwatch_metrics_enabled: true, metric_name: 'x' }],
      statement: [
        {
          managed_rule_group_statement: [
            { name: 'Common', scope_down_statement: [], rule_action_override: [{ name: 'SIZE', action_to_use: [doing(name)] }], ...rest },
          ],
        },
      ],
    },
  ],
});
const never = { scope_down_statement: [{ byte_match_statement: [{ search_string: 'never' }] }] };

/** Each way a firewall opens or closes, told by a block that is there. */
const firewalls: readonly Case[] = [
  ['a rule that lets through', 'aws_wafv2_web_acl', [own('block'), own('allow')], 'lets through what its rule `own` finds'],
  ['a rule that counts', 'aws_wafv2_web_acl', [own('block'), own('count')], 'only counts what its rule `own` finds'],
  ['a rule that stops', 'aws_wafv2_web_acl', [own('count'), own('block')], 'stops what its rule `own` finds from now on'],
  ['a rule that asks', 'aws_wafv2_web_acl', [own('block'), own('captcha')], 'unless somebody solves a puzzle'],
  [
    'one of a set that stops',
    'aws_wafv2_web_acl',
    [ofSet('count'), ofSet('block')],
    'stops what `SIZE` of its rule `common` finds from now on',
  ],
  [
    'one of a set that lets through',
    'aws_wafv2_web_acl',
    [ofSet('count'), ofSet('allow')],
    'lets through what `SIZE` of its rule `common`',
  ],
  [
    'one of a set that is left to it',
    'aws_wafv2_web_acl',
    [ofSet('count'), ofSet('count', { rule_action_override: [] })],
    'does with what `SIZE` of its rule `common` finds what its set says',
  ],
  [
    'a firewall that is closed where no rule says otherwise',
    'aws_wafv2_web_acl',
    [{ default_action: [doing('allow')] }, { default_action: [doing('block')] }],
    'stops what no rule names from now on',
  ],
  ['a new rule that lets through', 'aws_wafv2_web_acl', [{ rule: [] }, own('allow')], 'lets through what its rule `own` finds'],
  ['a set that sees less', 'aws_wafv2_web_acl', [ofSet('count'), ofSet('count', never)], 'has another rule `common` than before'],
  ['another set', 'aws_wafv2_web_acl', [ofSet('count'), ofSet('count', { name: 'None' })], '`Common` → `None`'],
  ['another order', 'aws_wafv2_web_acl', [own('block'), own('block', { priority: 9 })], '`priority`: `1` → `9`'],
  ['a rule of a group', 'aws_wafv2_rule_group', [own('block'), own('allow')], 'lets through what its rule `own` finds'],
];

export const fronts: readonly Case[] = [
  ...firewalls,
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
