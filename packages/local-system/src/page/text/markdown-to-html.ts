import { Marked, type RendererObject, type TokenizerAndRendererExtension } from 'marked';
import { escapeHtml } from './escape-html.ts';
import { safeLink } from './safe-link.ts';

export interface MarkdownOptions {
  /** The name of a person or bot mentioned by id. */
  readonly nameOf?: (userId: string) => string;
  /** Documents link to each other by path; messages link by whole addresses only. */
  readonly links?: 'with-paths' | 'absolute-only';
  /** Headings in a message lie below those of the page. */
  readonly headingOffset?: number;
}

/** Markdown as HTML without anything that can run: HTML in the text is shown as text, pictures become links, odd addresses plain text. */
export function markdownToHtml(markdown: string, options: MarkdownOptions = {}): string {
  const marked = new Marked({ gfm: true, breaks: false, extensions: [] });
  marked.use({ renderer: rendererFor(options), extensions: [mentionFor(options)] });
  return marked.parse(markdown, { async: false });
}

function rendererFor({ links = 'absolute-only', headingOffset = 0 }: MarkdownOptions): RendererObject {
  const anchor = (href: string, inner: string) => {
    const address = safeLink(href, links);
    return address === undefined ? inner : `<a href="${escapeHtml(address)}" target="_blank" rel="noopener noreferrer">${inner}</a>`;
  };
  return {
    html: ({ text }) => escapeHtml(text),
    link({ href, tokens }) {
      return anchor(href, this.parser.parseInline(tokens));
    },
    image: ({ href, text }) => anchor(href, escapeHtml(text || href)),
    heading({ depth, tokens }) {
      const level = Math.min(6, depth + headingOffset);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
    code({ text, lang = '' }) {
      const language = lang.split(/\s/)[0] ?? '';
      const label = language === '' ? '' : `<figcaption>${escapeHtml(language)}</figcaption>`;
      return `<figure class="code">${label}<pre tabindex="0"><code>${escapeHtml(text)}\n</code></pre></figure>\n`;
    },
    table({ header, rows }) {
      const line = (cells: typeof header) => `<tr>${cells.map((cell) => this.tablecell(cell)).join('')}</tr>`;
      return `<div class="table" tabindex="0"><table><thead>${line(header)}</thead><tbody>${rows.map(line).join('')}</tbody></table></div>\n`;
    },
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  };
}

/** `<@U…>`, which Slack reads in Markdown too. */
function mentionFor({ nameOf }: MarkdownOptions): TokenizerAndRendererExtension {
  return {
    name: 'mention',
    level: 'inline',
    start: (text) => text.indexOf('<@'),
    tokenizer(text) {
      const [raw, user] = /^<@([UW]\w+)(?:\|[^<>]*)?>/.exec(text) ?? [];
      return raw === undefined ? undefined : { type: 'mention', raw, user };
    },
    renderer: ({ user }) => `<span class="mention" data-user="${escapeHtml(user)}">@${escapeHtml(nameOf?.(user) ?? user)}</span>`,
  };
}
