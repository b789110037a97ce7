type Block = Record<string, unknown>;

/** The `rich_text` block that Slack makes of a message written as text. */
export function richTextOf(mrkdwn: string, blockId: string): Block {
  return { type: 'rich_text', block_id: blockId, elements: partsOf(mrkdwn) };
}

function partsOf(mrkdwn: string): Block[] {
  const parts: Block[] = [];
  let from = 0;
  for (const fence of mrkdwn.matchAll(/```\n?([\s\S]*?)\n?```/g)) {
    parts.push(...proseParts(mrkdwn.slice(from, fence.index)));
    parts.push({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: unescaped(fence[1] ?? '') }], border: 0 });
    from = fence.index + fence[0].length;
  }
  return [...parts, ...proseParts(mrkdwn.slice(from))];
}

/** Runs of quoted lines become quotes, all else sections. */
function proseParts(text: string): Block[] {
  const runs: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.replace(/^\n|\n$/g, '').split('\n')) {
    const quoted = /^(?:&gt;|>) ?/.test(line);
    const bare = quoted ? line.replace(/^(?:&gt;|>) ?/, '') : line;
    const run = runs.at(-1);
    if (run?.quoted === quoted) run.lines.push(bare);
    else runs.push({ quoted, lines: [bare] });
  }
  return runs
    .map(({ quoted, lines }) => ({ type: quoted ? 'rich_text_quote' : 'rich_text_section', elements: richTextElements(lines.join('\n')) }))
    .filter(({ elements }) => elements.length > 0);
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
