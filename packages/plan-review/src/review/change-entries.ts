import { visibleDifferences } from '../plan/attribute-differences.ts';
import type { Plan, ResourceChange } from '../plan/plan.ts';
import type { Configuration, References } from '../plan/references.ts';
import { isNeed } from '../rights/needed-changes.ts';
import { Hidden, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { differenceWords, reasonWords } from '../words/difference-words.ts';
import { code, enumerated, words } from '../words/markdown.ts';
import { addressWords, movedWords, nameWords, nounOf } from '../words/resource-words.ts';

export type EntryKind =
  | 'image'
  | 'image of elsewhere'
  | 'create'
  | 'update'
  | 'replace'
  | 'destroy'
  | 'forget'
  | 'again'
  | 'quiet'
  | 'unfamiliar';

/** One resource that changes: what it is, what it is called, and what about it. */
export type ChangeEntry = {
  readonly kind: EntryKind;
  readonly noun: string;
  readonly name: string;
  readonly address: string;
  readonly about: string;
};

export function changeEntries(plan: Plan, references: References): ChangeEntry[] {
  return plan.changes.flatMap((change) => {
    if (change.mode === 'data' || change.action === 'no-op' || change.action === 'read') return [];
    const { kind, about } = describe(change, references.configuration);
    const told = [movedWords(change), about].filter((part) => part !== '').join('; ');
    return [{ kind, about: told, noun: nounOf(change.type), name: nameWords(change, references), address: addressWords(change) }];
  });
}

/** A resource with more differences than this is understood from the code, not from a list. */
const mostDifferences = 12;

/** What becomes of it, and what about it differs. */
export function describe(change: ResourceChange, configuration: Configuration): { kind: EntryKind; about: string } {
  if (isRunAgain(change) && change.action === 'replace') return { kind: 'again', about: '' };
  const leftover = change.isDeposed ? 'a copy left over from an earlier deployment' : '';
  switch (change.action) {
    case 'create':
      return { kind: imageKindOf(change) ?? 'create', about: '' };
    case 'delete':
      return { kind: 'destroy', about: leftover || [reasonWords(change), keptWords(change)].filter((part) => part !== '').join('; ') };
    case 'forget':
      return { kind: 'forget', about: reasonWords(change) };
    case 'replace':
    case 'replace and forget':
      return { kind: imageKindOf(change) ?? 'replace', about: replacedWords(change, configuration) };
    case 'update': {
      if (isNeed(change)) return { kind: 'update', about: 'what a role of somebody else’s has to allow' };
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

/** What Terraform lets go without asking AWS to delete it. */
function keptWords({ before }: ResourceChange): string {
  return valueAt(before, 'skip_destroy') === true ? '`skip_destroy` is set: it stays in AWS, unmanaged' : '';
}

function listed(texts: readonly string[]): string {
  const unique = [...new Set(texts)];
  const shown = unique.slice(0, mostDifferences);
  return [...shown, ...(unique.length > shown.length ? [`${unique.length - shown.length} more`] : [])].join('; ');
}

/**
 * A resource that builds an image, and says so: its trigger `tag` is made from all its others, among which is what only an image is made of. Or one
 * that names an image by its digest. Anybody's `null_resource` may have a tag, and be called after Docker.
 */
export function isImage({ type, before, after }: ResourceChange): boolean {
  const isBuilt = (side: Value) =>
    valueAt(side, 'triggers', 'tag') !== undefined && keysOf(side).some((key) => /(?:^|\s)(?:sources|platform|dockerfile)$/i.test(key));
  return type === 'null_resource' && [before, after].some((side) => isBuilt(side) || isNamed(side));
}

function isNamed(side: Value): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(String(valueAt(side, 'triggers', 'uri') ?? ''));
}

/** A script that does the same after each change of the runtime: it looks at its platform, or at its logs. */
function isRunAgain({ type, before, after }: ResourceChange): boolean {
  const isAfterRuntime = [before, after].every((side) => valueAt(side, 'triggers', 'RUNTIME_VERSION') !== undefined);
  if (type !== 'null_resource' || !isAfterRuntime) return false;
  const isRead = [before, after].every((side) => valueAt(side, 'triggers', 'PLATFORM') !== undefined);
  return isRead || [...keysOf(before), ...keysOf(after)].every((key) => key === 'RUNTIME_VERSION' || !isMoved(before, after, key));
}

function imageKindOf(change: ResourceChange): EntryKind | undefined {
  if (!isImage(change)) return undefined;
  return isNamed(change.after) ? 'image of elsewhere' : 'image';
}

/** "Image tag `3f9a0c77d1e2` → `7d20c1e5b9aa`, moved by: lock file, worker sources" */
export function imageWords({ action, before, after }: ResourceChange): string {
  const [isOld, isNext] = [isNamed(before), isNamed(after)];
  if (action === 'create') return `${imageOf(after)}, ${isNext ? builtElsewhere : 'built for the first time'}.`;
  if (action === 'delete' || action === 'forget') return `${imageOf(before)} is no longer ${isOld ? 'used' : 'built'}.`;
  if (isNext) return `${imageOf(before)} → ${referenceOf(after)}, ${builtElsewhere}.`;
  const moved = [...new Set([...keysOf(before), ...keysOf(after)])].filter((key) => key !== 'tag' && isMoved(before, after, key)).sort();
  const by = moved.length === 0 ? 'although no input that it names moved' : `moved by: ${enumerated(moved.map(words))}`;
  const [old, next] = [valueAt(before, 'triggers', 'tag'), valueAt(after, 'triggers', 'tag')];
  if (old === next && old !== undefined) return `${imageOf(after)} stays and is built again, ${by}.`;
  return `${imageOf(before)} → ${referenceOf(after)}, ${isOld ? 'built from this code from now on' : by}.`;
}

const builtElsewhere = 'built somewhere else: what went into it no plan tells';

function imageOf(side: Value): string {
  return `Image ${isNamed(side) ? '' : 'tag '}${referenceOf(side)}`;
}

function referenceOf(side: Value): string {
  return isNamed(side) ? code(String(valueAt(side, 'triggers', 'uri')), longestUri) : tagWords(valueAt(side, 'triggers', 'tag'));
}

/** Registry, name and digest, which nobody can compare where its middle is left out. */
const longestUri = 300;

function keysOf(side: Value): string[] {
  const triggers = valueAt(side, 'triggers');
  return typeof triggers === 'object' && triggers !== null && !(triggers instanceof Hidden) ? Object.keys(triggers) : [];
}

function isMoved(before: Value, after: Value, key: string): boolean {
  const [old, next] = [valueAt(before, 'triggers', key), valueAt(after, 'triggers', key)];
  return old instanceof Hidden && next instanceof Hidden ? !old.equals(next) : old !== next;
}

function tagWords(tag: Value | undefined): string {
  if (tag instanceof Unknown) return '(known after apply)';
  return typeof tag === 'string' ? code(tag) : '(none)';
}
