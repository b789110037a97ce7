import type { Json } from '../src/json/json.ts';
import { commentOn } from './comment-on.ts';
import type { ChangeJson } from './plan-json.ts';

/** What stands in the boxes of the comment. */
export function boxOf(changes: readonly ChangeJson[], rest: Readonly<Record<string, Json>> = {}): string {
  return commentOn(changes, rest)
    .split('\n')
    .filter((line) => line.startsWith('> - '))
    .join('\n');
}

export function update(type: string, before: Json, after: Json): ChangeJson {
  return { type, actions: ['update'], before, after };
}
