/** Text as it is shown, where Slack would read mark-up: nothing in it is a mention or a link. Cut before, so that no escape is parted. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The same, with mentions of people and channels left what they are, and quotations. */
export function escapeButMentions(text: string): string {
  return text.replaceAll('&', '&amp;').replace(/<(?![@#])/g, '&lt;');
}

/** Slack's three escapes undone. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
