import { CloudfrontDistribution } from '@cdktf/provider-aws/lib/cloudfront-distribution/index.js';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Output } from '../constructs/output.ts';
import { useAws, useGlobalAws } from '../constructs/use-aws.ts';
import { alarmText, promises } from '../observability/alarm.ts';
import { createAlarmTopic } from '../observability/alarm-topic.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { createFirewall } from './firewall.ts';
import { frontHeader, readFrontSecret } from './front-secret.ts';

interface FrontStackProps {
  readonly settings: Settings;
  readonly front: NonNullable<Settings['front']>;
  readonly secretId: string;
  /** Hosts of the functions' own URLs. */
  readonly origins: { readonly receiver: string; readonly portal: string };
}

/** AWS's own policies: nothing is kept; all of a request is passed on but the name it was sent to, by which Lambda knows its function. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/**
 * CloudFront and a firewall before the two functions that the internet may call. Not with origin access control: it signs a request with the hash of
 * its body only where the caller sends that hash, and Slack does not, so that each post would be refused with 403. A secret header instead.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export class FrontStack extends TerraformStack {
  constructor(scope: Construct, id: string, { settings, front, secretId, origins }: FrontStackProps) {
    super(scope, id);
    useAws(this, settings);
    const provider = useGlobalAws(this, settings);
    const { current } = readFrontSecret(this, secretId);
    // Firewalls of CloudFront are counted there, and an alarm tells a topic of its own region.
    const topicArn = createAlarmTopic(this, settings, 'front-alarms', provider);
    for (const role of ['receiver', 'portal'] as const) {
      const firewall = createFirewall(this, { settings, role, provider });
      const distribution = new CloudfrontDistribution(this, role, {
        ...distributionOf(front, role),
        comment: nameOf(settings, role),
        webAclId: firewall.arn,
        origin: [{ ...originOf(origins[role]), customHeader: [{ name: frontHeader, value: current }] }],
      });
      tellOfBlocks(this, { settings, role, provider, topicArn });
      const description = `the DNS record of ${front[role]} (CNAME, or an alias of Route 53) leads there`;
      new Output(this, `${role}_target`, { value: distribution.domainName, description });
    }
  }
}

function originOf(host: string) {
  return {
    domainName: host,
    originId: 'function',
    customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: 'https-only', originSslProtocols: ['TLSv1.2'] },
  };
}

function distributionOf(front: FrontStackProps['front'], role: 'receiver' | 'portal') {
  return {
    enabled: true,
    isIpv6Enabled: true,
    httpVersion: 'http2and3',
    aliases: [front[role]],
    viewerCertificate: { acmCertificateArn: front.certificateArn, sslSupportMethod: 'sni-only', minimumProtocolVersion: 'TLSv1.2_2021' },
    restrictions: { geoRestriction: { restrictionType: 'none' } },
    defaultCacheBehavior: {
      targetOriginId: 'function',
      // A post would not survive being sent elsewhere.
      viewerProtocolPolicy: role === 'receiver' ? 'https-only' : 'redirect-to-https',
      allowedMethods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
      cachedMethods: ['GET', 'HEAD'],
      cachePolicyId: cachingDisabled,
      originRequestPolicyId: allViewerExceptHostHeader,
      compress: false,
    },
  };
}

interface Blocks {
  readonly settings: Settings;
  readonly role: 'receiver' | 'portal';
  readonly provider: AwsProvider;
  readonly topicArn: string;
}

const words = {
  receiver: {
    means: 'The firewall stopped what was sent to the receiver. If it was from Slack, somebody waits for an answer that will not come.',
    promise: promises.heard,
  },
  portal: {
    means: 'The firewall stopped somebody who came to the page of their accounts, or who only tried the door.',
    promise: promises.connected,
  },
};

/** What the internet tries all day is stopped at the portal; at the receiver's address hardly anybody calls but Slack. */
const mostBlocked = { receiver: 1, portal: 100 };

/** Of CloudFront's firewalls there is no dimension for the region. https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html */
function tellOfBlocks(scope: Construct, { settings, role, provider, topicArn }: Blocks): void {
  const { means, promise } = words[role];
  const toDo = 'Look at the firewall’s metrics by rule, and at pnpm vera check, which sends 20 KB through it.';
  new CloudwatchMetricAlarm(scope, `${role}-blocked`, {
    provider,
    alarmName: nameOf(settings, `${role}-blocked`),
    alarmDescription: alarmText({ means, toDo, promise }, `${role}-blocked`),
    namespace: 'AWS/WAFV2',
    metricName: 'BlockedRequests',
    dimensions: { WebACL: nameOf(settings, role), Rule: 'ALL' },
    statistic: 'Sum',
    period: 300,
    evaluationPeriods: 1,
    threshold: mostBlocked[role],
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
    alarmActions: [topicArn],
    okActions: [topicArn],
  });
}
