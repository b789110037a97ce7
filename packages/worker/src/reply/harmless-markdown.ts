import { escapeButMentions } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';

/** Slack's own mark-up that would call a whole channel or a group; a zero-width space keeps it text. */
const broadcast = /<!(?=channel|here|everyone|subteam)/gi;

/** What a model wrote, unable to notify a crowd or to pass one address off as another. */
export function toHarmlessMarkdown(text: string): string {
  return text
    .replace(broadcast, '<\u200b!')
    .replace(markdownLink, (link, label: string, url: string) => (isHonest(label, url) ? link : `[${url}](${url})`))
    .replace(slackLink, (link, url: string, label: string) => (isHonest(label, url) ? link : `<${url}>`));
}

const markdownLink = /\[([^[\]\n]{1,300})\]\(<?(https?:\/\/[^\s<>()]{1,600})>?(?:\s[^)\n]{0,300})?\)/gi;
const slackLink = /<(https?:\/\/[^\s|<>]{1,600})\|([^>\n]{1,300})>/gi;
/** A label that reads as an address. Endings such as `.md` or `.ts` are files far more often. */
const address = /^\W*(?:https?:\/\/(?:[^\s/@]*@)?|(?=www\.)|(?=\S+\.(?:com|org|net|gov|edu|io|co|eu|example)(?:[/:?#\W]|$)))([\w.-]+)/i;

/** Whether a link leads to the host that its label names, if it names one. */
function isHonest(label: string, url: string): boolean {
  const named = address.exec(label)?.[1];
  return named === undefined || bare(named) === bare(URL.parse(url)?.hostname ?? '');
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\.|\.$/g, '');
}

/** Markdown as plain text, for notifications and screen readers and where Slack refuses blocks. */
export function toPlainText(markdown: string): string {
  const plain = markdown.replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)').replace(/\*\*([^*]+)\*\*/g, '*$1*');
  return escapeButMentions(shorten(plain, textLimits.plainAnswer, { sizeOf: (part) => escapeButMentions(part).length }));
}
