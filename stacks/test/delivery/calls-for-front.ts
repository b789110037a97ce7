import { type CallsOf, calls, untagged } from './provider-call.ts';

const tags = 'TagResource UntagResource';

export const callsForFront: Readonly<Record<string, CallsOf>> = {
  aws_cloudfront_distribution: ({ of }) => [
    ...calls('*', 'cloudfront', { create: 'CreateDistribution' }),
    ...calls(of('arn'), 'cloudfront', { create: 'TagResource' }, untagged),
    ...calls(of('arn'), 'cloudfront', {
      read: 'GetDistribution ListTagsForResource',
      update: `UpdateDistribution ${tags}`,
      delete: 'DeleteDistribution UpdateDistribution',
    }),
    ...calls(of('web_acl_id'), 'wafv2', { create: 'GetWebACL' }),
  ],
  aws_wafv2_web_acl: ({ of, account }) => [
    ...[of('arn'), `arn:aws:wafv2:us-east-1:${account}:global/managedruleset/AWSManagedRulesCommonRuleSet/1`].flatMap((resource) =>
      calls(resource, 'wafv2', { create: 'CreateWebACL', update: 'UpdateWebACL' }),
    ),
    ...calls(of('arn'), 'wafv2', {
      create: 'TagResource',
      read: 'GetWebACL ListTagsForResource',
      update: tags,
      delete: 'DeleteWebACL',
    }),
  ],
};
