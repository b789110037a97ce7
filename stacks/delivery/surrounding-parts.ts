import type { Settings } from '../settings/settings.ts';
import { actionsOf, idsAreMadeUp, type Parts, placeOf } from './part.ts';

/** What the stacks stand in, or stands before them. */
export function surroundingPartsOf(settings: Settings): Parts {
  const { network, keyArn, region } = settings;
  const services = ['dynamodb', 'secretsmanager'].map((service) => `${service}.${region}.amazonaws.com`);
  return {
    ...(settings.front ? frontPartsOf(settings) : {}),
    ...(network.mode === 'vpc'
      ? {
          network: {
            resources: ['*'],
            because: 'Lambda looks subnets and groups up in the name of whoever names them; these know no resource',
            look: [],
            make: actionsOf('ec2', 'DescribeSecurityGroups DescribeSubnets DescribeVpcs'),
          },
        }
      : {}),
    ...(keyArn
      ? {
          companyKey: {
            resources: [keyArn],
            conditions: { StringEquals: { 'kms:ViaService': services } },
            because:
              'a table or a secret is given its key in the name of whoever makes it; a star stands for with and without a copy in the clear',
            look: [],
            make: actionsOf('kms', 'CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey* ReEncrypt*'),
          },
        }
      : {}),
  };
}

/** CloudFront is everywhere, and its firewalls are in us-east-1, with what watches them. */
function frontPartsOf(settings: Settings): Parts {
  const { account, tagged, arn, name } = placeOf(settings);
  const there = (service: string, resource: string) => arn(service, resource, 'us-east-1');
  return {
    distributions: {
      resources: [`arn:aws:cloudfront::${account}:distribution/*`],
      conditions: tagged,
      because: idsAreMadeUp,
      look: actionsOf('cloudfront', 'GetDistribution ListTagsForResource'),
      make: actionsOf('cloudfront', 'DeleteDistribution TagResource UntagResource UpdateDistribution'),
    },
    firewalls: {
      resources: [there('wafv2', `global/webacl/${name}-*`)],
      because: 'each carries our name, and another ending',
      look: actionsOf('wafv2', 'GetWebACL ListTagsForResource'),
      make: actionsOf('wafv2', 'CreateWebACL DeleteWebACL TagResource UntagResource UpdateWebACL'),
    },
    firewallRules: {
      resources: [there('wafv2', 'global/managedruleset/*/*')],
      because: 'whoever writes a firewall is asked for the right to the sets of rules in it, too; which are AWS’s own',
      look: [],
      make: actionsOf('wafv2', 'CreateWebACL UpdateWebACL'),
    },
    ...(settings.region === 'us-east-1'
      ? {}
      : {
          watchedThere: {
            resources: [there('cloudwatch', `alarm:${name}-*`), there('sns', `${name}-*`)],
            because: 'each carries our name, and another ending',
            look: [
              ...actionsOf('cloudwatch', 'DescribeAlarms ListTagsForResource'),
              ...actionsOf('sns', 'GetSubscriptionAttributes GetTopicAttributes ListTagsForResource'),
            ],
            make: ['cloudwatch:*', 'sns:*'],
          },
        }),
  };
}
