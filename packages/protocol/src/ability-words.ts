/** What Vera can do wherever she is, a line each, in Slack's mark-up: said by her command, her welcome and her home tab alike. */
export const abilityWords = {
  stop: '• *Stop me*: press _Stop_ while I answer, write `stop`, put 🛑 on your message, or delete it.',
  files: '• *Drop in a file* with your question: a document, a picture, a spreadsheet. With its tables I compute.',
  charts: '• *Ask for a chart, a table or a file*: I draw it or attach it below my answer.',
  large: '• *Give me much at once*, such as a whole board or a long table: I share it out among helpers, and you see how far they are.',
} as const;

export function explainWords(name: string): string {
  return `• *Explain a message*: open its menu and choose _Ask ${name} about this_.`;
}
