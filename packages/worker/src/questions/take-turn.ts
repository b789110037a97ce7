import { providerIdSchema } from '@vera/accounts/account';
import type { WaitsFor } from '@vera/ledger/ledger';
import { endsOfChanges } from '@vera/slack/ends-of-changes';
import { accountOf, type PersonAccounts } from '../accounts/person-accounts.ts';
import { endChanges, settleChanges } from '../changes/settle-changes.ts';
import { WriteGate } from '../changes/write-gate.ts';
import { plainName } from '../plain-name.ts';
import { finishAnswer, letGo } from './end-story.ts';
import { fixedWords } from './fixed-words.ts';
import { partWords } from './folded-words.ts';
import type { AnswerParams, Story, StoryEnd } from './story.ts';
import { writeAnswer } from './write-answer.ts';

/** One turn at a question: first what people decided meanwhile is carried out, then the agent works on. */
export async function takeTurn(params: AnswerParams, story: Story): Promise<StoryEnd> {
  const { accounts, now } = params;
  const { question, book, log } = story;
  const fixed = fixedWords(story);
  if (fixed) {
    await endChanges(params, story);
    const ends = question.isExternal ? [] : Object.values(endsOfChanges(book.all, plainName));
    const words = [fixed.words, ends.filter((line) => line !== '').join('\n')].filter((line) => line !== '').join('\n\n');
    return finishAnswer(params, story, { outcome: 'answered', words, blocks: [] }, fixed.reason);
  }
  const open = await settleChanges(params, story);
  if (story.signal.reason === 'stop') return writeAnswer(params, story);
  if (!accounts) return writeAnswer(params, story);
  if (open) return letGo(story, { kind: 'decision', change: open.id, until: open.expiresAt });
  const vain = await waitedInVain(accounts, story, now);
  if (vain?.kind === 'again') return letGo(story, vain.waitsFor);
  if (vain) {
    const words = [vain.words, partWords(await story.folding.endingWith('answered'))].filter((line) => line !== '').join('\n\n');
    return finishAnswer(params, story, { outcome: 'answered', words, blocks: [] });
  }
  return writeAnswer(params, story, new WriteGate({ accounts, question, book, wordsAt: () => story.folding.wordsAt, now, log }));
}

type InVain = { readonly kind: 'words'; readonly words: string } | { readonly kind: 'again'; readonly waitsFor: WaitsFor };

/** What to do when nobody did what was waited for. */
async function waitedInVain(accounts: PersonAccounts, { lease, question, book }: Story, now: () => number): Promise<InVain | undefined> {
  const { waitsFor } = lease.record;
  if (waitsFor?.kind === 'decision') {
    const change = book.all.find(({ id }) => id === waitsFor.change);
    // Withdrawn, it is what the words that took its place are answered without.
    if (change?.state !== 'expired' || change.isWithdrawn) return undefined;
    return { kind: 'words', words: `Nobody approved “${change.title}” in time, so I changed nothing. Ask me again if it is still wanted.` };
  }
  const provider = providerIdSchema.safeParse(waitsFor?.provider);
  if (!waitsFor || !provider.success) return undefined;
  const account = await accountOf(accounts, question, provider.data);
  if (account.kind === 'token') return undefined;
  if (now() < waitsFor.until) return { kind: 'again', waitsFor };
  // Whether it was connected cannot be told just now; whoever needs it next says so.
  if (account.kind === 'unavailable') return undefined;
  return { kind: 'words', words: 'Your account was not connected in time, so I stopped here. Ask me again, and I send you a new link.' };
}
