import { type Change, hashOfChange } from '@vera/protocol/change';
import type { Question } from '@vera/protocol/question';
import { shorten, textLimits } from '@vera/protocol/shorten';
import type { Log } from '@vera/service-kit/log';
import { type PersonAccount, type PersonWrite, UncertainChange } from '../tools/person-tool.ts';
import { ToolFailure } from '../tools/tool.ts';
import type { ChangeBook } from './change-book.ts';
import { accountOf, type PersonAccounts } from './person-accounts.ts';

export interface PerformParams {
  /** Undefined: people's accounts cannot be used here any more. */
  readonly accounts: PersonAccounts | undefined;
  /** The tool of this name, if it is there. */
  readonly writeOf: (name: string) => Promise<PersonWrite | undefined>;
  readonly book: ChangeBook;
  readonly question: Question;
  /** Nothing is begun any more once it is aborted. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

export const stoppedBefore = 'It was stopped before it began.';

/** After an outage a yes is too old to be acted on, in milliseconds. */
const longestDelay = 60 * 60_000;
/** The longest a change may take, in milliseconds. Not ended by a stop or a shutdown: it would not be known what was done. */
const patience = 60_000;

/**
 * Does what was approved, once: that it begins goes on record before, how it ended after. Gives the change as it is then: `done`, `failed`
 * (nothing was changed) or `unknown`.
 */
export async function performChange(params: PerformParams, change: Change): Promise<Change> {
  const { accounts, writeOf, book, question, signal, now, log } = params;
  const line = log.with({ change: change.id, tool: change.tool });
  const fail = (text: string) => {
    line.warn('change.failed', { reason: text });
    return book.write({ ...change, state: 'failed', result: { text } });
  };
  // The ledger is ours, and still this is looked at once more: what was shown is what is done.
  if (hashOfChange(change) !== change.hash || change.asker !== question.userId) return fail('What was approved is not what would be done.');
  if (!accounts) return fail('People’s accounts cannot be used here any more.');
  if (now() > change.expiresAt + longestDelay) return fail('It was approved too long ago.');
  const tool = await writeOf(change.tool);
  if (!tool) return fail('The tool for it is not there any more.');
  const account = await accountOf(accounts, question, tool.provider);
  if (account.kind === 'unavailable') return fail('The account of the person could not be used just then.');
  if (account.kind !== 'token') return fail('The account of the person is not connected any more.');
  if (account.accountId !== change.account) return fail('Another account of the person is connected now.');
  // Finding the tool and refreshing the account took their time.
  if (signal.reason === 'stop') return fail(stoppedBefore);
  signal.throwIfAborted();
  const started = await book.write({ ...change, state: 'started' });
  const ended = await outcomeOf(tool, account, started, line);
  return book.write({ ...started, ...ended });
}

async function outcomeOf(tool: PersonWrite, account: PersonAccount, { args }: Change, log: Log): Promise<Pick<Change, 'state' | 'result'>> {
  const began = performance.now();
  try {
    const { text, link } = await tool.perform(JSON.parse(args), account, AbortSignal.timeout(patience));
    log.info('change.done', { milliseconds: Math.round(performance.now() - began) });
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
  }
}
