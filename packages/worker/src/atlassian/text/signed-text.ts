import { shorten, textLimits } from '@vera/protocol/shorten';
import { type Block, readMarkdown } from './read-markdown.ts';

/** A text of Vera's with a last line that says so. */
export interface SignedText {
  /** As it stands on a card. */
  readonly words: string;
  readonly blocks: readonly Block[];
}

interface SignParts {
  /** The name of the person Vera writes for, where it is known. */
  readonly name: string | undefined;
  /** What stands there so far; a line in it stays the one line. */
  readonly present?: string;
}

const linePattern = /Written with Vera's help, at [^\n]{1,120} request in Slack\./;
const lineStart = /^\s*[_*]{0,3}Written with Vera['’]s help/;

export async function signedText(markdown: string, { name, present = '' }: SignParts): Promise<SignedText> {
  // A line that the model wrote itself, or copied with the text, would be a second one.
  const text = withoutLine(markdown.trim());
  const line = linePattern.exec(present)?.[0] ?? lineFor(name);
  const signature: Block = { kind: 'paragraph', inlines: [{ kind: 'text', text: line, marks: { em: true } }] };
  return { words: text === '' ? line : `${text}\n\n${line}`, blocks: [...(await readMarkdown(text)), signature] };
}

function withoutLine(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  return lineStart.test(text.slice(start)) ? text.slice(0, start).trim() : text;
}

export function isSigned(text: string): boolean {
  return linePattern.test(text);
}

function lineFor(name: string | undefined): string {
  const known = shorten(name?.replace(/\s+/g, ' ').trim() ?? '', textLimits.name, { notice: '' });
  return `Written with Vera's help, at ${known ? `${known}'s` : "the author's"} request in Slack.`;
}
