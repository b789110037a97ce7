import type { Settings } from '../../settings/settings.ts';
import { actionsOf, type Parts, placeOf } from '../part.ts';

/** Code, and what starts it, watches it and stores it. None of it holds people's words: a deployment may do with it what it likes. */
export function machineryPartsOf(settings: Settings): Parts {
  const { name, arn, account } = placeOf(settings);
  return {
    machinery: {
      resources: [
        arn('cloudformation', `stack/${name}-*`),
        arn('cloudwatch', `alarm:${name}-*`),
        `arn:aws:cloudwatch::${account}:dashboard/${name}`,
        arn('ecr', `repository/${name}-*`),
        arn('events', `rule/${name}-*`),
        arn('lambda', `function:${name}-*`),
        arn('sns', `${name}-*`),
      ],
      because: 'whatever of these services carries our name, and nothing else',
      look: [
        ...actionsOf('cloudformation', 'DescribeStacks GetTemplate'),
        ...actionsOf('cloudwatch', 'DescribeAlarms GetDashboard ListTagsForResource'),
        ...actionsOf('ecr', 'DescribeRepositories GetLifecyclePolicy ListTagsForResource'),
        ...actionsOf('events', 'DescribeRule ListTagsForResource ListTargetsByRule'),
        ...actionsOf('lambda', 'GetFunction GetFunctionCodeSigningConfig GetFunctionEventInvokeConfig GetFunctionUrlConfig GetPolicy'),
        ...actionsOf('lambda', 'ListTags ListVersionsByFunction'),
        ...actionsOf('sns', 'GetSubscriptionAttributes GetTopicAttributes ListTagsForResource'),
      ],
      // Action by action, the policy would be longer than IAM allows.
      make: ['cloudformation:*', 'cloudwatch:*', 'ecr:*', 'events:*', 'lambda:*', 'sns:*'],
    },
  };
}
