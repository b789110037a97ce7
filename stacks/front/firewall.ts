import type { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import type { Construct } from 'constructs';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

interface FirewallProps {
  readonly settings: Settings;
  readonly role: 'receiver' | 'portal';
  /** Of us-east-1, where CloudFront's firewalls are. */
  readonly provider: AwsProvider;
}

/**
 * Rules of AWS's set that count and stop nothing. What people write in Slack is the body of Slack's posts: code, paths, addresses, more than 8 KB
 * of them; who wrote it the signature says. What a provider sends back with somebody who connected an account is a long query.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const counted = [
  ...['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'EC2MetaDataSSRF_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY'],
  'SizeRestrictions_QUERYSTRING',
];

/** What looks at requests before they get to a function. */
export function createFirewall(scope: Construct, { settings, role, provider }: FirewallProps): Wafv2WebAcl {
  const name = nameOf(settings, role);
  const seenAs = (metricName: string) => ({ metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false });
  return new Wafv2WebAcl(scope, `${role}-firewall`, {
    provider,
    name,
    description: 'Before what the internet may call of Vera',
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    rule: [
      {
        name: 'aws-common',
        priority: 1,
        overrideAction: { none: {} },
        // In Terraform's own words: CDKTF passes a statement on as it is.
        statement: {
          managed_rule_group_statement: {
            vendor_name: 'AWS',
            name: 'AWSManagedRulesCommonRuleSet',
            rule_action_override: counted.map((rule) => ({ name: rule, action_to_use: { count: {} } })),
          },
        },
        visibilityConfig: seenAs(`${name}-aws-common`),
      },
    ],
    visibilityConfig: seenAs(name),
  });
}
