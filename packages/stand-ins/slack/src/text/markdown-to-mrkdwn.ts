import { escaped, outside, toMrkdwn } from './to-mrkdwn.ts';

const code = /```[\s\S]*?(?:```|$)|`[^`\n]+`/g;
/** Stands for a mark of mrkdwn while Markdown's own marks are still being read. */
const bold = '\u0001';

/** The `text` Slack derives from Markdown: near enough to read and to search. */
export function markdownToMrkdwn(markdown: string): string {
  return outside(markdown, code, inlineToMrkdwn, codeToMrkdwn);
}

function inlineToMrkdwn(text: string): string {
  const marked = text
    .replace(/^#{1,6} +(.+?) *#*$/gm, (_, heading: string) => `${bold}${heading.replace(/\*\*|__/g, '')}${bold}`)
    .replace(/^(\s*)[-*+] +/gm, '$1• ')
    .replace(/!?\[([^\]]*)\]\((\S+?)(?: +"[^"]*")?\)/g, (_, label: string, url: string) => linkOf(label, url))
    .replace(/\*\*(.+?)\*\*|__(.+?)__/g, (_, stars?: string, lines?: string) => `${bold}${stars ?? lines}${bold}`)
    .replace(/(?<![\w*])\*(?=\S)([^*\n]*[^*\s])\*(?![\w*])/g, '_$1_')
    .replace(/~~(.+?)~~/g, '~$1~');
  return toMrkdwn(marked).replaceAll(bold, '*');
}

/** The language after a fence is not shown. */
function codeToMrkdwn(text: string): string {
  return escaped(text.replace(/^```[^\n`]*\n/, '```\n'));
}

function linkOf(label: string, url: string): string {
  if (!/^(?:https?:|mailto:)/.test(url)) return label;
  return label === '' || label === url ? `<${url}>` : `<${url}|${label.replace(/[<>|]/g, '')}>`;
}
