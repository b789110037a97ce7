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

/** What a page in storage format says, for people to compare. */
export function storageWords(storage: string): string {
  return storage
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, text: string) => `\n${text.replace(/[&<>]/g, escaped)}\n`)
    .replace(/<ac:parameter[^>]*>[^<]*<\/ac:parameter>/g, '')
    .replace(/<ac:(?:structured-)?macro[^>]*ac:name="([^"]*)"[^>]*>/g, '\n($1)\n')
    .replace(/<(?:ac:image|ri:attachment)\b[^>]*>/g, '(image or file)')
    .replace(/<h([1-6])[^>]*>/g, (_, level: string) => `\n${'#'.repeat(Number(level))} `)
    .replace(/<li[^>]*>(?:\s*<p[^>]*>)?/g, '- ')
    .replace(/<\/t[dh]>/g, ' | ')
    .replace(/<\/(?:p|h[1-6]|pre|blockquote|table|ul|ol)>/g, '\n\n')
    .replace(/<(?:\/li|\/tr|br|hr)[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => decoded(name) ?? whole)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n\n(?=- )/g, '\n')
    .trim();
}

/** Whether a page holds what no Markdown can say: macros, images, mentions, tasks. */
export function hasMacros(storage: string): boolean {
  return /<(?:ac|ri|at):/i.test(storage);
}

function escaped(character: string): string {
  return { '&': '&amp;', '<': '&lt;', '>': '&gt;' }[character] ?? character;
}

function decoded(name: string): string | undefined {
  if (!name.startsWith('#')) return named[name];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
}
