import type { Settings } from '../../settings/settings.ts';
import { actionsOf, type Parts, placeOf } from '../part.ts';

const because = 'each carries our name, and another ending';

/** Who may do what, and what the code prints: set up, and in the case of the logs never read. */
export function roleAndLogPartsOf(settings: Settings): Parts {
  const { name, underscored, arn, account } = placeOf(settings);
  return {
    roles: {
      resources: [`arn:aws:iam::${account}:role/${name}-*`],
      because,
      look: actionsOf('iam', 'GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies'),
      make: [
        ...actionsOf('iam', 'CreateRole DeleteRole DeleteRolePolicy ListInstanceProfilesForRole PutRolePolicy TagRole UntagRole'),
        ...actionsOf('iam', 'UpdateAssumeRolePolicy UpdateRole*'),
      ],
    },
    logs: {
      resources: [
        arn('logs', `log-group:/aws/lambda/${name}-*`),
        arn('logs', `log-group:/aws/bedrock-agentcore/runtimes/${underscored}_*`),
        ...knowledgeBaseGroupOf(settings),
      ],
      because: 'each group carries our name, and AWS is asked for it with and without a :* behind it',
      look: actionsOf('logs', 'DescribeMetricFilters ListTagsForResource'),
      make: actionsOf('logs', '*MetricFilter *RetentionPolicy CreateLogGroup DeleteLogGroup TagResource UntagResource'),
    },
  };
}

/** In the knowledge base's own region. */
function knowledgeBaseGroupOf(settings: Settings): string[] {
  const { knowledgeBase } = settings;
  if (!knowledgeBase) return [];
  const group = `log-group:/aws/vendedlogs/bedrock/knowledge-base/APPLICATION_LOGS/${knowledgeBase.id}*`;
  return [placeOf(settings).arn('logs', group, knowledgeBase.region)];
}
