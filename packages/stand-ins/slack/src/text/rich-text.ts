import { richTextElements } from './rich-text-elements.ts';
import { unescaped } from './unescaped.ts';

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
