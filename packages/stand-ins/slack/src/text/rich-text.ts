type Block = Record<string, unknown>;

/** The `rich_text` block that Slack makes of a message written as text. */
export function richTextOf(mrkdwn: string, blockId: string): Block {
  return { type: 'rich_text', block_id: blockId, elements: partsOf(mrkdwn) };
}

function partsOf(mrkdwn: string): Block[] {
  return runsOf(mrkdwn).flatMap(({ isQuoted, lines }) => partsOfRun(lines.join('\n'), isQuoted));
}

const quote = /^(?:&gt;|>) ?/;
const quoteOfAll = /^(?:&gt;|>){3} ?/;

/** Lines that are quoted, and those that are not: a > begins a quote outside of code, and >>> one of all that follows. */
function runsOf(mrkdwn: string): { readonly isQuoted: boolean; readonly lines: string[] }[] {
  const runs: { isQuoted: boolean; lines: string[] }[] = [];
  const lines = mrkdwn.split('\n');
  let [inCode, isAllQuoted] = [false, false];
  lines.forEach((line, index) => {
    const begins = !inCode && !isAllQuoted && quoteOfAll.test(line);
    isAllQuoted ||= begins;
    const isQuoted = isAllQuoted || (!inCode && quote.test(line));
    if (!isQuoted && line.split('```').length % 2 === 0) inCode = !inCode && lines.slice(index + 1).some((later) => later.includes('```'));
    const bare = isQuoted ? line.replace(begins ? quoteOfAll : quote, '') : line;
    const run = runs.at(-1);
    if (run?.isQuoted === isQuoted) run.lines.push(bare);
    else runs.push({ isQuoted, lines: [bare] });
  });
  return runs;
}

/** Code within a quote has its `border`: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
function partsOfRun(text: string, isQuoted: boolean): Block[] {
  const parts: Block[] = [];
  let from = 0;
  const prose = (words: string) => {
    const elements = richTextElements(words.replace(/^\n|\n$/g, ''));
    if (elements.length > 0) parts.push({ type: isQuoted ? 'rich_text_quote' : 'rich_text_section', elements });
  };
  for (const fence of text.matchAll(/```\n?([\s\S]*?)\n?```/g)) {
    prose(text.slice(from, fence.index));
    const elements = [{ type: 'text', text: unescaped(fence[1] ?? '') }];
    parts.push({ type: 'rich_text_preformatted', elements, border: isQuoted ? 1 : 0 });
    from = fence.index + fence[0].length;
  }
  prose(text.slice(from));
  return parts;
}

type Element = Record<string, unknown>;

interface Style {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
}

const styles: Readonly<Record<string, keyof Style>> = { '*': 'bold', _: 'italic', '~': 'strike' };
const token = /<([^<>]+)>|`([^`\n]+)`|:([a-z0-9_+-]+):|(?<![\w*_~])([*_~])(?=\S)((?:(?!\4)[^\n])+?)(?<=\S)\4(?![\w])/g;

/** What lies inside one section: text with styles, mentions, links and emoji. */
function richTextElements(mrkdwn: string, style: Style = {}): Element[] {
  const elements: Element[] = [];
  let from = 0;
  for (const match of mrkdwn.matchAll(token)) {
    elements.push(...textElement(mrkdwn.slice(from, match.index), style), ...elementsOf(match, style));
    from = match.index + match[0].length;
  }
  return [...elements, ...textElement(mrkdwn.slice(from), style)];
}

function elementsOf(match: RegExpMatchArray, style: Style): Element[] {
  const [, control, code, emoji, mark, inner] = match;
  if (control !== undefined) return [controlElement(control, style)];
  if (code !== undefined) return textElement(code, { ...style, code: true });
  if (emoji !== undefined) return [{ type: 'emoji', name: emoji, ...styled(style) }];
  const name = styles[mark ?? ''];
  return richTextElements(inner ?? '', name ? { ...style, [name]: true } : style);
}

function controlElement(control: string, style: Style): Element {
  const [target = '', label] = control.split('|');
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1), ...styled(style) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1), ...styled(style) };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice('!subteam^'.length) };
  if (target.startsWith('!date^')) return { type: 'text', text: label ?? target };
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
  return { type: 'link', url: unescaped(target), ...(label === undefined ? {} : { text: unescaped(label) }), ...styled(style) };
}

function textElement(text: string, style: Style): Element[] {
  return text === '' ? [] : [{ type: 'text', text: unescaped(text), ...styled(style) }];
}

function styled(style: Style): { style?: Style } {
  return Object.keys(style).length === 0 ? {} : { style };
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
