import { code, enumerated, words } from './markdown.ts';
import { Hidden, Unknown, type Value } from './masked-value.ts';
import type { ResourceChange } from './plan.ts';
import { valueAt } from './value-at.ts';

/** A resource that builds an image: its trigger `tag` is made from all its others. */
export function isImage({ type, before, after }: ResourceChange): boolean {
  return type === 'null_resource' && [before, after].some((side) => valueAt(side, 'triggers', 'tag') !== undefined);
}

/** "Image tag `3f9a0c77d1e2` → `7d20c1e5b9aa`, moved by: lock file, worker sources" */
export function imageWords({ action, before, after }: ResourceChange): string {
  const [old, next] = [valueAt(before, 'triggers', 'tag'), valueAt(after, 'triggers', 'tag')];
  if (action === 'create') return `Image tag ${tagWords(next)}, built for the first time.`;
  if (action === 'delete' || action === 'forget') return `Image tag ${tagWords(old)} is no longer built.`;
  const moved = [...new Set([...keysOf(before), ...keysOf(after)])].filter((key) => key !== 'tag' && isMoved(before, after, key)).sort();
  const by = moved.length === 0 ? 'although no input that it names moved' : `moved by: ${enumerated(moved.map(words))}`;
  if (old === next && old !== undefined) return `Image tag ${tagWords(old)} stays and is built again, ${by}.`;
  return `Image tag ${tagWords(old)} → ${tagWords(next)}, ${by}.`;
}

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
