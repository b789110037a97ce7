import { Marked, type RendererObject, type Tokens } from 'marked';
import { escapeHtml, linkHtml, mentionHtml, type NameOf } from './safe-html.ts';

export interface MarkdownOptions {
  /** Links to other documents beside this one are kept. */
  readonly relativeLinks?: boolean;
  /** Makes `<@U…>` a name. */
  readonly nameOf?: NameOf;
}

/** HTML of Markdown. HTML inside it is shown as text, images become links, and only links that lead to a page or an address are links. */
export function renderMarkdown(source: string, { relativeLinks = false, nameOf }: MarkdownOptions = {}): string {
  const markdown = new Marked({ gfm: true, breaks: !relativeLinks, renderer: rendererOf(relativeLinks) });
  if (nameOf) markdown.use({ extensions: [mentionExtension(nameOf)] });
  return markdown.parse(source, { async: false });
}

function rendererOf(relativeLinks: boolean): RendererObject {
  return {
    html: ({ text }) => escapeHtml(text),
    // Marked's own leaves text behind an open <script> or <pre> as it stands, a half-written tag with it.
    text(token) {
      return 'tokens' in token && token.tokens ? this.parser.parseInline(token.tokens) : escapeText(token.text);
    },
    image: ({ href, text }) => linkHtml(href, escapeHtml(text || href), relativeLinks),
    link({ href, tokens }) {
      return linkHtml(href, this.parser.parseInline(tokens), relativeLinks);
    },
    code({ text, lang }) {
      const language = lang?.match(/^[\w+#.-]{1,24}/)?.[0];
      const label = language ? `<span class="code-language">${escapeHtml(language)}</span>` : '';
      return `<div class="code-block">${label}<pre tabindex="0"><code>${escapeHtml(text)}</code></pre></div>`;
    },
    table(token) {
      const row = (cells: readonly Tokens.TableCell[], name: 'th' | 'td') =>
        `<tr>${cells.map(({ tokens, align }) => `<${name}${align ? ` class="${align}"` : ''}>${this.parser.parseInline(tokens)}</${name}>`).join('')}</tr>`;
      const rows = token.rows.map((cells) => row(cells, 'td')).join('');
      return `<div class="table-frame"><table><thead>${row(token.header, 'th')}</thead><tbody>${rows}</tbody></table></div>`;
    },
  };
}

/** Entities stay what they stand for. */
function escapeText(text: string): string {
  return escapeHtml(text).replace(/&amp;(#\d{1,7}|#[Xx][\da-fA-F]{1,6}|[a-zA-Z]\w*);/g, '&$1;');
}

function mentionExtension(nameOf: NameOf) {
  const pattern = /^<([@#!][^<>\s]+)>/;
  return {
    name: 'mention',
    level: 'inline' as const,
    start: (text: string) => text.search(/<[@#!]/),
    tokenizer(text: string) {
      const [raw, target] = pattern.exec(text) ?? [];
      return raw && target ? { type: 'mention', raw, target } : undefined;
    },
    renderer: ({ target }: Tokens.Generic) => mentionHtml(String(target), nameOf),
  };
}
