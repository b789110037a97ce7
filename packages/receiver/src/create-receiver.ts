import { createNoteAct } from '@vera/audit/create-note-act';
import { createDynamoDecisions } from '@vera/ledger/dynamo-decisions';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { classify } from '@vera/protocol/classify';
import { systemClock } from '@vera/service-kit/clock';
import { signedDynamoDb } from '@vera/service-kit/dynamo-db';
import { createInvokeLater } from '@vera/service-kit/invoke-later';
import type { Log } from '@vera/service-kit/log';
import { readSecrets, signedSecrets } from '@vera/service-kit/read-secrets';
import { type AwsEnv, createSignedCalls } from '@vera/service-kit/signed-calls';
import { rememberLacks } from '@vera/slack/remember-lacks';
import { createTellPrivately } from '@vera/slack/tell-privately';
import type * as z from 'zod/mini';
import type { receiverEnv } from './env.ts';
import { createLightSlackCalls } from './light-slack-calls.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import { receiverSecrets } from './secrets.ts';

/** Makes the receiver of this process: its clients, its secret, its rules. */
export async function createReceiverFromEnv(env: z.output<typeof receiverEnv>, aws: AwsEnv, log: Log): Promise<Receiver> {
  // Slack waits three seconds: two tries of a second each leave room for an answer.
  const call = createSignedCalls({ env: aws, timeout: 1_000, maxAttempts: 2 });
  const secrets = await readSecrets(signedSecrets(call), env.SECRET_ID, receiverSecrets);
  const ledger = {
    dynamoDb: signedDynamoDb(call),
    tableName: env.LEDGER_TABLE,
    now: Date.now,
    deliveryGrace: env.DELIVERY_GRACE_SECONDS * 1000,
  };
  const [allowedBotIds, stoppers] = [idsIn(env.ALLOWED_BOT_IDS), new Set(idsIn(env.STOPPERS))];
  return createReceiver({
    followUps: env.FOLLOW_UPS,
    stoppers,
    scope: env.SESSION_SCOPE,
    pause: systemClock.pause,
    note: createNoteAct({ ...systemClock, ...auditOf(env, aws), log }),
    signingSecret: secrets.SLACK_SIGNING_SECRET,
    now: Date.now,
    tracedShare: env.TRACED_SHARE,
    classify: (body, contentType) => classify(body, contentType, { allowedBotIds }),
    inbox: createDynamoInbox(ledger),
    decisions: createDynamoDecisions(ledger),
    call: rememberLacks(createLightSlackCalls({ token: secrets.SLACK_BOT_TOKEN, apiUrl: env.SLACK_API_URL, timeout: 500 })),
    // Slack waits three seconds for the answer to a click, and the ledger needs some of them.
    tellPrivately: createTellPrivately(env.SLACK_HOOKS_URL, 1_000),
    forward: createInvokeLater(call, env.INVOKER_FUNCTION),
    log,
  });
}

/** The click is on record by then, and Slack waits for an answer. */
function auditOf({ AUDIT_TABLE: tableName, AUDIT_DAYS: days }: z.output<typeof receiverEnv>, aws: AwsEnv) {
  return { dynamoDb: signedDynamoDb(createSignedCalls({ env: aws, timeout: 500, maxAttempts: 1 })), tableName, days, patience: 1_000 };
}

function idsIn(list: string): string[] {
  return list.split(',').filter((id) => id !== '');
}
