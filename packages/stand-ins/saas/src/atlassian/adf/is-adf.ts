import { isJsonObject } from '@vera/stand-in-kit/json-object';
import type { AdfDocument } from './adf-node.ts';

const blocks = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'taskList',
  'taskItem',
  'codeBlock',
  'blockquote',
  'panel',
  'rule',
  'expand',
  'table',
  'tableRow',
  'tableHeader',
  'tableCell',
  'mediaSingle',
  'media',
  'blockCard',
];
const inlines = ['text', 'hardBreak', 'mention', 'emoji', 'inlineCard', 'date', 'status'];
const known = new Set([...blocks, ...inlines]);

/** Whether Atlassian would take a value for a document: the right outside, nodes it knows, no empty text. */
export function isAdf(value: unknown): value is AdfDocument {
  return isJsonObject(value) && value.type === 'doc' && value.version === 1 && Array.isArray(value.content) && value.content.every(isNode);
}

function isNode(value: unknown): boolean {
  if (!isJsonObject(value) || typeof value.type !== 'string' || !known.has(value.type)) return false;
  if (value.type === 'text') return typeof value.text === 'string' && value.text !== '';
  return value.content === undefined || (Array.isArray(value.content) && value.content.every(isNode));
}
