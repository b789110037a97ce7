import type { Change } from '@vera/protocol/change';
import { textLimits } from '@vera/protocol/shorten';
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
  const named = (end: ReturnType<typeof endOf>) => book.all.filter((change) => endOf(change) === end).map(nameOf);
  const steps = underWay.map((title) => plainName(title, textLimits.name));
  const lines = [
    listed('Done', named('done')),
    listed('Not done', named('not done')),
    listed('Not finished', [...new Set(steps)]),
    listed('Not known', named('not known')),
    listed('Not used', folded.filter(({ isUsed }) => !isUsed).map(saidIn)),
  ].filter((line) => line !== '');
  return [head, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n');
}

function endOf({ state }: Change): 'done' | 'not done' | 'not known' {
  switch (state) {
    case 'done':
      return 'done';
    case 'started':
    case 'unknown':
      return 'not known';
    case 'proposed':
    case 'approved':
    case 'denied':
    case 'expired':
    case 'failed':
      return 'not done';
  }
}

/** Where it is not known, the person looks there. */
function nameOf(change: Change): string {
  const { title, system } = change;
  const where = endOf(change) === 'not known' ? ` (please look in ${plainName(system, textLimits.name)})` : '';
  return `“${plainName(title)}”${where}`;
}

function listed(head: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${head}: ${names.join(', ')}.`;
}
