import { accountOf, type PersonAccounts, patienceWithPeople } from '../accounts/person-accounts.ts';
import { ChangeMovedError } from '../changes/change-book.ts';
import { showCard } from '../changes/show-card.ts';
import type { Pause } from '../changes/write-gate.ts';
import type { Citations } from '../reply/citations.ts';
import { sourceBlocks } from '../reply/reply-blocks.ts';
import { beginAgain, letGo } from './end-story.ts';
import type { AnswerParams, Story, StoryEnd } from './story.ts';

interface Paused {
  readonly accounts: PersonAccounts;
  readonly pause: Pause;
  readonly citations: Citations;
  /** The model knows other words than those that stand there. */
  readonly isOutdated: boolean;
}

/** Ends what was said so far, asks the person, and lets go of the question until they answer. */
export async function pauseAnswer(
  params: AnswerParams,
  story: Story,
  { accounts, pause, citations, isOutdated }: Paused,
): Promise<StoryEnd> {
  const { question, writer } = story;
  if (isOutdated) {
    // Of other words in what was taken in, whoever receives them may not have told this question yet: the next turn must not put up its card.
    if (pause.kind === 'decision') await story.book.write({ ...pause.change, state: 'expired', isWithdrawn: true });
    return beginAgain(writer);
  }
  const sources = { blocks: sourceBlocks(citations.cited), cited: citations.keys };
  if (pause.kind === 'decision') {
    // Below what was said so far.
    await writer.finish({ outcome: undefined, words: '', ...sources });
    await showCard(params.call, story, pause.change).catch((error: unknown) => {
      // Somebody decided while it was put up. Letting go finds that, and leaves alone what was said so far.
      if (!(error instanceof ChangeMovedError)) throw error;
    });
    return letGo(story, { kind: 'decision', change: pause.change.id, until: pause.change.expiresAt });
  }
  const until = params.now() + patienceWithPeople;
  await accounts.bringBack(question, pause.provider, until);
  const isConnected = async () => (await accountOf(accounts, question, pause.provider)).kind === 'token';
  // They connected it while we were asking.
  if (await isConnected()) return beginAgain(writer);
  await writer.finish({ outcome: undefined, words: await askToConnect(accounts, story, pause.need), ...sources });
  const end = await letGo(story, { kind: 'account', provider: pause.provider, until });
  // Connected just now, and brought to another worker, which could not take it yet.
  return end === 'waiting' && (await isConnected()) ? 'again' : end;
}

async function askToConnect({ sendLink }: PersonAccounts, { question, log }: Story, need: string): Promise<string> {
  try {
    await sendLink(question, need);
    return `To ${need} I need your own account. I sent you a private link to connect it; then I go on by myself.`;
  } catch (error) {
    log.warn('connect-link.not-sent', { error });
    return `To ${need} I need your own account, but I could not send you a private link here. Write “connect my accounts” to me in a direct message; then I go on by myself.`;
  }
}
