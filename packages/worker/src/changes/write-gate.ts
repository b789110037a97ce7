import type { ProviderId } from '@vera/accounts/account';
import { type Change, hashOfChange } from '@vera/protocol/change';
import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import { fitsOnCard } from '@vera/slack/change-card';
import { accountOf, type PersonAccounts, patienceWithPeople } from '../accounts/person-accounts.ts';
import type { HelperName } from '../delegation/delegated-task.ts';
import { AccountRefused, type PersonAccount, type PersonTool, type PersonWrite } from '../tools/person-tool.ts';
import { type Tool, ToolFailure, type ToolOutput } from '../tools/tool.ts';
import { type ChangeBook, isSetAside, outcomeOf } from './change-book.ts';
import { changeKey, isSameJson } from './change-key.ts';

/** What the work on a question waits for. */
export type Pause =
  | { readonly kind: 'decision'; readonly change: Change }
  | { readonly kind: 'account'; readonly provider: ProviderId; readonly need: string };

export interface WriteGateParams {
  readonly accounts: PersonAccounts;
  readonly question: Question;
  readonly book: ChangeBook;
  /** Epoch milliseconds. */
  /** Which words the model knows: the `wordsAt` of the question as they were. */
  readonly wordsAt: () => number;
  readonly now: () => number;
  readonly log: Log;
}

/** After "To …". */
const needs: Readonly<Record<ProviderId, Readonly<Record<PersonTool['kind'], string>>>> = {
  atlassian: { read: 'read Jira and Confluence as you', write: 'change something in Jira or Confluence as you' },
  github: { read: 'read GitHub as you', write: 'change something on GitHub as you' },
};
const mostChanges = 10;
const onceMore = 'The same was done for this question already. This does it another time.';
const notTwice = 'That was before: nothing was done now. Only if the person wants the same a second time, call this once more.';
const notHere = 'Changes have to be approved by others here, who cannot see this direct message. The person can ask for it in a channel.';
/** Bytes of JSON of all changes of a question: its record holds 400 KB, with the question itself and what came of each change. */
const largestTogether = 160_000;

/**
 * Stands between the model and everything that acts as a person: reads run at once on their account, writes are put on record as proposals
 * and end the run. Nothing here changes anything.
 */
export class WriteGate {
  pause: Pause | undefined;
  /** Set when it is not known whether a proposal is on record: nothing may be said before that is looked up. */
  failure: unknown;
  private before: Promise<unknown> = Promise.resolve();
  private readonly paused = new AbortController();
  /** Changes on record that this run was told of: each answers one equal order of it. */
  private readonly told = new Set<string>();
  private readonly params: WriteGateParams;

  constructor(params: WriteGateParams) {
    this.params = params;
  }

  /** Aborts once there is something to wait for. */
  get signal(): AbortSignal {
    return this.paused.signal;
  }

  get accounts(): PersonAccounts {
    return this.params.accounts;
  }

  /** `helper`: who wants it, where that is not the answer itself. */
  toTool(tool: PersonTool, helper?: HelperName): Tool {
    const { name, description, title, inputSchema, details } = tool;
    return {
      name,
      description,
      title,
      inputSchema,
      ...(details ? { details } : {}),
      as: 'asker',
      run: (input, signal) => this.inTurn(() => this.run({ tool, helper }, input, signal)),
    };
  }

  /** The model may call several at once; the first one is what is waited for. */
  private inTurn(run: () => Promise<ToolOutput>): Promise<ToolOutput> {
    const mine = this.before.then(run);
    this.before = mine;
    return mine;
  }

  private async run(wanted: Wanted, input: unknown, signal: AbortSignal): Promise<ToolOutput> {
    const { question } = this.params;
    if (question.botId !== undefined) return refusal('Only people have accounts to act with; a bot asked here.');
    if (this.pause || this.failure !== undefined) return refusal('Something is being waited for already. Only one thing at a time.');
    return this.runAs(wanted, input, signal);
  }

  /** `refused`: the token with which it was tried before. */
  private async runAs(wanted: Wanted, input: unknown, signal: AbortSignal, refused?: string): Promise<ToolOutput> {
    const { tool, helper } = wanted;
    const { accounts, question, book, log } = this.params;
    const account = await accountOf(accounts, question, tool.provider, refused);
    if (account.kind === 'unavailable')
      return refusal('The account of the person cannot be used just now. Say so; they can ask again in a minute.');
    if (account.kind !== 'token') return this.withoutAccount(tool);
    try {
      if (tool.kind === 'read') {
        const result = await book.whileNoting({ tool: tool.name, system: tool.provider, account: account.accountId, input }, () =>
          tool.read(input, account, signal),
        );
        return typeof result === 'string' ? { text: result, isError: false } : { ...result, isError: false };
      }
      return await this.propose({ tool, helper }, input, account, signal);
    } catch (error) {
      // Ended by the person at the provider, as far as we know: a new token is got, or they are asked to connect again.
      if (error instanceof AccountRefused && refused === undefined) return this.runAs(wanted, input, signal, account.token);
      if (error instanceof ToolFailure) return refusal(error.message);
      log.warn('person-tool.failed', { tool: tool.name, error });
      return refusal(`${tool.name} failed unexpectedly. Nothing was changed.`);
    }
  }

  private withoutAccount(tool: PersonTool): ToolOutput {
    if (tool.kind === 'read' && tool.withoutAccount !== undefined) return refusal(tool.withoutAccount);
    this.end({ kind: 'account', provider: tool.provider, need: needs[tool.provider][tool.kind] });
    return { text: 'The person has to connect their account first.', isError: false, told: 'waits for an account', isOwnWords: true };
  }

  private async propose(
    { tool, helper }: Wanted<PersonWrite>,
    input: unknown,
    account: PersonAccount,
    signal: AbortSignal,
  ): Promise<ToolOutput> {
    const { accounts, question, book, wordsAt, now, log } = this.params;
    // Before anything is looked up: what was done already may be in the way of being proposed.
    const same = book.all.filter((change) => change.tool === tool.name && isSameJson(change.input, input));
    const known = this.recorded(same);
    if (known) return known;
    const approvers = accounts.approvers.length > 0 ? accounts.approvers : [question.userId];
    if (question.isDirect && !approvers.includes(question.userId)) throw new ToolFailure(notHere);
    const { title, system, changes, args } = await tool.propose(input, account, signal);
    const equal = book.all.filter((change) => same.includes(change) || (change.tool === tool.name && isSameJson(change.args, args)));
    const recorded = this.recorded(equal);
    if (recorded) return recorded;
    const about = {
      id: changeKey({ question: question.id, tool: tool.name, args, nth: equal.length }),
      tool: tool.name,
      input: JSON.stringify(input),
      args: JSON.stringify(args),
      title,
      system,
      fields: [...changes, ...(equal.some((change) => !isSetAside(change)) ? [{ field: 'Once more', after: onceMore }] : [])],
      ...(helper ? { helper } : {}),
      asker: question.userId,
      account: account.accountId,
      approvers: [...approvers],
      proposedAt: now(),
      expiresAt: now() + patienceWithPeople,
      forWords: wordsAt(),
      state: 'proposed' as const,
    };
    if (!fitsOnCard(about)) {
      throw new ToolFailure('This is longer than a card can show, and nobody approves what they cannot read. Shorten it, or split it up.');
    }
    const hash = hashOfChange(about);
    if (book.all.length >= mostChanges) throw new ToolFailure(`No more than ${mostChanges} changes for one question.`);
    if (Buffer.byteLength(JSON.stringify([...book.all, about])) > largestTogether) {
      throw new ToolFailure('This is more than can be kept for one question. Shorten it, or have the person ask for the rest by itself.');
    }
    const change = await book.write({ ...about, hash }).catch((error: unknown) => {
      this.failure = error;
      this.paused.abort('failure');
      throw error;
    });
    log.info('change.proposed', { change: change.id, tool: tool.name });
    this.end({ kind: 'decision', change });
    return { text: 'The person is being asked for approval.', isError: false, told: 'waits for a yes', isOwnWords: true };
  }

  /**
   * What an order comes to that equals changes on record, oldest first. A model that takes up a broken run orders again what was done: the first
   * such order of a run is answered by the first change, the second by the second. One beyond them is a wish for the same once more. What was set
   * aside may be wanted, too.
   */
  private recorded(equal: readonly Change[]): ToolOutput | undefined {
    const known = equal.filter((change) => !isSetAside(change));
    const change = known.find(({ id }) => !this.told.has(id)) ?? known.find(({ state }) => state !== 'done');
    if (!change) return undefined;
    this.told.add(change.id);
    const { text, ...rest } = outcomeOf(change);
    return { ...rest, text: change.state === 'done' ? `${text} ${notTwice}` : text };
  }

  private end(pause: Pause): void {
    this.pause = pause;
    this.paused.abort('pause');
  }
}

/** A tool, and the helper that calls it. */
interface Wanted<Called extends PersonTool = PersonTool> {
  readonly tool: Called;
  readonly helper: HelperName | undefined;
}

function refusal(text: string): ToolOutput {
  return { text, isError: true };
}
