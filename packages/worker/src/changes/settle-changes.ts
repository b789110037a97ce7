import { type Change, hashOfChange } from '@vera/protocol/change';
import type { Question } from '@vera/protocol/question';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { type Clock, createDeadline } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import type { SlackCall } from '@vera/slack/slack-calls';
import { accountOf, type PersonAccounts } from '../accounts/person-accounts.ts';
import type { People } from '../thread/people.ts';
import { type PersonAccount, type PersonTool, type PersonWrite, UncertainChange } from '../tools/person-tool.ts';
import { ToolFailure } from '../tools/tool.ts';
import { type ChangedFor, showCard } from './show-card.ts';

export interface SettleParams extends Clock {
  readonly call: SlackCall;
  /** Undefined: people's accounts cannot be used here any more. */
  readonly accounts?: PersonAccounts | undefined;
  readonly people: Pick<People, 'isColleague'>;
  readonly offerTools?: (question: Question) => Promise<{ readonly personTools: readonly PersonTool[] }>;
}

interface Hold extends ChangedFor {
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

async function settle(params: SettleParams, hold: Hold, change: Change): Promise<Change> {
  const { accounts, call, now } = params;
  const { book, log, signal } = hold;
  switch (change.state) {
    case 'proposed':
      if (signal.reason === 'stop') return book.write({ ...change, state: 'expired', result: { text: stoppedBefore } });
      return accounts && now() < change.expiresAt && signal.reason !== 'withdrawn' ? change : book.write({ ...change, state: 'expired' });
    case 'approved':
      if (signal.reason === 'stop' || signal.reason === 'withdrawn')
        return book.write({ ...change, state: 'failed', result: { text: stoppedBefore } });
      signal.throwIfAborted();
      // First the card: whoever pressed the button sees that it counted.
      return performChange(params, hold, await showCard(call, hold, change));
    case 'started':
      // Somebody died over it.
      log.error('change.unknown', { change: change.id });
      return book.write({ ...change, state: 'unknown' });
    case 'denied':
    case 'expired':
    case 'done':
    case 'failed':
    case 'unknown':
      return change;
  }
}

const stoppedBefore = 'It was stopped before it began.';

/** After an outage a yes is too old to be acted on, in milliseconds. */
const longestDelay = 60 * 60_000;
/** The longest a change may take, in milliseconds. Not ended by a stop or a shutdown: it would not be known what was done. */
const patience = 60_000;

/**
 * Does what was approved, once: that it begins goes on record before, how it ended after. Gives the change as it is then: `done`, `failed`
 * (nothing was changed) or `unknown`.
 */
export async function performChange(params: SettleParams, { book, question, signal, log }: Hold, change: Change): Promise<Change> {
  const { accounts, now, people } = params;
  const line = log.with({ change: change.id, tool: change.tool });
  const fail = (text: string) => {
    line.warn('change.failed', { reason: text });
    return book.write({ ...change, state: 'failed', result: { text } });
  };
  // The ledger is ours, and still this is looked at once more: what was shown is what is done.
  if (hashOfChange(change) !== change.hash || change.asker !== question.userId) return fail('What was approved is not what would be done.');
  if (!accounts) return fail('People’s accounts cannot be used here any more.');
  if (now() > change.expiresAt + longestDelay) return fail('It was approved too long ago.');
  if (change.decidedBy !== undefined && !(await people.isColleague(change.decidedBy)))
    return fail('Who approved it is no colleague any more.');
  const tool = await findWrite(params, question, accounts, change.tool);
  if (!tool) return fail('The tool for it is not there any more.');
  const account = await accountOf(accounts, question, tool.provider);
  if (account.kind === 'unavailable') return fail('The account of the person could not be used just then.');
  if (account.kind !== 'token') return fail('The account of the person is not connected any more.');
  if (account.accountId !== change.account) return fail('Another account of the person is connected now.');
  // Finding the tool and refreshing the account took their time.
  if (signal.reason === 'stop' || signal.reason === 'withdrawn') return fail(stoppedBefore);
  signal.throwIfAborted();
  const started = await book.write({ ...change, state: 'started' });
  const ended = await carryOut(params, tool, account, { change: started, log: line });
  return book.write({ ...started, ...ended });
}

async function findWrite(
  { offerTools }: SettleParams,
  question: Question,
  { tools }: PersonAccounts,
  name: string,
): Promise<PersonWrite | undefined> {
  const isIt = (tool: PersonTool) => tool.name === name && tool.kind === 'write';
  const own = tools.find(isIt) ?? (await offerTools?.(question))?.personTools.find(isIt);
  return own?.kind === 'write' ? own : undefined;
}

async function carryOut(
  clock: Clock,
  tool: PersonWrite,
  account: PersonAccount,
  { change, log }: { readonly change: Change; readonly log: Log },
): Promise<Pick<Change, 'state' | 'result'>> {
  const began = clock.monotonic();
  const tooLong = createDeadline(clock, patience);
  try {
    const { text, link } = await tool.perform(JSON.parse(change.args), account, tooLong.signal);
    log.info('change.done', { milliseconds: Math.round(clock.monotonic() - began) });
    return { state: 'done', result: { text: shorten(text, textLimits.changeResult), ...(link ? { link } : {}) } };
  } catch (error) {
    if (error instanceof ToolFailure) {
      log.warn('change.failed', { error });
      return { state: 'failed', result: { text: shorten(error.message, textLimits.changeResult) } };
    }
    log.error('change.unknown', { error });
    return {
      state: 'unknown',
      ...(error instanceof UncertainChange ? { result: { text: shorten(error.message, textLimits.changeResult) } } : {}),
    };
  } finally {
    tooLong.end();
  }
}
