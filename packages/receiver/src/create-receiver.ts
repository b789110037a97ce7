import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createDynamoDecisions } from '@vera/ledger/dynamo-decisions';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { classify } from '@vera/protocol/classify';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import type { Log } from '@vera/service-kit/log';
import { readSecrets } from '@vera/service-kit/read-secrets';
import type * as z from 'zod/mini';
import type { receiverEnv } from './env.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import { receiverSecrets } from './secrets.ts';
import { createTellPrivately } from './tell-privately.ts';

/** Makes the receiver of this process: its clients, its secret, its rules. */
export async function createReceiverFromEnv(env: z.output<typeof receiverEnv>, log: Log): Promise<Receiver> {
  // Slack waits three seconds: two tries of a second each leave room for an answer.
  const defaults = awsDefaults(1_000, 2);
  const secrets = await readSecrets(new SecretsManagerClient(defaults), env.SECRET_ID, receiverSecrets);
  const ledger = {
    client: new DynamoDBClient(defaults),
    tableName: env.LEDGER_TABLE,
    now: Date.now,
    deliveryGrace: env.DELIVERY_GRACE_SECONDS * 1000,
  };
  const lambda = new LambdaClient(defaults);
  const allowedBotIds = env.ALLOWED_BOT_IDS.split(',').filter((id) => id !== '');
  return createReceiver({
    signingSecret: secrets.SLACK_SIGNING_SECRET,
    now: Date.now,
    classify: (body, contentType) => classify(body, contentType, { allowedBotIds }),
    inbox: createDynamoInbox(ledger),
    decisions: createDynamoDecisions(ledger),
    tellPrivately: createTellPrivately(env.SLACK_HOOKS_URL),
    forward: async (question) => {
      await lambda.send(
        new InvokeCommand({ FunctionName: env.INVOKER_FUNCTION, InvocationType: 'Event', Payload: JSON.stringify(question) }),
      );
    },
    log,
  });
}
