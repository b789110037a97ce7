import { escapeButMentions } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { Lexer, type Token, Tokenizer, type Tokens } from 'marked';
import { isAddress, isHonest, targetOf, toOneMailbox } from './honest-link.ts';

/** Slack's own mark-up that would call a whole channel or a group; a zero-width space keeps it text. */
const broadcast = /<!(?=channel|here|everyone|subteam)/gi;

/**
 * What a model wrote, unable to notify a crowd or to pass one address off as another. `before` stands above it in the same message and
 * stays what it is. Links are found as a renderer finds them.
 */
export function toHarmlessMarkdown(text: string, before = ''): string {
  let harmless = text.replace(broadcast, '<\u200b!').replace(slackLink, honestSlackLink);
  // What is replaced may leave others, as where brackets closed that were another link's.
  for (let rounds = 0; rounds < mostRounds; rounds += 1) {
    const next = withoutLies(harmless, before);
    if (next === harmless) return harmless;
    harmless = next;
  }
  return withoutLinks(harmless);
}

const mostRounds = 5;

/** Slack's own form of a link, which Markdown does not know. */
const slackLink = /<([a-z][a-z\d+.-]*:[^\s|<>]*)\|([^<>\n]*)>/gi;

function honestSlackLink(link: string, href: string, words: string): string {
  const target = targetOf(href);
  if (!target) return `${words} (${href})`;
  return isHonest(words, target) ? link.replace(href, toOneMailbox(href)) : `<${href}>`;
}

/** HTML and indentation make no text of a link here: whether Slack goes by them is not known. */
class LinkTokenizer extends Tokenizer {
  override html(): undefined {}
  override tag(): undefined {}
  override code(): undefined {}
}

function withoutLies(text: string, before: string): string {
  const all = before + text;
  const parts: string[] = [];
  let [done, at] = [before.length, 0];
  for (const token of leavesIn(all)) {
    const start = all.indexOf(token.raw, at);
    // Within a quotation a token of several lines has lost its marks; a link there is found when it is the only one left.
    if (start === -1) continue;
    at = start + token.raw.length;
    const shown = shownAs(token);
    if (shown === token.raw || start < before.length) continue;
    parts.push(all.slice(done, start), shown);
    done = at;
  }
  return parts.join('') + all.slice(done);
}

function leavesIn(text: string): Token[] {
  try {
    return leavesOf(new Lexer({ gfm: true, breaks: true, tokenizer: new LinkTokenizer() }).lex(text));
  } catch {
    // Thousands of quotation marks in a row: the lexer goes down one call for each.
    return [{ type: 'unreadable', raw: text }];
  }
}

function leavesOf(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => {
    if (token.type === 'link' || token.type === 'image') return [token];
    if (token.type === 'list') return (token as Tokens.List).items.flatMap((item) => leavesOf(item.tokens));
    if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table;
      return [header, ...rows].flat().flatMap((cell) => leavesOf(cell.tokens));
    }
    return 'tokens' in token && token.tokens ? leavesOf(token.tokens) : [token];
  });
}

function shownAs(token: Token): string {
  switch (token.type) {
    case 'link':
    case 'image':
      return honestLink(token as Tokens.Link);
    case 'def':
      return withoutDefinition(token.raw);
    case 'unreadable':
      return withoutLinks(token.raw);
    case 'text':
      // Where a definition would go on with what comes next.
      return /^\s*\[[^[\]\n]+\]:/.test(token.raw) ? withoutDefinition(token.raw) : token.raw;
    default:
      return token.raw;
  }
}

/** As text: a definition below what is shown already would make a link of it, without a word of where it leads. */
function withoutDefinition(raw: string): string {
  return raw.replace('[', '\\[');
}

function honestLink(link: Tokens.Link): string {
  const { raw, href, text } = link;
  const isWritten = raw.startsWith('[') || raw.startsWith('!');
  if (!isAddress(href)) return raw;
  const target = targetOf(href);
  if (!target) return isWritten ? `${text} (${href})` : raw.replace(/^<|>$/g, '');
  if (!isWritten) return raw;
  const address = toOneMailbox(href).replace(/[()[\]<>\s\\`]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  if (!isHonest(wordsOf([link]), target)) return `[${address}](${address})`;
  return raw.endsWith(')') && toOneMailbox(href) === href ? raw : `[${text}](${address})`;
}

/** What a reader sees of tokens. */
function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => ('tokens' in token && token.tokens ? wordsOf(token.tokens) : String('text' in token ? token.text : '')))
    .join('');
}

/** The last resort: nothing in it is a link of Markdown. */
function withoutLinks(text: string): string {
  return text.replace(/(?<!\\)\[/g, '\\[');
}

/** Markdown as plain text, for notifications and screen readers and where Slack refuses blocks. */
export function toPlainText(markdown: string): string {
  const plain = markdown.replace(/\[([^[\]]*)\]\(([^()\s]*)\)/g, '$1 ($2)').replace(/\*\*([^*]+)\*\*/g, '*$1*');
  return escapeButMentions(shorten(plain, textLimits.plainAnswer, { sizeOf: (part) => escapeButMentions(part).length }));
}
