import { type Change, hashOfChange } from '@vera/protocol/change';
import type { Question } from '@vera/protocol/question';
import type { Clock } from '@vera/service-kit/clock';
import type { SlackCall } from '@vera/slack/slack-calls';
import { accountOf, type PersonAccounts } from '../accounts/person-accounts.ts';
import type { Hold as LeaseHold } from '../questions/hold-lease.ts';
import type { People } from '../thread/people.ts';
import type { PersonTool } from '../tools/person-tool.ts';
import { carryOut, type Ended, type Means, notWrittenDown, recover, unknownEnd } from './carry-out.ts';
import { type ChangedFor, showCard } from './show-card.ts';

export interface SettleParams extends Clock {
  readonly call: SlackCall;
  /** Undefined: people's accounts cannot be used here any more. */
  readonly accounts?: PersonAccounts | undefined;
  readonly people: Pick<People, 'isColleague'>;
  readonly offerTools?: (question: Question) => Promise<{ readonly personTools: readonly PersonTool[] }>;
}

interface Hold extends ChangedFor, Pick<LeaseHold, 'lost' | 'isLost'> {
  /** Nothing is begun any more once it is aborted. */
  readonly signal: AbortSignal;
}

/**
 * Brings every change of the question on as far as it goes: does what was approved, gives up what was not in time, and shows each card as
 * it stands. Gives the change that is still waiting for a person, if there is one.
 */
export async function settleChanges(params: SettleParams, hold: Hold): Promise<Change | undefined> {
  let open: Change | undefined;
  for (const change of hold.book.all) {
    const settled = await showCard(params.call, hold, await settle(params, hold, change));
    if (settled.state === 'proposed') open = settled;
  }
  return open;
}

/** The same where the question ends, whatever was proposed. As an outsider nothing is done, whoever said yes while they were a colleague. */
export async function endChanges(params: SettleParams, hold: Hold): Promise<void> {
  const accounts = hold.question.isExternal ? undefined : params.accounts;
  await settleChanges({ ...params, accounts }, { ...hold, isEnding: true });
}

async function settle(params: SettleParams, hold: Hold, change: Change): Promise<Change> {
  const { accounts, call, now } = params;
  const { book, signal } = hold;
  switch (change.state) {
    case 'proposed':
      if (isUnwanted(hold)) {
        const text = signal.reason === 'withdrawn' ? deletedBefore : stoppedBefore;
        return book.write({ ...change, state: 'expired', result: { text } });
      }
      if (book.isOutdated(change)) return book.write({ ...change, state: 'expired', isWithdrawn: true });
      if (hold.isEnding) return book.write({ ...change, state: 'expired', result: { text: endedBefore } });
      return accounts && now() < change.expiresAt ? change : book.write({ ...change, state: 'expired' });
    case 'approved':
      if (isUnwanted(hold)) return book.write({ ...change, state: 'failed', result: { text: stoppedBefore } });
      signal.throwIfAborted();
      // First the card: whoever pressed the button sees that it counted.
      return performChange(params, hold, await showCard(call, hold, change));
    case 'started':
      // Somebody died over it.
      return book.write({ ...change, ...(await findOut(params, hold, change)) });
    case 'denied':
    case 'expired':
    case 'done':
    case 'failed':
    case 'unknown':
      return change;
  }
}

const stoppedBefore = 'It was stopped before it began.';
const endedBefore = 'The question was over before anybody approved it.';
const deletedBefore = 'The question was deleted before anybody approved it.';

/** The question was stopped, or its message deleted. */
function isUnwanted({ signal }: Hold): boolean {
  return signal.reason === 'stop' || signal.reason === 'withdrawn';
}

/** After an outage a yes is too old to be acted on, in milliseconds. */
const longestDelay = 60 * 60_000;

/**
 * Does what was approved: that it begins goes on record before, how it ended after. Gives the change as it is then: `done`, `failed` (nothing was
 * changed) or `unknown`.
 */
export async function performChange(params: SettleParams, hold: Hold, change: Change): Promise<Change> {
  const { book, signal, log } = hold;
  const line = log.with({ change: change.id, tool: change.tool });
  const fail = (text: string) => {
    line.warn('change.failed', { reason: text });
    return book.write({ ...change, state: 'failed', result: { text } });
  };
  if (params.now() > change.expiresAt + longestDelay) return fail(tooLongAgo);
  const means = await meansOf(params, hold, change);
  if (typeof means === 'string') return fail(means);
  const noteBegun = () => book.noteBegun(change);
  if (!(await noteBegun())) return book.write({ ...change, ...notWrittenDown });
  // Finding the tool, refreshing the account and writing it down took their time.
  if (isUnwanted(hold)) return fail(stoppedBefore);
  signal.throwIfAborted();
  const started = await book.write({ ...change, state: 'started' });
  const ended = await carryOut(params, means, { change: started, hold, log: line, noteBegun });
  return book.write({ ...started, ...ended });
}

/** What became of a change that another worker began. What kept it from being begun now keeps it from being done again. */
async function findOut(params: SettleParams, hold: Hold, change: Change): Promise<Ended> {
  const log = hold.log.with({ change: change.id, tool: change.tool });
  const means = await meansOf(params, hold, change);
  if (typeof means === 'string') return unknownEnd(log);
  const tooLate = params.now() > change.expiresAt + longestDelay ? tooLongAgo : undefined;
  return recover(params, means, {
    change,
    hold,
    log,
    noteBegun: () => hold.book.noteBegun(change),
    stopped: isUnwanted(hold) ? stoppedBefore : tooLate,
  });
}

const tooLongAgo = 'It was approved too long ago.';

/** The tool and the account for a change, or why there are none. */
async function meansOf({ accounts, people, offerTools }: SettleParams, { question }: Hold, change: Change): Promise<Means | string> {
  // The ledger is ours, and still this is looked at once more: what was shown is what is done.
  if (hashOfChange(change) !== change.hash || change.asker !== question.userId) return 'What was approved is not what would be done.';
  if (!accounts) return 'People’s accounts cannot be used here any more.';
  if (change.decidedBy !== undefined && !(await people.isColleague(change.decidedBy))) return 'Who approved it is no colleague any more.';
  const isIt = (tool: PersonTool) => tool.name === change.tool && tool.kind === 'write';
  const tool = accounts.tools.find(isIt) ?? (await offerTools?.(question))?.personTools.find(isIt);
  if (tool?.kind !== 'write') return 'The tool for it is not there any more.';
  const account = await accountOf(accounts, question, tool.provider);
  if (account.kind === 'unavailable') return 'The account of the person could not be used just then.';
  if (account.kind !== 'token') return 'The account of the person is not connected any more.';
  if (account.accountId !== change.account) return 'Another account of the person is connected now.';
  return { tool, account };
}
