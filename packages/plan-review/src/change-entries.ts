import type { Configuration } from './configuration.ts';
import { differenceWords } from './difference-words.ts';
import { isImage } from './image-changes.ts';
import { Unknown } from './masked-value.ts';
import type { Plan, ResourceChange } from './plan.ts';
import { reasonWords } from './reason-words.ts';
import { addressWords, nameWords, nounOf } from './resource-words.ts';
import { visibleDifferences } from './visible-differences.ts';

export type EntryKind = 'image' | 'create' | 'update' | 'replace' | 'destroy' | 'forget' | 'quiet' | 'unfamiliar';

/** One resource that changes: what it is, what it is called, and what about it. */
export type ChangeEntry = {
  readonly kind: EntryKind;
  readonly noun: string;
  readonly name: string;
  readonly address: string;
  readonly about: string;
};

export function changeEntries(plan: Plan, configuration: Configuration): ChangeEntry[] {
  return plan.changes.flatMap((change) => {
    if (change.mode === 'data' || change.action === 'no-op' || change.action === 'read') return [];
    const { kind, about } = describe(change, configuration);
    return [{ kind, about, noun: nounOf(change.type), name: nameWords(change), address: addressWords(change) }];
  });
}

/** A resource with more differences than this is understood from the code, not from a list. */
const mostDifferences = 12;

function describe(change: ResourceChange, configuration: Configuration): { kind: EntryKind; about: string } {
  const leftover = change.isDeposed ? 'a copy left over from an earlier deployment' : '';
  switch (change.action) {
    case 'create':
      return { kind: isImage(change) ? 'image' : 'create', about: '' };
    case 'delete':
      return { kind: 'destroy', about: leftover || reasonWords(change) };
    case 'forget':
      return { kind: 'forget', about: reasonWords(change) };
    case 'replace':
    case 'replace and forget':
      return { kind: isImage(change) ? 'image' : 'replace', about: replacedWords(change, configuration) };
    case 'update': {
      const differences = visibleDifferences(change, configuration).map((difference) => differenceWords(difference));
      return { kind: differences.length === 0 ? 'quiet' : 'update', about: listed(differences) };
    }
    default:
      return { kind: 'unfamiliar', about: 'an action this review does not know' };
  }
}

function replacedWords(change: ResourceChange, { isPresent, expressionOf }: Configuration): string {
  const forcing = new Set(change.replacePaths.map(([attribute]) => attribute));
  const others = visibleDifferences(change, { isPresent, expressionOf }).filter(({ path, after }) => {
    const attribute = /^[^.[]*/.exec(path)?.[0] ?? '';
    // What the code does not set comes back as the provider makes it.
    const isComputed = after === null && isPresent && expressionOf(change.address, attribute) === undefined;
    return !forcing.has(attribute) && !isComputed && !(after instanceof Unknown);
  });
  const texts = others.map((difference) => differenceWords(difference));
  const also = texts.length === 0 ? [] : [`also ${listed(texts)}`];
  const stays = change.action === 'replace and forget' ? ['the old one stays in AWS, unmanaged'] : [];
  return [reasonWords(change), ...also, ...stays].filter((part) => part !== '').join('; ');
}

function listed(texts: readonly string[]): string {
  const unique = [...new Set(texts)];
  const shown = unique.slice(0, mostDifferences);
  return [...shown, ...(unique.length > shown.length ? [`${unique.length - shown.length} more`] : [])].join('; ');
}
