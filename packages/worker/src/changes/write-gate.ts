import type { ProviderId } from '@vera/accounts/account';
import { type Change, hashOfChange } from '@vera/protocol/change';
import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import { fitsOnCard } from '@vera/slack/change-card';
import { accountOf, type PersonAccounts, patienceWithPeople } from '../accounts/person-accounts.ts';
import type { HelperName } from '../delegation/delegated-task.ts';
import { AccountRefused, type PersonAccount, type PersonTool, type PersonWrite } from '../tools/person-tool.ts';
import { type Tool, ToolFailure, type ToolOutput } from '../tools/tool.ts';
import { type ChangeBook, outcomeOf } from './change-book.ts';

/** What the work on a question waits for. */
export type Pause =
  | { readonly kind: 'decision'; readonly change: Change }
  | { readonly kind: 'account'; readonly provider: ProviderId; readonly need: string };

export interface WriteGateParams {
  readonly accounts: PersonAccounts;
  readonly question: Question;
  readonly book: ChangeBook;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** New for each, letters and digits. */
  readonly newId: () => string;
  readonly log: Log;
}

/** After "To …". */
const needs: Readonly<Record<ProviderId, string>> = { atlassian: 'act in Jira and Confluence as you', github: 'act on GitHub as you' };
const mostChanges = 10;
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
    const { accounts, question, log } = this.params;
    const account = await accountOf(accounts, question, tool.provider, refused);
    if (account.kind === 'unavailable')
      return refusal('The account of the person cannot be used just now. Say so; they can ask again in a minute.');
    if (account.kind !== 'token') return this.withoutAccount(tool);
    try {
      if (tool.kind === 'read') {
        const result = await tool.read(input, account, signal);
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
    this.end({ kind: 'account', provider: tool.provider, need: needs[tool.provider] });
    return { text: 'The person has to connect their account first.', isError: false, told: 'waits for an account', isOwnWords: true };
  }

  private async propose(
    { tool, helper }: Wanted<PersonWrite>,
    input: unknown,
    account: PersonAccount,
    signal: AbortSignal,
  ): Promise<ToolOutput> {
    const { accounts, question, book, now, newId, log } = this.params;
    const approvers = accounts.approvers.length > 0 ? accounts.approvers : [question.userId];
    if (question.isDirect && !approvers.includes(question.userId)) throw new ToolFailure(notHere);
    const { title, system, changes, args } = await tool.propose(input, account, signal);
    const about = {
      id: newId(),
      tool: tool.name,
      input: JSON.stringify(input),
      args: JSON.stringify(args),
      title,
      system,
      fields: [...changes],
      ...(helper ? { helper } : {}),
      asker: question.userId,
      account: account.accountId,
      approvers: [...approvers],
      proposedAt: now(),
      expiresAt: now() + patienceWithPeople,
      state: 'proposed' as const,
    };
    if (!fitsOnCard(about)) {
      throw new ToolFailure('This is longer than a card can show, and nobody approves what they cannot read. Shorten it, or split it up.');
    }
    const hash = hashOfChange(about);
    const before = book.all.find((change) => change.hash === hash);
    if (before) return outcomeOf(before);
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
