import { randomBytes } from 'node:crypto';
import { providerIdSchema } from '@vera/accounts/account';
import type { WaitsFor } from '@vera/ledger/ledger';
import type { SlackMessage } from '@vera/slack/slack-message';
import { accountOf, type PersonAccounts } from '../accounts/person-accounts.ts';
import { ChangeBook } from '../changes/change-book.ts';
import { settleChanges } from '../changes/settle-changes.ts';
import { WriteGate } from '../changes/write-gate.ts';
import type { Status } from '../reply/status.ts';
import type { PersonWrite } from '../tools/person-tool.ts';
import type { AnswerParams, Story, StoryEnd } from './answer-question.ts';
import { letGo } from './let-go.ts';
import { endInVain, writeAnswer } from './write-answer.ts';

export interface Scene {
  readonly status: Status;
  readonly messages: readonly SlackMessage[];
}

/** One turn at a question: first what people decided meanwhile is carried out, then the agent works on. */
export async function takeTurn(params: AnswerParams, story: Story, scene: Scene): Promise<StoryEnd> {
  const { accounts } = params;
  const { lease, log, signal } = story;
  if (lease.record.question.isExternal) return writeAnswer(params, story, scene, undefined);
  const { question, waitsFor } = lease.record;
  const book = new ChangeBook(lease);
  const writeOf = (name: string) => findWrite(params, accounts ?? { tools: [] }, name);
  const open = await settleChanges({ ...params, ...scene, accounts, book, question, writeOf, log, signal });
  if (!accounts) return writeAnswer(params, story, scene, undefined);
  if (open) return letGo(story, { kind: 'decision', change: open.id, until: open.expiresAt });
  const vain = await waitedInVain(params, accounts, { waitsFor, book, story });
  if (vain?.kind === 'again') return letGo(story, vain.waitsFor);
  if (vain) return endInVain(params, story, scene, vain.words);
  const gate = new WriteGate({ accounts, question, book, now: params.now, newId: () => randomBytes(10).toString('hex'), log });
  return writeAnswer(params, story, scene, { accounts, book, gate });
}

async function findWrite(
  { offerTools }: AnswerParams,
  { tools }: Pick<PersonAccounts, 'tools'>,
  name: string,
): Promise<PersonWrite | undefined> {
  const isIt = (tool: { readonly name: string; readonly kind: string }) => tool.name === name && tool.kind === 'write';
  const own = tools.find(isIt) ?? (await offerTools?.())?.personTools.find(isIt);
  return own?.kind === 'write' ? own : undefined;
}

interface Waited {
  readonly waitsFor: WaitsFor | undefined;
  readonly book: ChangeBook;
  readonly story: Story;
}

type InVain = { readonly kind: 'words'; readonly words: string } | { readonly kind: 'again'; readonly waitsFor: WaitsFor };

/** What to do when nobody did what was waited for. */
async function waitedInVain(
  { now }: AnswerParams,
  accounts: PersonAccounts,
  { waitsFor, book, story }: Waited,
): Promise<InVain | undefined> {
  if (waitsFor?.kind === 'decision') {
    const change = book.all.find(({ id }) => id === waitsFor.change);
    if (change?.state !== 'expired') return undefined;
    return { kind: 'words', words: `Nobody approved “${change.title}” in time, so I changed nothing. Ask me again if it is still wanted.` };
  }
  const provider = providerIdSchema.safeParse(waitsFor?.provider);
  if (!waitsFor || !provider.success) return undefined;
  const account = await accountOf(accounts, story.lease.record.question, provider.data);
  if (account.kind === 'token') return undefined;
  if (now() < waitsFor.until) return { kind: 'again', waitsFor };
  // Whether it was connected cannot be told just now; whoever needs it next says so.
  if (account.kind === 'unavailable') return undefined;
  return { kind: 'words', words: 'Your account was not connected in time, so I stopped here. Ask me again, and I send you a new link.' };
}
