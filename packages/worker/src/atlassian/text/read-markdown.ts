import type { Token, Tokens } from 'marked';

/** A text as both products have it: what a renderer is given. Links are safe, texts have no characters that XML forbids. */
export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly start: number; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  /** The first row is the heading. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly kind: 'rule' };

export type Inline = { readonly kind: 'break' } | { readonly kind: 'text'; readonly text: string; readonly marks: Marks };

export interface Marks {
  readonly strong?: boolean;
  readonly em?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
  /** An address of http, https or mailto. */
  readonly href?: string;
}

/** Deeper than people nest, and far from where a call stack ends. */
const deepest = 12;

/** The blocks of a Markdown text. HTML in it stays text, images become links. */
export async function readMarkdown(markdown: string): Promise<readonly Block[]> {
  const { Lexer } = await import('marked');
  const text = withoutControls(markdown);
  if (tooDeep.test(text)) return [{ kind: 'paragraph', inlines: lines(text, {}) }];
  try {
    return blocksOf(new Lexer({ gfm: true, breaks: true }).lex(text), 0);
  } catch {
    // Thousands of quotation marks in a row: the lexer goes down one call for each.
    return [{ kind: 'paragraph', inlines: lines(text, {}) }];
  }
}

/** Lists and quotations in one another on one line: the lexer's time grows with the square of how many. */
const tooDeep = /^[ \t]*(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+){100}/m;

function withoutControls(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  );
}

function blocksOf(tokens: readonly Token[], depth: number): Block[] {
  return tokens.flatMap((token, index) => {
    // The box of a task stands before the words that belong to it.
    if (token.type === 'checkbox' && tokens[index + 1]?.type === 'text') return [];
    const box = tokens[index - 1];
    return token.type === 'text' && box?.type === 'checkbox' ? paragraphOf(inlinesOf([box, token], {}, depth)) : blockOf(token, depth);
  });
}

function blockOf(token: Token, depth: number): Block[] {
  if (depth > deepest && 'tokens' in token) return [{ kind: 'paragraph', inlines: lines(token.raw, {}) }];
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'code':
      return [{ kind: 'code', language: /^[\w+#.-]{1,30}$/.exec(token.lang ?? '')?.[0] ?? '', text: token.text }];
    case 'heading':
      return [{ kind: 'heading', level: token.depth, inlines: inlinesOf(token.tokens, {}, depth) }];
    case 'blockquote':
      return [{ kind: 'quote', blocks: blocksOf(token.tokens ?? [], depth + 1) }];
    case 'list':
      return [listOf(token as Tokens.List, depth)];
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [{ kind: 'table', rows: [header, ...rows].map((row) => row.map((cell) => inlinesOf(cell.tokens, {}, depth))) }];
    }
    default:
      return paragraphOf(inlinesOf([token], {}, depth));
  }
}

function paragraphOf(inlines: readonly Inline[]): Block[] {
  return inlines.length === 0 ? [] : [{ kind: 'paragraph', inlines }];
}

function listOf({ ordered, start, items }: Tokens.List, depth: number): Block {
  return {
    kind: 'list',
    isOrdered: ordered,
    start: start === '' ? 1 : start,
    items: items.map((item) => blocksOf(item.tokens, depth + 1)),
  };
}

function inlinesOf(tokens: readonly Token[] = [], marks: Marks, depth: number): Inline[] {
  return tokens.flatMap((token): Inline[] => {
    if (depth > deepest) return lines(token.raw, marks);
    switch (token.type) {
      case 'br':
        return [{ kind: 'break' }];
      case 'strong':
        return inlinesOf(token.tokens, { ...marks, strong: true }, depth + 1);
      case 'em':
        return inlinesOf(token.tokens, { ...marks, em: true }, depth + 1);
      case 'del':
        return inlinesOf(token.tokens, { ...marks, strike: true }, depth + 1);
      case 'codespan':
        return lines(token.text, { ...marks, code: true });
      case 'link':
        return linkOf(token as Tokens.Link, marks, depth);
      case 'image':
        return lines(token.text || token.href, { ...marks, ...hrefIn(token.href) });
      case 'checkbox':
        return lines(token.checked ? '☑ ' : '☐ ', marks);
      case 'html':
        return lines(token.raw.trimEnd(), marks);
      default:
        return inlinesOfOther(token as Tokens.Generic, marks, depth);
    }
  });
}

function inlinesOfOther({ tokens, text, raw }: Tokens.Generic, marks: Marks, depth: number): Inline[] {
  return tokens ? inlinesOf(tokens, marks, depth + 1) : lines(decoded(String(text ?? raw)), marks);
}

/** Where a link leads nowhere that is allowed, its words say where it wanted to. */
function linkOf({ href, tokens, text }: Tokens.Link, marks: Marks, depth: number): Inline[] {
  const words = inlinesOf(tokens, { ...marks, ...hrefIn(href) }, depth + 1);
  return safeHref(href) === undefined && text !== href ? [...words, ...lines(` (${href})`, marks)] : words;
}

function hrefIn(address: string): Marks {
  const href = safeHref(address);
  return href === undefined ? {} : { href };
}

function lines(text: string, marks: Marks): Inline[] {
  return text
    .split('\n')
    .flatMap((line, index): Inline[] => [
      ...(index > 0 ? [{ kind: 'break' as const }] : []),
      ...(line === '' ? [] : [{ kind: 'text' as const, text: line, marks }]),
    ]);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' };

function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole);
}

/** An address that may stand in a link: of http, https or mailto; as the parser of browsers reads it, so that both mean the same. */
function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : undefined;
}
