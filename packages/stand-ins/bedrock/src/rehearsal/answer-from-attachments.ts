import { toBlocks } from '../markdown/to-blocks.ts';
import { condense } from './condense.ts';
import type { Conversation } from './conversation.ts';
import { statementsOf } from './statements-of.ts';
import { weighAgainst } from './weigh.ts';

const linesShown = 12;
const statementsShown = 3;
const enough = 0.4;

/** What the files sent with a question say about it; undefined when there are none, or when they do not speak of it. */
export function answerFromAttachments({ question, attachments }: Conversation): string | undefined {
  const { texts, unreadable } = attachments;
  const found = texts.flatMap(({ name, text }) => quoteOf(name, text, question));
  if (found.length > 0) return found.join('\n\n');
  if (question !== '') return undefined;
  if (texts.length > 0) return texts.map(({ name, text }) => beginningOf(name, text)).join('\n\n');
  return unreadable.length > 0 ? `I got ${unreadable.join(' and ')}, which I cannot read. Tell me in words what you need.` : undefined;
}

function quoteOf(name: string, text: string, question: string): string[] {
  const statements = toBlocks(text).flatMap(statementsOf);
  const weigh = weighAgainst(
    condense(question),
    '',
    statements.map((statement) => statement.text),
  );
  const best = statements
    .map((statement) => ({ text: statement.text, weight: weigh(statement.text) }))
    .filter(({ weight }) => weight >= enough)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, statementsShown);
  return best.length === 0 ? [] : [`Your file **${name}** says:`, best.map(({ text: said }) => `> ${said}`).join('\n>\n')];
}

function beginningOf(name: string, text: string): string {
  const lines = text.trim().split('\n');
  const more = lines.length > linesShown ? `\n\nIt has ${lines.length} lines; ask me about one of them.` : '';
  return `Your file **${name}** begins:\n\n\`\`\`\n${lines.slice(0, linesShown).join('\n').replaceAll('```', "'''")}\n\`\`\`${more}`;
}
