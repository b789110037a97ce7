import type { Question } from '@vera/protocol/question';
import { kernelId } from '@vera/service-kit/kernel-random';
import { bringBack } from './dynamo-bring-back.ts';
import {
  type ConditionalUpdate,
  type Item,
  isWanted,
  type LedgerTableParams,
  recordsOf,
  tryUpdate,
  updateIf,
  whole,
  writeOf,
} from './dynamo-items.ts';
import { firstOpenBefore } from './first-open-before.ts';
import type { Lease, Leases, QuestionKey, QuestionRecord, Renewal, Step, WaitsFor } from './ledger.ts';
import { openMark, toldOf, toRecord, waitingMark } from './record.ts';

export interface DynamoLeasesParams extends LedgerTableParams {
  /** How long a lease holds without being renewed. */
  readonly leaseMilliseconds: number;
}

export function createDynamoLeases(params: DynamoLeasesParams): Leases {
  return {
    async lease(key, owner, held) {
      const before = await firstOpenBefore(params, key);
      if (before) return before;
      const holder = { owner, taking: kernelId() };
      const taking = tryUpdate(params, key, takingBy(params, holder, held));
      const { written, stood } = await taking.catch(async (error: unknown) => {
        await untake(params, key, { ...holder, begun: held ? 0 : 1 });
        throw error;
      });
      if (written) return { kind: 'leased', lease: leaseOf(params, toRecord(written), holder) };
      if (!stood) return { kind: 'unknown' };
      return { kind: stood.open ? 'taken' : 'closed' };
    },
    async postpone(key, until) {
      const at = until ?? params.now();
      const values = { ':received': 'received', ':until': until ?? at + params.leaseMilliseconds, ':at': at };
      const update = 'SET dueAt = :until, unheldSince = :at';
      await updateIf(params, key, { kind: 'postpone', condition: '#state = :received', update, values });
    },
    async noteQueued(key) {
      const condition = '#state = :received AND attribute_not_exists(queuedAt) AND attribute_not_exists(foldedInto)';
      const values = { ':received': 'received', ':at': params.now() };
      return (await updateIf(params, key, { kind: 'queue', condition, update: 'SET queuedAt = :at', values })) !== undefined;
    },
    thread: (thread) => recordsOf(params, thread),
    since: (key) => recordsOf(params, key, key.messageTs),
  };
}

/** Owners may be equal, as of two processes made from one snapshot: a lease is told from any other by its taking. */
interface Holder {
  readonly owner: string;
  readonly taking: string;
}

/**
 * A question can be taken while nobody took it, once the lease of whoever did ran out, or by who holds it, for another turn. One that waits for
 * an account goes on whenever it is brought: whether the account is there now, only the worker can find out.
 */
function takingBy({ now, leaseMilliseconds }: DynamoLeasesParams, { owner, taking }: Holder, held: Lease | undefined) {
  const at = now();
  const isLeft = held ? `(dueAt < :at OR ${writeOf('lease')} = :held)` : 'dueAt < :at';
  return {
    kind: 'lease',
    write: taking,
    update:
      'SET #state = :running, #open = :open, leaseOwner = :owner, dueAt = :until, startedAt = if_not_exists(startedAt, :at), ' +
      // What stood there before this write.
      `attempts = attempts + :begun, takenAt = :at, formerTaking = if_not_exists(${writeOf('lease')}, :none), ` +
      // A record that an older version made has neither.
      'leg = if_not_exists(leg, :zero), changes = if_not_exists(changes, :nothing)',
    condition: `#state = :received OR (#state = :running AND ${isLeft}) OR (#state = :waiting AND waitsFor.#kind = :account)`,
    names: { '#open': 'open', '#kind': 'kind' },
    values: {
      ...{ ':running': 'running', ':received': 'received', ':waiting': 'waiting', ':account': 'account', ':open': openMark },
      ...{ ':owner': owner, ':until': at + leaseMilliseconds, ':at': at, ':zero': 0, ':nothing': {}, ':none': '', ':begun': held ? 0 : 1 },
      ':held': held?.taking,
    },
  };
}

/** Whoever does not know that it has a question never begins with it: it is free again, as far as that can be written, and no attempt counts. */
async function untake(params: DynamoLeasesParams, key: QuestionKey, { taking, begun }: Holder & { readonly begun: number }): Promise<void> {
  const { update, values } = givingBack(params.now(), { uncounted: begun, pause: 0 });
  const condition = `#state = :running AND ${writeOf('lease')} = :taking`;
  const untaking = {
    kind: 'end',
    condition,
    update: `${update} REMOVE leaseOwner`,
    values: { ...values, ':running': 'running', ':taking': taking },
  };
  // Where it cannot, the lease runs out.
  await updateIf(params, key, untaking).catch(() => undefined);
}

function renewalOf(item: Item | undefined): Renewal {
  const at = (name: string) => Number(item?.[name]?.N ?? 0);
  return {
    held: item !== undefined,
    stopRequested: at('stopRequestedAt') > 0,
    stopRefused: at('stopRefusedAt') > 0,
    withdrawn: at('withdrawnAt') > 0,
    editedAt: at('editedAt'),
  };
}

function leaseOf(params: DynamoLeasesParams, record: QuestionRecord, holder: Holder): Lease {
  const { now, leaseMilliseconds } = params;
  const update = updateWhileHeld(params, record, holder);
  const held = (item: Item | undefined) => item !== undefined;

  const prolonging = (more = '') => ({ update: `SET dueAt = :until${more}`, values: { ':until': now() + leaseMilliseconds } });
  const renew = async () => renewalOf(await update('renew', prolonging()));

  return {
    record,
    taking: holder.taking,
    renew,
    async noteChange({ revision: seen, ...change }) {
      const written = { ...change, revision: kernelId() };
      const unseen = seen === undefined ? 'attribute_not_exists(changes.#id)' : 'changes.#id.revision = :seen';
      const noted = await update('change', {
        update: 'SET changes.#id = :change',
        // What was stopped or deleted begins nothing more, though its worker may not know yet.
        further: change.state === 'started' ? `${unseen} AND ${isWanted}` : unseen,
        values: { ':change': written, ':seen': seen },
        names: { '#id': change.id },
        isDone: (item) => item.changes?.M?.[change.id]?.M?.revision?.S === written.revision,
      });
      return held(noted) ? written : undefined;
    },
    fold: (messageTs, editedAt) => fold(params, record.question, messageTs, editedAt),
    async wait(what, folded = [], wordsAt, { told = {}, steps = [] } = {}) {
      if (held(await update('end', waitingBy(what, { folded, wordsAt, told, steps })))) return 'waiting';
      if (!(await renew()).held) return 'lost';
      // By what it took in the next turn knows what this one's model has read.
      const values = { ...legValues, ':begun': 1, ':folded': folded };
      const over = update('leg', { update: `SET folded = :folded, ${nextLeg} REMOVE startedAt, waitsFor`, values });
      return held(await over) ? 'over' : 'lost';
    },
    goAlone: async () => held(await update('alone', prolonging(' REMOVE foldedInto'))),
    async noteReply(ts, digest) {
      const file = digest === undefined ? '' : ', beside = list_append(if_not_exists(beside, :none), :file)';
      const noted = await update('reply', {
        update: `SET replies = list_append(replies, :reply)${file}`,
        further: 'NOT contains(replies, :ts)',
        values: { ':reply': [ts], ':ts': ts, ...(digest === undefined ? {} : { ':none': [], ':file': [{ ts, digest }] }) },
        isDone: (item) => isHeldBy(holder, item) && (item.replies?.L ?? []).some(({ S }) => S === ts),
      });
      return held(noted);
    },
    async close(outcome, reason, folded = [], steps = []) {
      const noted = notedSteps(steps);
      const set = `SET #state = :outcome, closedAt = :at, folded = :folded${reason ? ', reason = :reason' : ''}${noted.set}`;
      const closing = { set, removed: '#open, dueAt, leaseOwner', names: { '#open': 'open' } };
      const values = { ':outcome': outcome, ':at': now(), ':folded': folded, ':reason': reason || undefined, ...noted.values };
      const isClosed = held(await update('end', whole({ ...closing, values }, reason === 'withdrawn')));
      if (isClosed) await bringBack(params, record, now() + leaseMilliseconds);
      return isClosed;
    },
    release: async (why, cause) => held(await update('end', releasing(params, record, { why, cause }))),
  };
}

function releasing(
  { now, leaseMilliseconds }: DynamoLeasesParams,
  { hindrances = 0 }: QuestionRecord,
  { why, cause }: { readonly why: 'unbegun' | 'hindered' | undefined; readonly cause: string | undefined },
): HeldUpdate {
  const isHindered = why === 'hindered' && hindrances < mostHindrances;
  const pause = isHindered ? pauseAfter(hindrances, leaseMilliseconds) : 0;
  const { update, values } = givingBack(now(), { uncounted: why === 'unbegun' ? 1 : 0, pause });
  const noted = { ...values, ':hindrances': hindrances + (isHindered ? 1 : 0), ':cause': cause };
  const because = cause === undefined ? '' : ', brokeOff = :cause';
  return { update: `${update}, hindrances = :hindrances${because} REMOVE leaseOwner`, values: noted };
}

/** Back on its way to a worker, due after a pause in milliseconds. */
function givingBack(at: number, { uncounted, pause }: { readonly uncounted: number; readonly pause: number }) {
  return {
    update: 'SET #state = :received, dueAt = :due, unheldSince = :at, attempts = attempts - :uncounted',
    values: { ':received': 'received', ':at': at, ':due': at + pause, ':uncounted': uncounted },
  };
}

/** What hinders its workers so often is perhaps the question itself. */
const mostHindrances = 12;

/** One that is told to end makes nobody wait; where too much comes at once, all of it goes on later instead of being done again and again. */
function pauseAfter(hindrances: number, leaseMilliseconds: number): number {
  return hindrances === 0 ? 0 : leaseMilliseconds * Math.min(1.5, 2 ** (hindrances - 1) / 10);
}

interface HeldUpdate extends Omit<ConditionalUpdate, 'kind' | 'condition'> {
  /** Beside that it is held. */
  readonly further?: string;
}

/** Every write carries the condition that this holder still has the question. */
function updateWhileHeld(params: LedgerTableParams, { question }: QuestionRecord, { owner, taking }: Holder) {
  const condition = `#state = :running AND leaseOwner = :owner AND ${writeOf('lease')} = :taking`;
  return (kind: string, { further, values, ...update }: HeldUpdate) =>
    updateIf(params, question, {
      ...{ kind, condition: further === undefined ? condition : `${condition} AND ${further}` },
      ...{ ...update, values: { ':running': 'running', ':owner': owner, ':taking': taking, ...values } },
    });
}

function isHeldBy({ owner, taking }: Holder, item: Item): boolean {
  return item.leaseOwner?.S === owner && item[writeOf('lease')]?.S === taking;
}

/**
 * It and a worker's lease of the message exclude each other. It says nothing yet: only who holds the question ends it, and says then whose words
 * it took in, so that one who lost it meanwhile folds in vain.
 */
async function fold(
  params: LedgerTableParams,
  into: Question,
  messageTs: string,
  editedAt: number | undefined,
): Promise<QuestionRecord | undefined> {
  const isRead = editedAt === undefined ? 'attribute_not_exists(editedAt)' : 'editedAt = :read';
  const folded = await updateIf(
    params,
    { ...into, messageTs },
    {
      kind: 'fold',
      condition: `${isUnbegun} AND ${isWanted} AND ${isRead} AND (attribute_not_exists(foldedInto) OR foldedInto = :into)`,
      update: 'SET foldedInto = :into',
      values: { ':received': 'received', ':zero': 0, ':into': into.messageTs, ':read': editedAt },
    },
  );
  return folded && toRecord(folded);
}

const isUnbegun = '#state = :received AND attempts = :zero AND leg = :zero';

/** What was posted so far stays, and attempts are counted anew. */
const nextLeg =
  'leg = leg + :one, said = list_append(if_not_exists(said, :none), replies), replies = :none, attempts = :begun, hindrances = :unhindered';
const legValues = { ':one': 1, ':none': [], ':unhindered': 0 };

/** Beside those of the turns before. */
function notedSteps(steps: readonly Step[]) {
  return steps.length === 0
    ? { set: '', values: {} }
    : { set: ', steps = list_append(if_not_exists(steps, :nosteps), :steps)', values: { ':nosteps': [], ':steps': steps } };
}

interface Knowing {
  readonly steps: readonly Step[];
  readonly folded: readonly string[];
  readonly wordsAt: number | undefined;
  readonly told: Readonly<Record<string, number>>;
}

/** Without `wordsAt` it waits whatever was said meanwhile. */
function waitingBy(what: WaitsFor, { folded, wordsAt, told, steps }: Knowing): HeldUpdate {
  const noted = notedSteps(steps);
  const known = Object.entries(told).map(([messageTs, at], index) => ({
    name: `#told${index}`,
    is: toldOf(messageTs),
    value: `:told${index}`,
    at,
  }));
  const set = [
    '#state = :waiting, #open = :mark, dueAt = :until, waitsFor = :what, folded = :folded',
    ...known.map(({ name, value }) => `${name} = ${value}`),
  ];
  const update = `SET ${set.join(', ')}${noted.set}, ${nextLeg} REMOVE leaseOwner, startedAt`;
  const waiting = { ':waiting': 'waiting', ':mark': waitingMark, ':until': what.until, ':what': what, ':folded': folded };
  const isKnown = wordsAt === undefined ? '' : ` AND (${wordsAt === 0 ? 'attribute_not_exists(wordsAt)' : 'wordsAt = :words'})`;
  const values = {
    ...{ ...waiting, ...legValues, ...noted.values, ':begun': 0, ':words': wordsAt || undefined },
    ...Object.fromEntries(known.map(({ value, at }) => [value, at])),
  };
  const names = { '#open': 'open', ...Object.fromEntries(known.map(({ name, is }) => [name, is])) };
  const further = `${isWanted}${isKnown}`;
  if (what.kind === 'account') return { update, values, names, further };
  return {
    ...{ update, values: { ...values, ':proposed': 'proposed' }, names: { ...names, '#id': what.change } },
    further: `changes.#id.#state = :proposed AND ${further}`,
  };
}
