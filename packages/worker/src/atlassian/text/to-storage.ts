import type { Block, Inline, Marks } from './block.ts';

/** Confluence's storage format, which is XHTML; none of its macros. */
export function toStorage(blocks: readonly Block[]): string {
  return blocks.map(elementOf).join('');
}

function elementOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${inline(block.inlines)}</p>`;
    case 'heading': {
      const level = Math.min(Math.max(block.level, 1), 6);
      return `<h${level}>${inline(block.inlines)}</h${level}>`;
    }
    case 'list': {
      const items = block.items.map((item) => `<li>${item.length > 0 ? toStorage(item) : '<p></p>'}</li>`).join('');
      const start = block.start === 1 ? '' : ` start="${block.start}"`;
      return block.isOrdered ? `<ol${start}>${items}</ol>` : `<ul>${items}</ul>`;
    }
    case 'code':
      return `<pre>${escaped(block.text)}</pre>`;
    case 'quote':
      return `<blockquote>${toStorage(block.blocks)}</blockquote>`;
    case 'table':
      return `<table><tbody>${block.rows.map(rowOf).join('')}</tbody></table>`;
    case 'rule':
      return '<hr/>';
  }
}

function rowOf(cells: readonly (readonly Inline[])[], row: number): string {
  const name = row === 0 ? 'th' : 'td';
  return `<tr>${cells.map((cell) => `<${name}><p>${inline(cell)}</p></${name}>`).join('')}</tr>`;
}

function inline(inlines: readonly Inline[]): string {
  return inlines.map((one) => (one.kind === 'break' ? '<br/>' : marked(escaped(one.text), one.marks))).join('');
}

function marked(text: string, { strong, em, strike, code, href }: Marks): string {
  const names = [code && 'code', strike && 'del', em && 'em', strong && 'strong'].filter((name) => typeof name === 'string');
  const styled = names.reduce((inside, name) => `<${name}>${inside}</${name}>`, text);
  return href === undefined ? styled : `<a href="${escaped(href)}">${styled}</a>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
