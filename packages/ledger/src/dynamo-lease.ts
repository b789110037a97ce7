import type { UpdateItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { kernelId } from '@vera/service-kit/kernel-random';
import type { DynamoLedgerParams } from './dynamo-inbox.ts';
import type { Lease, QuestionRecord, WaitsFor } from './ledger.ts';
import { waitingMark } from './record.ts';
import { updateIf } from './update-if.ts';

/** Every write carries the condition that this owner still holds the question. */
export function createDynamoLease(params: DynamoLedgerParams, record: QuestionRecord, owner: string, leaseMilliseconds: number): Lease {
  const { now } = params;
  const condition = '#state = :running AND leaseOwner = :owner';
  const update = (expression: string, values: Record<string, unknown>, names: Record<string, string> = {}, further?: string) =>
    updateIf(params, record.question, {
      condition: further === undefined ? condition : `${condition} AND ${further}`,
      update: expression,
      values: { ':running': 'running', ':owner': owner, ...values },
      names,
    });
  const held = (answer: UpdateItemCommandOutput | undefined) => answer !== undefined;

  // Touching the stop mark, without changing it, makes DynamoDB return it along with what changed.
  const renew = async () => {
    const expression = 'SET dueAt = :until, stopRequestedAt = if_not_exists(stopRequestedAt, :never)';
    const answer = await update(expression, { ':until': now() + leaseMilliseconds, ':never': 0 });
    return { held: held(answer), stopRequested: Number(answer?.Attributes?.stopRequestedAt?.N ?? 0) > 0 };
  };

  return {
    record,
    renew,
    async noteChange({ revision: seen, ...change }) {
      const written = { ...change, revision: kernelId() };
      const values = { ':change': written, ':next': written.revision, ...(seen === undefined ? {} : { ':seen': seen }) };
      const unseen = seen === undefined ? 'attribute_not_exists(changes.#id)' : 'changes.#id.revision = :seen';
      // Our own revision counts: the SDK repeats a write whose answer got lost.
      const further = `(${unseen} OR changes.#id.revision = :next)`;
      return held(await update('SET changes.#id = :change', values, { '#id': change.id }, further)) ? written : undefined;
    },
    async wait(what) {
      if (held(await update(...waitingBy(what)))) return 'waiting';
      if (!(await renew()).held) return 'lost';
      const over = `SET ${nextLeg}, waitsFor = :what REMOVE startedAt`;
      return held(await update(over, { ...legValues, ':what': what })) ? 'over' : 'lost';
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

/** What was posted so far stays, and a new attempt may take three turns again. */
const nextLeg = 'leg = leg + :one, replies = :none, attempts = :one';
const legValues = { ':one': 1, ':none': [] };

function waitingBy(what: WaitsFor): [string, Record<string, unknown>, Record<string, string>, string | undefined] {
  const expression = `SET #state = :waiting, #open = :mark, dueAt = :until, waitsFor = :what, ${nextLeg} REMOVE leaseOwner, startedAt`;
  const values = { ':waiting': 'waiting', ':mark': waitingMark, ':until': what.until, ':what': what, ...legValues };
  if (what.kind === 'account') return [expression, values, { '#open': 'open' }, undefined];
  return [expression, { ...values, ':proposed': 'proposed' }, { '#open': 'open', '#id': what.change }, 'changes.#id.#state = :proposed'];
}
