import * as z from 'zod';

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
