import type { Grants } from '../constructs/grant.ts';
import { underscoredNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

/** What AgentCore itself does with the worker's role: fetch the image, write down what the worker prints. */
export function platformGrantsOf(settings: Settings, repositoryArn: string): Grants {
  const logs = `arn:aws:logs:${settings.region}:${settings.account}:log-group`;
  const ours = `${logs}:/aws/bedrock-agentcore/runtimes/${underscoredNameOf(settings, 'worker')}-*`;
  return {
    image: {
      actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [repositoryArn],
      because: 'AgentCore fetches the image',
    },
    imageToken: {
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      because: 'AgentCore fetches the image; ECR knows no resource for this action',
    },
    logGroups: {
      actions: ['logs:CreateLogGroup', 'logs:DescribeLogStreams'],
      resources: [ours],
      because: 'AgentCore keeps a log group a runtime and endpoint, named with an id it makes itself',
    },
    logLines: {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${ours}:log-stream:*`],
      because: 'AgentCore writes what the worker prints, into a stream a session',
    },
  };
}
