import { stem } from '@vera/stand-in-kit/language/stem';
import type { ToolSpec } from '../runtime/converse-request.ts';
import { plainName, toolStem, toolWordsOf } from './tool-stems.ts';

const readingVerbs = new Set(['list', 'get', 'search', 'find', 'show', 'read', 'lookup', 'fetch'].map(stem));

/** What a tool is about: the words of its name without the verb and without the name of the product. */
export function nounsOf(tool: ToolSpec): string[] {
  const products = productsIn(tool.description ?? '');
  return toolWordsOf(plainName(tool))
    .filter((word) => !products.has(word) && !readingVerbs.has(stem(word)))
    .map(toolStem);
}

/** Names with a capital inside a sentence, or before a colon at the start. */
export function productsIn(description: string): Set<string> {
  const names = [...description.matchAll(/^(\p{Lu}\p{L}+)(?=:)|(?<=[\p{Ll},:)] )(\p{Lu}\p{L}+)/gu)];
  return new Set(names.map(([name]) => name.toLowerCase()));
}
