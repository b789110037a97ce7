/** Those that Slack's emulator names; any other name stays as it is. */
const emoji: Readonly<Record<string, string>> = {
  '+1': '👍',
  '-1': '👎',
  eyes: '👀',
  tada: '🎉',
  pray: '🙏',
  slightly_smiling_face: '🙂',
  grinning: '😀',
  smile: '😄',
  joy: '😂',
  sweat_smile: '😅',
  blush: '😊',
  thinking_face: '🤔',
  wave: '👋',
  rocket: '🚀',
  fire: '🔥',
  white_check_mark: '✅',
  x: '❌',
  bulb: '💡',
  bug: '🐛',
  rotating_light: '🚨',
  warning: '⚠️',
  heart: '❤️',
  lock: '🔒',
  link: '🔗',
  key: '🔑',
  ticket: '🎫',
  memo: '📝',
  pencil2: '✏️',
  hourglass_flowing_sand: '⏳',
  hourglass: '⌛',
  no_entry_sign: '🚫',
  no_entry: '⛔',
  octagonal_sign: '🛑',
  point_right: '👉',
};

/** Names between colons become pictures. */
export function emojiOf(text: string): string {
  return text.replace(/:([\w+-]+):/g, (whole, name: string) => emoji[name] ?? whole);
}
