import * as z from 'zod';
import type { Block, Inline, Marks } from './read-markdown.ts';

/** A node of the Atlassian Document Format. */
export interface AdfNode {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly AdfNode[];
}

export interface AdfDocument extends AdfNode {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: readonly AdfNode[];
}

/** https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
export function toAdf(blocks: readonly Block[]): AdfDocument {
  return { type: 'doc', version: 1, content: blocks.map(nodeOf) };
}

function nodeOf(block: Block): AdfNode {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(block.inlines);
    case 'heading':
      return { type: 'heading', attrs: { level: Math.min(Math.max(block.level, 1), 6) }, content: inline(block.inlines) };
    case 'list':
      return listNode(block);
    case 'code':
      return {
        type: 'codeBlock',
        ...(block.language === '' ? {} : { attrs: { language: block.language } }),
        content: block.text === '' ? [] : [{ type: 'text', text: block.text }],
      };
    case 'quote':
      return { type: 'blockquote', content: atLeastOne(block.blocks.flatMap(withinQuote)) };
    case 'table':
      return { type: 'table', content: block.rows.map((cells, row) => rowNode(cells, row === 0)) };
    case 'rule':
      return { type: 'rule' };
  }
}

function paragraph(inlines: readonly Inline[]): AdfNode {
  return { type: 'paragraph', content: inline(inlines) };
}

function listNode({ isOrdered, start, items }: Extract<Block, { kind: 'list' }>): AdfNode {
  return {
    type: isOrdered ? 'orderedList' : 'bulletList',
    ...(isOrdered && start !== 1 ? { attrs: { order: start } } : {}),
    content: items.map((item) => ({ type: 'listItem', content: itemContent(item) })),
  };
}

/** An item begins with a paragraph or code, and holds no headings, quotes, tables or rules. */
function itemContent(blocks: readonly Block[]): AdfNode[] {
  const content = blocks.flatMap(withinItem);
  return content[0]?.type === 'paragraph' || content[0]?.type === 'codeBlock' ? content : [paragraph([]), ...content];
}

function withinItem(block: Block): AdfNode[] {
  return block.kind === 'quote' ? block.blocks.flatMap(withinItem) : withinQuote(block);
}

function withinQuote(block: Block): AdfNode[] {
  switch (block.kind) {
    case 'heading':
      return [paragraph(block.inlines)];
    case 'quote':
      return block.blocks.flatMap(withinQuote);
    case 'table':
      return block.rows.map((cells) => paragraph(cells.flatMap((cell, index) => (index > 0 ? [bar, ...cell] : cell))));
    case 'rule':
      return [];
    default:
      return [nodeOf(block)];
  }
}

const bar: Inline = { kind: 'text', text: ' | ', marks: {} };

function atLeastOne(content: AdfNode[]): AdfNode[] {
  return content.length > 0 ? content : [paragraph([])];
}

function rowNode(cells: readonly (readonly Inline[])[], isHeading: boolean): AdfNode {
  const type = isHeading ? 'tableHeader' : 'tableCell';
  return { type: 'tableRow', content: cells.map((cell) => ({ type, attrs: {}, content: [paragraph(cell)] })) };
}

function inline(inlines: readonly Inline[]): AdfNode[] {
  return inlines.map((one): AdfNode => {
    if (one.kind === 'break') return { type: 'hardBreak' };
    const marks = marksOf(one.marks);
    return { type: 'text', text: one.text, ...(marks.length > 0 ? { marks } : {}) };
  });
}

/** Code takes no other mark beside it but a link. */
function marksOf({ strong, em, strike, code, href }: Marks): NonNullable<AdfNode['marks']>[number][] {
  const styles = code ? ['code'] : [strong && 'strong', em && 'em', strike && 'strike'].filter((type) => typeof type === 'string');
  return [...styles.map((type) => ({ type })), ...(href === undefined ? [] : [{ type: 'link', attrs: { href } }])];
}

const nodeSchema = z.object({
  type: z.string().catch(''),
  text: z.string().catch(''),
  attrs: z.record(z.string(), z.unknown()).catch({}),
  content: z.array(z.unknown()).catch([]),
});

/** What a document says, for people to compare: much like the Markdown it may have been made of. */
export function adfWords(document: unknown): string {
  return blockWords(document, '').trim();
}

/** Kinds of things in a document that no Markdown can say: they would be lost with it. */
export function lostKinds(document: unknown): string[] {
  const { type, content } = read(document);
  const own = Object.entries(unsayable).flatMap(([kind, words]) => (kind === type ? [words] : []));
  return [...new Set([...own, ...content.flatMap(lostKinds)])];
}

const unsayable: Readonly<Record<string, string>> = {
  media: 'images or files',
  mediaInline: 'images or files',
  panel: 'panels',
  mention: 'mentions of people',
  expand: 'sections to expand',
  status: 'status labels',
  date: 'dates',
  taskList: 'task lists',
  decisionList: 'decisions',
  extension: 'macros',
  bodiedExtension: 'macros',
  inlineExtension: 'macros',
  layoutSection: 'columns',
};

function read(value: unknown): z.output<typeof nodeSchema> {
  return nodeSchema.safeParse(value).data ?? { type: '', text: '', attrs: {}, content: [] };
}

function inlineWords(value: unknown): string {
  const { type, text, attrs, content } = read(value);
  if (type === 'text') return text;
  if (type === 'hardBreak') return '\n';
  if (type === 'media' || type === 'mediaInline') return '(image or file)';
  return content.length > 0 ? content.map(inlineWords).join('') : String(attrs.text ?? attrs.url ?? '');
}

function blockWords(value: unknown, indent: string): string {
  const { type, attrs, content } = read(value);
  const each = (before: (index: number) => string) => content.map((item, index) => itemWords(item, indent, before(index))).join('');
  switch (type) {
    case 'paragraph':
      return `${indent}${content.map(inlineWords).join('').replaceAll('\n', `\n${indent}`)}\n\n`;
    case 'heading':
      return `${'#'.repeat(Number(attrs.level) || 1)} ${content.map(inlineWords).join('')}\n\n`;
    case 'codeBlock':
      return `\`\`\`\n${content.map(inlineWords).join('')}\n\`\`\`\n\n`;
    case 'bulletList':
    case 'taskList':
      return `${each(() => '- ')}\n`;
    case 'orderedList':
      return `${each((index) => `${(Number(attrs.order) || 1) + index}. `)}\n`;
    case 'rule':
      return '---\n\n';
    case 'tableRow':
      return `| ${content.map((cell) => blockWords(cell, '').trim().replaceAll('\n', ' ')).join(' | ')} |\n`;
    case 'table':
      return `${content.map((row) => blockWords(row, '')).join('')}\n`;
    default:
      return content.length > 0 ? content.map((one) => blockWords(one, indent)).join('') : `${inlineWords(value)}\n\n`;
  }
}

function itemWords(item: unknown, indent: string, mark: string): string {
  const { type, content } = read(item);
  if (type !== 'listItem') return `${indent}${mark}${content.map(inlineWords).join('')}\n`;
  const inside = content.map((block) => blockWords(block, `${indent}  `).trimEnd()).join('\n');
  return `${indent}${mark}${inside.trimStart()}\n`;
}
