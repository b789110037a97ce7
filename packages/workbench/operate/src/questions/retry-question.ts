import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import type { LedgerLook } from './ledger-scan.ts';
import { whichQuestion } from './which-question.ts';

interface RetryParams {
  readonly ledger: LedgerLook;
  readonly lambda: LambdaClient;
  readonly invoker: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface Retried {
  readonly isRetried: boolean;
  readonly words: string;
}

/** By then the sweeper sends it, where the invoker could not be called. */
const deliveryGrace = 120_000;

/** One more turn for a question, by what the button "Try again" uses: in the name of who asked, and answered in the thread. */
export async function retryQuestion({ ledger, lambda, invoker, now }: RetryParams, words: string): Promise<Retried> {
  const { records } = await whichQuestion(ledger, words);
  const [record, another] = records;
  if (!record)
    return { isRetried: false, words: `No question in the ledger is meant by ${words}: it is older than 30 days, or never came.` };
  if (another)
    return { isRetried: false, words: `${words} means several: ${records.map(({ question }) => question.id).join(', ')}. Name one.` };
  const { question, state, leg } = record;
  const inbox = createDynamoInbox({ dynamoDb: sdkDynamoDb(ledger.client), tableName: ledger.tableName, now, deliveryGrace });
  const { teamId, channelId, threadTs, messageTs, userId } = question;
  const answer = await inbox.retry({ teamId, channelId, threadTs, messageTs, userId, leg });
  if (answer.kind === 'refused') return { isRetried: false, words: `${question.id} cannot be tried again: ${whyNot(answer.why, state)}` };
  const sent = await lambda
    .send(new InvokeCommand({ FunctionName: invoker, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(answer.question)) }))
    .then(() => 'and is on its way to a worker.')
    .catch(
      (error: unknown) => `and the sweeper sends it within ${deliveryGrace / 1_000} s (the invoker could not be called: ${nameOf(error)}).`,
    );
  return { isRetried: true, words: `${question.id} gets one more turn, ${sent}` };
}

function whyNot(why: 'unknown' | 'not-yours' | 'over' | 'withdrawn', state: string): string {
  if (why === 'withdrawn') return 'its message was deleted.';
  if (why !== 'over') return 'it is gone by now.';
  if (state === 'failed' || state === 'stopped') return 'somebody was quicker, and it has its new turn already.';
  return `it is ${state}; only what failed, or was stopped, is tried again.`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}
