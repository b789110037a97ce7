import type { QuestionRecord } from '@vera/ledger/ledger';
import { closeStory, release } from './end-story.ts';
import type { AnswerParams, HeldQuestion, StoryEnd } from './story.ts';

/**
 * Ends a message whose words went into another question, with that one's outcome. Undefined where it is a question of its own: that one ended
 * without them. Crashes between the two ends change nothing, for whoever is brought the message looks here.
 */
export async function endFolded(params: Pick<AnswerParams, 'leases' | 'now' | 'audit'>, held: HeldQuestion): Promise<StoryEnd | undefined> {
  const { question, foldedInto } = held.lease.record;
  if (foldedInto === undefined) return undefined;
  const into = (await params.leases.thread(question)).find((record) => record.question.messageTs === foldedInto);
  const isGoing = into !== undefined && goesWith(held.lease.record, into);
  switch (into?.state) {
    case 'received':
    case 'running':
      return release(held.lease, 'unbegun');
    case 'waiting':
      return isGoing ? release(held.lease, 'unbegun') : goAlone(held);
    default:
      return isGoing ? closeStory(params, held, into.state, 'folded') : goAlone(held);
  }
}

/** Whatever becomes of what took it in, once that is tried again, too. */
async function goAlone({ lease }: HeldQuestion): Promise<StoryEnd | undefined> {
  return (await lease.goAlone()) ? undefined : 'left';
}

/**
 * The sweeper closes as answered only what it found answered in the thread, and knows of nothing that was taken in since the last wait. What it
 * stopped was stopped with all that its worker had, by the same stop.
 */
function goesWith({ question, stopRequestedAt }: QuestionRecord, { folded = [], reason = '', state }: QuestionRecord): boolean {
  if (folded.includes(question.messageTs)) return true;
  return bySweeper.has(reason) && (state === 'answered' || (state === 'stopped' && stopRequestedAt !== undefined));
}

const bySweeper = new Set(['lost', 'found-complete']);
