import type { UpdateItemCommandInput, UpdateItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { unlessRefused } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import { type LedgerTableParams, openKeysOf, recordsOf, updateIf } from './dynamo-items.ts';
import type { Lease, LeaseAnswer, Leases, QuestionKey, QuestionRecord, WaitsFor } from './ledger.ts';
import { itemKeyOf, openMark, toRecord, waitingMark } from './record.ts';

export interface DynamoLeasesParams extends LedgerTableParams {
  /** How long a lease holds without being renewed. */
  readonly leaseMilliseconds: number;
}

export function createDynamoLeases(params: DynamoLeasesParams): Leases {
  return {
    async lease(key, owner) {
      const before = await firstOpenBefore(params, key);
      if (before !== undefined) return { kind: 'behind', messageTs: before };
      const taken = await unlessRefused(params.dynamoDb('UpdateItem', takeUpdate(params, key, owner)));
      if (!taken?.Attributes) return whyNot(params, key);
      return { kind: 'leased', lease: leaseOf(params, toRecord(taken.Attributes), owner) };
    },
    async postpone(key) {
      const values = { ':received': 'received', ':until': params.now() + params.leaseMilliseconds };
      await updateIf(params, key, { condition: '#state = :received', update: 'SET dueAt = :until', values });
    },
    thread: (thread) => recordsOf(params, thread),
  };
}

async function firstOpenBefore(params: LedgerTableParams, key: QuestionKey): Promise<string | undefined> {
  // Nothing is older than what opens its thread.
  if (key.messageTs === key.threadTs) return undefined;
  for await (const { message } of openKeysOf(params, key, key.messageTs)) return message?.S;
  return undefined;
}

/**
 * A question can be taken while nobody took it, or once the lease of whoever did ran out. One that waits for an account goes on whenever it
 * is brought: whether the account is there now, only the worker can find out.
 */
function takeUpdate({ tableName, now, leaseMilliseconds }: DynamoLeasesParams, key: QuestionKey, owner: string): UpdateItemCommandInput {
  const at = now();
  return {
    TableName: tableName,
    Key: itemKeyOf(key),
    UpdateExpression:
      'SET #state = :running, #open = :open, leaseOwner = :owner, dueAt = :until, startedAt = if_not_exists(startedAt, :at), ' +
      // A record that an older version made has neither.
      'leg = if_not_exists(leg, :zero), changes = if_not_exists(changes, :nothing)',
    // Our own lease counts: the SDK repeats a write whose answer got lost.
    ConditionExpression:
      '#state = :received OR (#state = :running AND (dueAt < :at OR leaseOwner = :owner)) OR (#state = :waiting AND waitsFor.#kind = :account)',
    ExpressionAttributeNames: { '#state': 'state', '#open': 'open', '#kind': 'kind' },
    ExpressionAttributeValues: marshall({
      ':running': 'running',
      ':received': 'received',
      ':waiting': 'waiting',
      ':account': 'account',
      ':open': openMark,
      ':owner': owner,
      ':until': at + leaseMilliseconds,
      ':at': at,
      ':zero': 0,
      ':nothing': {},
    }),
    ReturnValues: 'ALL_NEW',
  };
}

async function whyNot({ dynamoDb, tableName }: LedgerTableParams, key: QuestionKey): Promise<LeaseAnswer> {
  const { Item } = await dynamoDb('GetItem', { TableName: tableName, Key: itemKeyOf(key), ConsistentRead: true });
  if (!Item) return { kind: 'unknown' };
  return { kind: Item.open ? 'taken' : 'closed' };
}

/** Every write carries the condition that this owner still holds the question. */
function leaseOf(params: DynamoLeasesParams, record: QuestionRecord, owner: string): Lease {
  const { now, leaseMilliseconds } = params;
  const condition = '#state = :running AND leaseOwner = :owner';
  const update = (expression: string, values: Record<string, unknown>, names: Record<string, string> = {}, further?: string) =>
    updateIf(params, record.question, {
      condition: further === undefined ? condition : `${condition} AND ${further}`,
      update: expression,
      values: { ':running': 'running', ':owner': owner, ...values },
      names,
    });
  const held = (answer: UpdateItemCommandOutput | undefined) => answer !== undefined;

  const renew = async () => {
    const answer = await update('SET dueAt = :until', { ':until': now() + leaseMilliseconds });
    const at = (name: string) => Number(answer?.Attributes?.[name]?.N ?? 0);
    return {
      held: held(answer),
      stopRequested: at('stopRequestedAt') > 0,
      stopRefused: at('stopRefusedAt') > 0,
      withdrawn: at('withdrawnAt') > 0,
      edited: at('editedAt') > (record.editedAt ?? 0),
    };
  };

  return {
    record,
    renew,
    async noteChange({ revision: seen, ...change }) {
      const written = { ...change, revision: kernelId() };
      const values = { ':change': written, ':next': written.revision, ...(seen === undefined ? {} : { ':seen': seen }) };
      // What was stopped or deleted begins nothing more, though its worker may not know yet.
      const wanted = change.state === 'started' ? ` AND ${isWanted}` : '';
      const unseen = seen === undefined ? 'attribute_not_exists(changes.#id)' : 'changes.#id.revision = :seen';
      // Our own revision counts: the SDK repeats a write whose answer got lost.
      const further = `((${unseen}${wanted}) OR changes.#id.revision = :next)`;
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
  if (what.kind === 'account') return [expression, values, { '#open': 'open' }, isWanted];
  const isUndecided = `changes.#id.#state = :proposed AND ${isWanted}`;
  return [expression, { ...values, ':proposed': 'proposed' }, { '#open': 'open', '#id': what.change }, isUndecided];
}

/** Nobody has stopped it, or deleted its message. */
const isWanted = 'attribute_not_exists(stopRequestedAt) AND attribute_not_exists(withdrawnAt)';
