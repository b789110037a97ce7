/** Slack's own mark-up that would call a whole channel or a group; a zero-width space keeps it text. */
const broadcast = /<!(?=channel|here|everyone|subteam)/gi;

/** What a model wrote, unable to notify a crowd. */
export function toHarmlessMarkdown(text: string): string {
  return text.replace(broadcast, '<\u200b!');
}

/** Markdown as plain text, for notifications and screen readers and where Slack refuses blocks. */
export function toPlainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)')
    .replace(/\*\*([^*]+)\*\*/g, '*$1*')
    .replaceAll('&', '&amp;')
    .replace(/<(?![@#])/g, '&lt;')
    .slice(0, 3_900);
}
