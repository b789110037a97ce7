import { textLimits } from '@vera/protocol/shorten';
import { endsOfChanges, listed } from '@vera/slack/ends-of-changes';
import { plainName } from '../plain-name.ts';
import { saidIn } from './folded-words.ts';
import type { AgentAnswer } from './run-agent.ts';
import type { Folded, Later, Story } from './story.ts';

/** The last words of a question that was stopped: how far it was, and what of it is done, is not, or may be. */
export function stoppedWords(
  { book, lease }: Pick<Story, 'book' | 'lease'>,
  { isUnbegun, underWay }: AgentAnswer,
  folded: readonly Folded[],
  { isDeleted }: Pick<Later, 'isDeleted'>,
): string {
  const { leg, attempts } = lease.record;
  const stopped = isUnbegun && leg === 0 && attempts <= 1 ? '_Stopped before I began._' : '_Stopped._';
  const head = isDeleted ? '_Stopped: a message that I had read was deleted. “Try again” answers the rest._' : stopped;
  const { done, notDone, notKnown } = endsOfChanges(book.all, plainName);
  const steps = underWay.map((title) => plainName(title, textLimits.name));
  const lines = [
    done,
    notDone,
    listed('Not finished', [...new Set(steps)]),
    notKnown,
    listed('Not used', folded.filter(({ isUsed }) => !isUsed).map(saidIn)),
  ].filter((line) => line !== '');
  return [head, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n');
}
