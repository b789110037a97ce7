import type { AdfNode } from './adf-node.ts';

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

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
