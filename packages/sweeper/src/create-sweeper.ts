import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createDynamoOverdue } from '@vera/ledger/dynamo-overdue';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import type { Log } from '@vera/service-kit/log';
import { readSecrets } from '@vera/service-kit/read-secrets';
import { createSlackCalls } from '@vera/slack/slack-calls';
import type * as z from 'zod/mini';
import type { sweeperEnv } from './env.ts';
import { sweeperSecrets } from './secrets.ts';
import { sweep } from './sweep.ts';
import { tellLost } from './tell-lost.ts';

/** Makes the sweeper of this process. */
export function createSweeperFromEnv(env: z.output<typeof sweeperEnv>, log: Log): () => Promise<void> {
  const defaults = awsDefaults();
  const overdue = createDynamoOverdue({
    client: new DynamoDBClient(defaults),
    tableName: env.LEDGER_TABLE,
    now: Date.now,
    onUnreadable: (error) => log.error('question.unreadable', { error }),
  });
  const lambda = new LambdaClient(defaults);
  const secrets = new SecretsManagerClient(defaults);
  return () =>
    sweep({
      overdue,
      mostAttempts: env.MOST_ATTEMPTS,
      deliveryGrace: env.DELIVERY_GRACE_SECONDS * 1000,
      now: Date.now,
      log,
      async resend(question) {
        const Payload = JSON.stringify(question);
        await lambda.send(new InvokeCommand({ FunctionName: env.INVOKER_FUNCTION, InvocationType: 'Event', Payload }));
      },
      async tellLost(record) {
        // Read only when needed, which is hardly ever.
        const { SLACK_BOT_TOKEN: token } = await readSecrets(secrets, env.SECRET_ID, sweeperSecrets);
        return tellLost(createSlackCalls({ token, ...(env.SLACK_API_URL ? { apiUrl: env.SLACK_API_URL } : {}) }), record);
      },
    });
}
