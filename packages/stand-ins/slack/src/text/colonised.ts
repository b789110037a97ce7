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

export function colonised(text: string): string {
  return text.replace(pattern, (emoji) => `:${names[emoji] ?? ''}:`);
}
