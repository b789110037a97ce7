import { isJsonObject } from '@vera/stand-in-kit/json-object';

/** A node of the Atlassian Document Format. */
interface AdfNode {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly AdfNode[];
}

/** A whole document. */
export interface AdfDocument extends AdfNode {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: readonly AdfNode[];
}

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

/** Plain words of a data file as a document: a blank line parts blocks, `## ` makes a heading, `- ` a list, backquotes code. */
export function toAdf(text: string): AdfDocument {
  return {
    type: 'doc',
    version: 1,
    content: text
      .trim()
      .split(/\n{2,}/)
      .map(blockOf),
  };
}

function blockOf(text: string): AdfNode {
  const heading = /^(#{1,3}) (.+)$/.exec(text);
  if (heading) return { type: 'heading', attrs: { level: heading[1]?.length ?? 1 }, content: inlineOf(heading[2] ?? '') };
  const fenced = /^```\n([\s\S]*)\n```$/.exec(text);
  if (fenced) return { type: 'codeBlock', content: [{ type: 'text', text: fenced[1] ?? '' }] };
  const lines = text.split('\n');
  if (lines.every((line) => line.startsWith('- '))) {
    const items = lines.map((line): AdfNode => ({ type: 'listItem', content: [{ type: 'paragraph', content: inlineOf(line.slice(2)) }] }));
    return { type: 'bulletList', content: items };
  }
  return { type: 'paragraph', content: inlineOf(lines.join(' ')) };
}

function inlineOf(text: string): AdfNode[] {
  return text.split(/(`[^`]+`)/).flatMap((part): AdfNode[] => {
    if (part === '') return [];
    const isCode = part.length > 2 && part.startsWith('`') && part.endsWith('`');
    return [isCode ? { type: 'text', text: part.slice(1, -1), marks: [{ type: 'code' }] } : { type: 'text', text: part }];
  });
}

/** The words of a document, a line for each block. */
export function adfText(node: AdfNode): string {
  switch (node.type) {
    case 'text':
      return node.text ?? '';
    case 'hardBreak':
      return '\n';
    case 'mention':
    case 'emoji':
    case 'status':
      return String(node.attrs?.text ?? '');
    case 'inlineCard':
    case 'blockCard':
      return String(node.attrs?.url ?? '');
    case 'paragraph':
    case 'heading':
    case 'codeBlock':
    case 'taskItem':
      return `${(node.content ?? []).map(adfText).join('')}\n`;
    default:
      return (node.content ?? []).map(adfText).join('');
  }
}

const elements: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  taskList: 'ul',
  taskItem: 'li',
  blockquote: 'blockquote',
  panel: 'div',
  expand: 'div',
  table: 'table',
  tableRow: 'tr',
  tableHeader: 'th',
  tableCell: 'td',
  mediaSingle: 'span',
  media: 'span',
};
const marks: Readonly<Record<string, string>> = { strong: 'strong', em: 'em', code: 'code', strike: 'del', underline: 'u' };

/** A document as HTML, as Jira renders it and Confluence stores it. */
export function adfHtml(node: AdfNode): string {
  const inside = (node.content ?? []).map(adfHtml).join('');
  switch (node.type) {
    case 'doc':
      return inside;
    case 'text':
      return (node.marks ?? []).reduce(marked, escaped(node.text ?? ''));
    case 'hardBreak':
      return '<br/>';
    case 'rule':
      return '<hr/>';
    case 'heading': {
      const level = Number(node.attrs?.level ?? 1);
      return `<h${level}>${inside}</h${level}>`;
    }
    case 'codeBlock':
      return `<pre>${inside}</pre>`;
    case 'mention':
    case 'emoji':
    case 'status':
      return escaped(String(node.attrs?.text ?? ''));
    case 'inlineCard':
    case 'blockCard': {
      const url = escaped(String(node.attrs?.url ?? ''));
      return `<a href="${url}">${url}</a>`;
    }
    default: {
      const element = elements[node.type] ?? 'div';
      return `<${element}>${inside}</${element}>`;
    }
  }
}

function marked(html: string, { type, attrs }: NonNullable<AdfNode['marks']>[number]): string {
  if (type === 'link') return `<a href="${escaped(String(attrs?.href ?? ''))}">${html}</a>`;
  const element = marks[type];
  return element ? `<${element}>${html}</${element}>` : html;
}

/** A text that is safe inside HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
