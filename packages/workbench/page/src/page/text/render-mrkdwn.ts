import { emojiOf } from './emoji-of.ts';
import { escapeHtml, linkHtml, mentionHtml, type NameOf } from './safe-html.ts';

const code = /```\n?([\s\S]*?)\n?```|`([^`\n]+)`/g;
const control = /<([^<>\n]+)>/g;

/** HTML of Slack's own markup, in which `&`, `<` and `>` come escaped. */
export function renderMrkdwn(text: string, nameOf: NameOf): string {
  return outside(text, code, (plain) => blocksHtml(plain, nameOf), codeHtml);
}

function codeHtml([, block, inline]: RegExpMatchArray): string {
  const escaped = escapeHtml(unescaped(block ?? inline ?? ''));
  return block === undefined ? `<code>${escaped}</code>` : `<div class="code-block"><pre tabindex="0"><code>${escaped}</code></pre></div>`;
}

/** Quoted lines and the others. */
function blocksHtml(text: string, nameOf: NameOf): string {
  const quote = /(?:^|(?<=\n))(?:&gt; ?.*(?:\n|$))+/g;
  return outside(
    text,
    quote,
    (plain) => inlineHtml(plain, nameOf),
    ([lines]) => `<blockquote>${inlineHtml(lines.replace(/^&gt; ?/gm, '').trimEnd(), nameOf)}</blockquote>`,
  );
}

function inlineHtml(text: string, nameOf: NameOf): string {
  return outside(text, control, styledHtml, ([, target = '']) => controlHtml(target, nameOf));
}

function styledHtml(text: string): string {
  return emojiOf(escapeHtml(unescaped(text)))
    .replace(/(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])/g, '<strong>$1</strong>')
    .replace(/(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])/g, '<em>$1</em>')
    .replace(/(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?![\w~])/g, '<del>$1</del>')
    .replaceAll('\n', '<br>');
}

function controlHtml(target: string, nameOf: NameOf): string {
  if (/^[@#!]/.test(target)) return mentionHtml(unescaped(target), nameOf);
  const [href = '', ...label] = target.split('|');
  return linkHtml(unescaped(href), escapeHtml(unescaped(label.join('|') || href.replace(/^(?:mailto|tel):/, ''))));
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function outside(text: string, pattern: RegExp, plain: (part: string) => string, matched: (match: RegExpMatchArray) => string): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    result += plain(text.slice(from, match.index)) + matched(match);
    from = match.index + match[0].length;
  }
  return result + plain(text.slice(from));
}
