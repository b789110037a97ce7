import { createCopyHead } from '@vera/audit/copy-head';
import { createNoteAct } from '@vera/audit/create-note-act';
import type { AppendParams } from '@vera/audit/dynamo-chain';
import { createDynamoEndedThreads } from '@vera/ledger/dynamo-ended-threads';
import { createDynamoOverdue } from '@vera/ledger/dynamo-overdue';
import { systemClock } from '@vera/service-kit/clock';
import { signedDynamoDb } from '@vera/service-kit/dynamo-db';
import { createInvokeLater } from '@vera/service-kit/invoke-later';
import type { Log } from '@vera/service-kit/log';
import { readSecrets, signedSecrets } from '@vera/service-kit/read-secrets';
import { type AwsEnv, createSignedCalls } from '@vera/service-kit/signed-calls';
import { createSlackCalls } from '@vera/slack/slack-calls';
import type * as z from 'zod/mini';
import { createStopSession } from './create-stop-session.ts';
import type { sweeperEnv } from './env.ts';
import { lookForAMinute } from './look-for-a-minute.ts';
import { sweeperSecrets } from './secrets.ts';
import { stopEndedSessions } from './stop-ended-sessions.ts';
import { sweep } from './sweep.ts';
import { tellLost } from './tell-lost.ts';
import { createTellTrace } from './tell-trace.ts';

/** Makes the sweeper of this process. */
export function createSweeperFromEnv(env: z.output<typeof sweeperEnv>, aws: AwsEnv, log: Log): () => Promise<void> {
  const call = createSignedCalls({ env: aws, timeout: 5_000, maxAttempts: 3 });
  const overdue = createDynamoOverdue({
    dynamoDb: signedDynamoDb(call),
    tableName: env.LEDGER_TABLE,
    now: systemClock.now,
    onUnreadable: (error) => log.error('question.unreadable', { error }),
  });
  const chain = { ...systemClock, dynamoDb: signedDynamoDb(call), tableName: env.AUDIT_TABLE, days: env.AUDIT_DAYS, patience: 5_000 };
  const copyHead = copyHeadOf(env, chain, log);
  const note = createNoteAct({ ...chain, log });
  // One try, and a short one: others wait to be brought back.
  const tellTrace = createTellTrace({ call: createSignedCalls({ env: aws, timeout: 2_000, maxAttempts: 1 }), now: systemClock.now, log });
  const sweepOnce = () =>
    sweep({
      overdue,
      mostAttempts: env.MOST_ATTEMPTS,
      deliveryGrace: env.DELIVERY_GRACE_SECONDS * 1000,
      longestUnheld: env.UNHELD_SECONDS * 1000,
      now: systemClock.now,
      scope: env.SESSION_SCOPE,
      note,
      tellTrace,
      log,
      resend: createInvokeLater(call, env.INVOKER_FUNCTION),
      async tellLost(record) {
        // Read only when needed, which is hardly ever.
        const { SLACK_BOT_TOKEN: token } = await readSecrets(signedSecrets(call), env.SECRET_ID, sweeperSecrets);
        const slack = createSlackCalls({ token, ...(env.SLACK_API_URL ? { apiUrl: env.SLACK_API_URL } : {}) });
        return tellLost({ call: slack, pause: systemClock.pause }, record);
      },
    });
  const look = async () => {
    const [isWell] = await Promise.all([sweepOnce(), copyHead()]);
    return isWell;
  };
  const sweepNow = () => lookForAMinute({ ...systemClock, look, every: env.LOOK_SECONDS * 1000, log });
  const { STOP_AFTER_SECONDS: stopAfter, AGENT_RUNTIME_ARN: runtimeArn, AGENT_RUNTIME_QUALIFIER: qualifier } = env;
  if (stopAfter === undefined || runtimeArn === undefined) return sweepNow;
  const threads = createDynamoEndedThreads({ dynamoDb: signedDynamoDb(call), tableName: env.LEDGER_TABLE, now: systemClock.now });
  const stopping = {
    threads,
    stopSession: createStopSession(call, { runtimeArn, qualifier }),
    scope: env.SESSION_SCOPE,
    stopAfter: stopAfter * 1000,
  };
  return async () => {
    // Beside the first look: sessions that go on cost a little, questions that wait cost more.
    const stopped = stopEndedSessions({ ...stopping, now: systemClock.now, log }).catch((error: unknown) =>
      log.error('sessions.not-looked-at', { error }),
    );
    await Promise.all([sweepNow(), stopped]);
  };
}

/** Never rejects: what is lost in no audit log is brought back all the same. */
function copyHeadOf(env: z.output<typeof sweeperEnv>, chain: AppendParams, log: Log): () => Promise<void> {
  const copyHead = createCopyHead({ chain, heads: { dynamoDb: chain.dynamoDb, tableName: env.AUDIT_HEADS_TABLE }, log });
  return () => copyHead().catch((error: unknown) => log.error('audit.not-copied', { error }));
}
