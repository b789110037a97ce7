import type { Change } from '@vera/protocol/change';
import { textLimits } from '@vera/protocol/shorten';

type End = 'done' | 'notDone' | 'notKnown';
/** A name as it may stand where the line is shown. */
type Named = (text: string, limit?: number) => string;

/** What became of the changes of a question that ended before its answer: a line for each end, empty where there is none. */
export function endsOfChanges(changes: readonly Change[], named: Named): Readonly<Record<End, string>> {
  // Of an earlier try it was told then.
  const those = (end: End) =>
    changes
      .filter((change) => !change.isOfEarlierTry && endOf(change) === end)
      .map((change) => `“${named(change.title)}”${where(change, named)}`);
  return {
    done: listed('Done', those('done')),
    notDone: listed('Not done', those('notDone')),
    notKnown: listed('Not known', those('notKnown')),
  };
}

/** What “Try again” does with what was begun; empty where nothing was. */
export function againWords(changes: readonly Change[]): string {
  const isBegun = changes.some((change) => endOf(change) !== 'notDone');
  return isBegun ? '_“Try again” does none of this a second time: what is done, or may be, stays as it is._' : '';
}

export function listed(head: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${head}: ${names.join(', ')}.`;
}

function endOf({ state }: Change): End {
  switch (state) {
    case 'done':
      return 'done';
    case 'started':
    case 'unknown':
      return 'notKnown';
    case 'proposed':
    case 'approved':
    case 'denied':
    case 'expired':
    case 'failed':
      return 'notDone';
  }
}

/** Where it is not known, the person looks there. */
function where(change: Change, named: Named): string {
  return endOf(change) === 'notKnown' ? ` (please look in ${named(change.system, textLimits.name)})` : '';
}
