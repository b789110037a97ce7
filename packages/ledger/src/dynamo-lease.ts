import type { UpdateItemCommandOutput } from '@aws-sdk/client-dynamodb';
import type { DynamoLedgerParams } from './dynamo-inbox.ts';
import type { Lease, QuestionRecord } from './ledger.ts';
import { updateIf } from './update-if.ts';

/** Every write carries the condition that this owner still holds the question. */
export function createDynamoLease(params: DynamoLedgerParams, record: QuestionRecord, owner: string, leaseMilliseconds: number): Lease {
  const { now } = params;
  const condition = '#state = :running AND leaseOwner = :owner';
  const update = (expression: string, values: Record<string, unknown>, names: Record<string, string> = {}) =>
    updateIf(params, record.question, {
      condition,
      update: expression,
      values: { ':running': 'running', ':owner': owner, ...values },
      names,
    });
  const held = (answer: UpdateItemCommandOutput | undefined) => answer !== undefined;

  return {
    record,
    async renew() {
      // Touching the stop mark, without changing it, makes DynamoDB return it along with what changed.
      const answer = await update('SET dueAt = :until, stopRequestedAt = if_not_exists(stopRequestedAt, :never)', {
        ':until': now() + leaseMilliseconds,
        ':never': 0,
      });
      return { held: held(answer), stopRequested: Number(answer?.Attributes?.stopRequestedAt?.N ?? 0) > 0 };
    },
    noteReply: async (ts) => held(await update('SET replies = list_append(replies, :reply)', { ':reply': [ts] })),
    async close(outcome, reason) {
      const expression = `SET #state = :outcome, closedAt = :at${reason ? ', reason = :reason' : ''} REMOVE #open, dueAt, leaseOwner`;
      const values = { ':outcome': outcome, ':at': now(), ...(reason ? { ':reason': reason } : {}) };
      return held(await update(expression, values, { '#open': 'open' }));
    },
    release: async () =>
      held(await update('SET #state = :received, dueAt = :at REMOVE leaseOwner', { ':received': 'received', ':at': now() })),
  };
}
