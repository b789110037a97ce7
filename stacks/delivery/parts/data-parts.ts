import type { Settings } from '../../settings/settings.ts';
import { actionsOf, type Parts, placeOf } from '../part.ts';

const because = 'each carries our name, and another ending';
const tags = 'TagResource UntagResource';

/** What holds people's words and secrets: made, changed and removed by name, and never read. */
export function dataPartsOf(settings: Settings): Parts {
  const { name, arn, account } = placeOf(settings);
  return {
    tables: {
      resources: [arn('dynamodb', `table/${name}-*`)],
      because,
      look: actionsOf('dynamodb', 'DescribeContinuousBackups DescribeTable DescribeTimeToLive ListTagsOfResource'),
      make: actionsOf('dynamodb', `CreateTable DeleteTable UpdateContinuousBackups UpdateTable UpdateTimeToLive ${tags}`),
    },
    secrets: {
      resources: [arn('secretsmanager', `secret:${name}-*`)],
      because,
      look: actionsOf('secretsmanager', 'DescribeSecret GetResourcePolicy'),
      make: actionsOf('secretsmanager', `CreateSecret DeleteSecret PutSecretValue UpdateSecret* ${tags}`),
    },
    targetSecrets: {
      resources: [arn('secretsmanager', `secret:bedrock-agentcore-identity!default/apikey/${name}-*`)],
      because: 'AgentCore keeps the key of each target there, in the name of whoever makes the target',
      look: [],
      make: actionsOf('secretsmanager', 'CreateSecret DeleteSecret PutSecretValue TagResource UpdateSecret'),
    },
    queues: {
      resources: [arn('sqs', `${name}-*`)],
      because,
      look: actionsOf('sqs', 'GetQueueAttributes ListQueueTags'),
      make: actionsOf('sqs', 'CreateQueue DeleteQueue SetQueueAttributes TagQueue UntagQueue'),
    },
    schemaBucket: {
      resources: [`arn:aws:s3:::${name}-${account}-schemas`, `arn:aws:s3:::${name}-${account}-schemas/*`],
      because: 'one bucket, named to the letter, which holds nothing but our own OpenAPI documents',
      look: [
        ...actionsOf('s3', 'GetAccelerateConfiguration GetBucket* GetEncryptionConfiguration GetLifecycleConfiguration GetObject'),
        ...actionsOf('s3', 'GetObjectTagging GetReplicationConfiguration ListBucket ListTagsForResource'),
      ],
      make: ['s3:*'],
    },
  };
}
