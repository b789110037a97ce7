import { salientWordsOf, wordsOf } from '@vera/stand-in-kit/language/words-of';
import type { Conversation, SentFile } from './conversation.ts';
import { suggestions } from './suggestions.ts';
import { monthIn } from './summarise-sheet.ts';

const greeting = /^\W*(?:hi|hiya|hello|hey|howdy|good (?:morning|afternoon|evening|day))\b/i;
const thanks = /\b(?:thanks|thank you|thx|cheers)\b/i;
const abilities =
  /\bwhat (?:can|do) you (?:do|know|help)\b|\bhow (?:can|could|do) you (?:help|work)\b|\b(?:who|what) are you\b|^\W*help\W*$/i;
const ofFiles =
  /^(?:files?|attach(?:ed|ments?)|document|pdf|csv|image|picture|screenshot|summari[sz]e|summary|describe|read|open|spreadsheet|sheet|workbook|excel|table|numbers|charts?|draw|plot)$/;
const fillers = new Set('there all team everyone morning afternoon evening day good lot much great perfect nice super'.split(' '));

/** An answer that needs no tool: to a greeting, to thanks, to "what can you do?". */
export function smallTalk({ question, name, speaker, files }: Conversation): string | undefined {
  if (abilities.test(question)) return introduction(name);
  const words = salientWordsOf(question).filter((word) => !fillers.has(word) && !thanks.test(word) && word !== name.toLowerCase());
  if (words.length > 0 || (question === '' && files.length > 0)) return undefined;
  const dear = speaker ? `, ${speaker.split(' ')[0]}` : '';
  if (thanks.test(question)) return `You are welcome${dear}!`;
  return greeting.test(question) || wordsOf(question).length === 0 ? `Hello${dear}! ${introduction(name)}` : undefined;
}

/** Whether a question asks for nothing but the files that came with it: no document of the company answers that. */
export function isOnlyAboutFiles({ question, files }: Pick<Conversation, 'question' | 'files'>): boolean {
  const theirs = new Set(files.flatMap(({ name, text = '' }) => wordsOf(`${name} ${columnsIn(text)}`)));
  return files.length > 0 && salientWordsOf(question).every((word) => ofFiles.test(word) || theirs.has(word));
}

const ofSums = /^(?:total|sums?|cost|spen[dt]|spreadsheet|sheet|table|chart|draw|plot)$/;

/** Whether it asks on about files that came before it: by their columns, a month, or what they come to. */
export function asksOnAboutFiles({ question, files, earlierFiles }: Pick<Conversation, 'question' | 'files' | 'earlierFiles'>): boolean {
  const theirs = new Set(earlierFiles.flatMap(({ text = '' }) => wordsOf(columnsIn(text))));
  const words = salientWordsOf(question);
  const isAbout = (word: string) => ofSums.test(word) || theirs.has(word) || monthIn(word) !== undefined;
  return files.length === 0 && words.length > 0 && words.every(isAbout);
}

/** The line above the kinds of a table's columns. */
function columnsIn(text: string): string {
  return /^\| (.*)\n\| \(/m.exec(text)?.[1] ?? '';
}

function introduction(name: string): string {
  return `I am ${name}'s rehearsal model: I play a few stories, and for anything else I search the documents and quote them. I understand nothing.\n\n${offer}`;
}

/** What to ask instead, and how to get a real model. */
export const offer = `I play stories with real tools, such as these; after the first, ask me to open a ticket for it:

${Object.values(suggestions)
  .map(([first]) => `- ${first}`)
  .join('\n')}
- analyse the PAY board

I also add up a spreadsheet that you send me and draw its sums, and I ask whether to remember “from now on, answer me in bullet points” or “when I ask for …, …”; “what do you remember of me?” shows it.

For a real model, start with \`VERA_MODEL_URL\` naming an OpenAI-compatible server.`;

const linesShown = 8;

/** What was done with a file: of a text its first lines are shown, anything else is not read. */
export function tellFile({ name, kind, text, problem }: SentFile): string {
  if (problem !== undefined) return `I did not get your file **${name}**: ${problem}.`;
  if (text === undefined) return `I got **${name}** (${kind}) and did not look into it: I only show text.`;
  const lines = text.trim().split('\n');
  const head = lines.slice(0, linesShown).join('\n').replaceAll('```', "'''");
  const shown = lines.length > linesShown ? `the first ${linesShown} of its ${lines.length} lines` : 'all of it';
  return `I got your file **${name}** (${kind}). I did not work with it; this is ${shown}:\n\n\`\`\`\n${head}\n\`\`\``;
}
