/** Control sequences that stay as they are: mentions, channels, groups, dates and links. */
const control = /<(?:[@#!][^<>\s][^<>]*|(?:https?:\/\/|mailto:|tel:)[^<>\s|]+(?:\|[^<>]*)?)>/g;
const bareUrl = /(?<![\w"'=])https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]}'"*_~]/g;

/** Text as Slack keeps it: entities escaped, bare URLs wrapped, emoji by name. What is escaped already stays. */
export function toMrkdwn(text: string): string {
  return outside(text, control, (plain) =>
    outside(
      escaped(colonised(plain)),
      bareUrl,
      (rest) => rest,
      (url) => `<${url}>`,
    ),
  );
}

/** Escapes what Slack escapes, once. */
export function escaped(text: string): string {
  return text
    .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Applies `change` to what lies between the matches, `keep` to the matches. */
export function outside(
  text: string,
  pattern: RegExp,
  change: (part: string) => string,
  keep: (match: string) => string = (match) => match,
): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    result += change(text.slice(from, match.index)) + keep(match[0]);
    from = match.index + match[0].length;
  }
  return result + change(text.slice(from));
}

/** The emoji people type most. Slack knows all of them; the rest stays as typed here. */
const names: Readonly<Record<string, string>> = {
  '👍': '+1',
  '👎': '-1',
  '👀': 'eyes',
  '🎉': 'tada',
  '🙏': 'pray',
  '🙂': 'slightly_smiling_face',
  '😀': 'grinning',
  '😄': 'smile',
  '😂': 'joy',
  '😅': 'sweat_smile',
  '😊': 'blush',
  '🤔': 'thinking_face',
  '👋': 'wave',
  '🚀': 'rocket',
  '🔥': 'fire',
  '✅': 'white_check_mark',
  '❌': 'x',
  '💡': 'bulb',
  '🐛': 'bug',
  '🚨': 'rotating_light',
  '⚠️': 'warning',
  '❤️': 'heart',
  '🔒': 'lock',
  '🔗': 'link',
  '🔑': 'key',
  '🎫': 'ticket',
  '📝': 'memo',
  '✏️': 'pencil2',
  '⏳': 'hourglass_flowing_sand',
  '⌛': 'hourglass',
  '🚫': 'no_entry_sign',
  '⛔': 'no_entry',
  '👉': 'point_right',
};
const pattern = new RegExp(Object.keys(names).join('|'), 'gu');

function colonised(text: string): string {
  return text.replace(pattern, (emoji) => `:${names[emoji] ?? ''}:`);
}
