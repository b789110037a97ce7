import { textLimits } from '@vera/protocol/shorten';
import { endsOfChanges, listed } from '@vera/slack/ends-of-changes';
import { plainName } from '../plain-name.ts';
import { saidIn } from './folded-words.ts';
import type { AgentAnswer } from './run-agent.ts';
import type { Folded, Story } from './story.ts';

/** The last words of a question that was stopped: how far it was, and what of it is done, is not, or may be. */
export function stoppedWords(
  { book, lease }: Pick<Story, 'book' | 'lease'>,
  { isUnbegun, underWay }: AgentAnswer,
  folded: readonly Folded[],
): string {
  const { leg, attempts } = lease.record;
  const head = isUnbegun && leg === 0 && attempts <= 1 ? '_Stopped before I began._' : '_Stopped._';
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
