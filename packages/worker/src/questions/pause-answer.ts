import type { Question } from '@vera/protocol/question';
import { accountOf, patienceWithPeople } from '../accounts/person-accounts.ts';
import { ChangeMovedError } from '../changes/change-book.ts';
import { showCard } from '../changes/show-card.ts';
import type { Pause } from '../changes/write-gate.ts';
import type { ReplyWriter } from '../reply/reply-writer.ts';
import type { AnswerParams, Story, StoryEnd } from './answer-question.ts';
import { letGo } from './let-go.ts';
import type { Scene } from './take-turn.ts';
import type { Acting } from './write-answer.ts';

interface PauseParts extends Scene, Acting {
  readonly writer: ReplyWriter;
  readonly pause: Pause;
}

/** Ends what was said so far, asks the person, and lets go of the question until they answer. */
export async function pauseAnswer(params: AnswerParams, story: Story, { writer, pause, ...parts }: PauseParts): Promise<StoryEnd> {
  const { lease, log } = story;
  const { question } = lease.record;
  const { call, now } = params;
  if (pause.kind === 'decision') {
    // Below what was said so far.
    await writer.finish({ outcome: undefined, words: '', blocks: [] });
    await showCard({ ...parts, call, question, log }, pause.change).catch((error: unknown) => {
      // Somebody decided while it was put up. Letting go finds that, and leaves alone what was said so far.
      if (!(error instanceof ChangeMovedError)) throw error;
    });
    return letGo(story, { kind: 'decision', change: pause.change.id, until: pause.change.expiresAt });
  }
  const until = now() + patienceWithPeople;
  await parts.accounts.bringBack(question, pause.provider, until);
  const isConnected = async () => (await accountOf(parts.accounts, question, pause.provider)).kind === 'token';
  if (await isConnected()) {
    // They connected it while we were asking.
    writer.abandon();
    return 'again';
  }
  const words = await askToConnect(parts, question, pause.need, story);
  await writer.finish({ outcome: undefined, words, blocks: [] });
  const end = await letGo(story, { kind: 'account', provider: pause.provider, until });
  // Connected just now, and brought to another worker, which could not take it yet.
  return end === 'waiting' && (await isConnected()) ? 'again' : end;
}

async function askToConnect({ accounts }: Acting, question: Question, need: string, { log }: Story): Promise<string> {
  try {
    await accounts.sendLink(question, need);
    return `To ${need} I need your own account. I sent you a private link to connect it; then I go on by myself.`;
  } catch (error) {
    log.warn('connect-link.not-sent', { error });
    return `To ${need} I need your own account, but I could not send you a private link here. Write “connect my accounts” to me in a direct message; then I go on by myself.`;
  }
}
