import { type Json, memberOf, parsedOf } from '../json/json.ts';
import { secretsIn, textsIn } from './looks-secret.ts';
import { holdsMark } from './masked-value.ts';

export type IsSecret = (text: string) => boolean;
/** A value, and Terraform's word for which parts of it are sensitive. */
export type Marked = { readonly value: Json | undefined; readonly sensitive: Json | undefined };

/** Shorter ones stand in other words by chance. */
const shortest = 12;

/**
 * Terraform marks a secret where it knows of it; a provider may give the same text back elsewhere, unmarked. The result tells
 * whether a text contains one of the secrets, in time that does not depend on how many there are.
 */
export function secretTexts(marked: readonly Marked[]): IsSecret {
  const byStart = new Map<string, Map<number, Set<string>>>();
  const add = (text: string) => {
    if (text.length < shortest) return;
    const byLength = getOrMake(byStart, text.slice(0, shortest), () => new Map<number, Set<string>>());
    getOrMake(byLength, text.length, () => new Set<string>()).add(text);
  };
  for (const { value, sensitive } of marked) {
    for (const text of [...textsUnderMarks(value, sensitive), ...secretsIn(value)].flatMap(withMembers)) {
      add(text);
      add(JSON.stringify(text).slice(1, -1));
    }
  }
  return (text: string): boolean => {
    if (byStart.size === 0) return false;
    for (let at = 0; at + shortest <= text.length; at++) {
      const byLength = byStart.get(text.slice(at, at + shortest));
      if (byLength && [...byLength].some(([length, secrets]) => secrets.has(text.slice(at, at + length)))) return true;
    }
    return false;
  };
}

/** A secret that is JSON is several: each may be told alone. */
function withMembers(text: string): string[] {
  const content = parsedOf(text);
  return content === undefined ? [text] : [text, ...textsIn(content).flatMap((inner) => withMembers(inner))];
}

function getOrMake<Key, Made>(map: Map<Key, Made>, key: Key, make: () => Made): Made {
  const made = map.get(key) ?? make();
  map.set(key, made);
  return made;
}

function textsUnderMarks(value: Json | undefined, sensitive: Json | undefined): string[] {
  const texts: string[] = [];
  const left: { value: Json | undefined; mark: Json | undefined }[] = [{ value, mark: sensitive }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value: content, mark } = next;
    if (mark === undefined || mark === null || mark === false) continue;
    if (typeof content === 'string' && holdsMark(mark)) texts.push(content);
    if (typeof content !== 'object' || content === null) continue;
    for (const [key, inner] of Object.entries(content)) left.push({ value: inner as Json, mark: mark === true || memberOf(mark, key) });
  }
  return texts;
}
