import type { Block, Inline, Marks } from './read-markdown.ts';

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

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  rsquo: '’',
  ndash: '–',
  mdash: '—',
};

/** What a page in storage format says, for people to compare. No tag reaches beyond the next: so the time grows with the length only. */
export function storageWords(storage: string): string {
  return withSectionsAsText(storage)
    .replace(/<ac:parameter[^<>]*>[^<]*<\/ac:parameter>/g, '')
    .replace(/<ac:(?:structured-)?macro[^<>]*>/g, (tag) => `\n(${/ac:name="([^"]*)"/.exec(tag)?.[1] ?? 'macro'})\n`)
    .replace(/<(?:ac:image|ri:attachment)\b[^<>]*>/g, '(image or file)')
    .replace(/<h([1-6])[^<>]*>/g, (_, level: string) => `\n${'#'.repeat(Number(level))} `)
    .replace(/<li[^<>]*>(?:\s*<p[^<>]*>)?/g, '- ')
    .replace(/<\/t[dh]>/g, ' | ')
    .replace(/<\/(?:p|h[1-6]|pre|blockquote|table|ul|ol)>/g, '\n\n')
    .replace(/<(?:\/li|\/tr|br|hr)[^<>]*>/g, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => decoded(name) ?? whole)
    .replace(/(?<![ \t])[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n\n(?=- )/g, '\n')
    .trim();
}

const section = { start: '<![CDATA[', end: ']]>' } as const;

function withSectionsAsText(storage: string): string {
  const parts: string[] = [];
  for (let at = 0; ; ) {
    const start = storage.indexOf(section.start, at);
    const end = start === -1 ? -1 : storage.indexOf(section.end, start);
    if (end === -1) return parts.join('') + storage.slice(at);
    parts.push(storage.slice(at, start), `\n${escaped(storage.slice(start + section.start.length, end))}\n`);
    at = end + section.end.length;
  }
}

/** Whether a page holds what no Markdown can say: macros, images, mentions, tasks. */
export function hasMacros(storage: string): boolean {
  return /<(?:ac|ri|at):/i.test(storage);
}

function decoded(name: string): string | undefined {
  if (!name.startsWith('#')) return named[name];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
}
