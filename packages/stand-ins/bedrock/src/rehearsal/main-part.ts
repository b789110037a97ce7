import { meaningsOf } from '@vera/stand-in-kit/language/words-of';
import { toBlocks } from '../markdown/to-blocks.ts';
import type { Ranked, ScoredStatement } from './answer-from-sources.ts';
import { asksForOverview } from './preference-for.ts';
import { isHowTo, type ScoreStatement } from './score-statement.ts';
import type { SearchText } from './search-text.ts';
import { cite } from './sources.ts';
import { kindOf, statementsOf, wordRow } from './statements-of.ts';
import type { Weigh } from './weigh.ts';

const shortSection = 900;
const shortParagraph = 320;

/** A question and how to measure what answers it. */
export interface Asking {
  readonly question: string;
  /** The question's telling words and those of the turns before it. */
  readonly text: SearchText;
  readonly weigh: Weigh;
  readonly score: ScoreStatement;
}

/** The best passage: what answers the question first, then the lists, tables, code and paragraphs around it as they stand. */
export function mainPart(ranked: Ranked, asking: Asking): string[] {
  const { source, best } = ranked;
  const { weigh, score } = asking;
  const blocks = toBlocks(source.text);
  const at = Math.max(
    0,
    blocks.findIndex((block) => statementsOf(block).some(({ text }) => text === best.text)),
  );
  const lead = leadOf(blocks[at] ?? best.text, ranked, asking);
  const isShort = source.text.length <= shortSection;
  const steps = isHowTo(asking.question) ? blocks.findIndex((block) => /^\s*1[.)] /.test(block)) : -1;
  const isShown = (block: string, index: number) => {
    if (index === steps - 1 && block.length <= shortParagraph) return true;
    if ((isShort && lead === undefined) || introduces(block, blocks[index + 1])) return true;
    if (kindOf(block) === 'paragraph') return weigh(block) >= best.score / 2;
    return (
      isShort || Math.abs(index - at) <= 1 || statementsOf(block).some((statement) => score(statement, source.title) >= best.score / 2)
    );
  };
  const saysLead = (index: number) => lead !== undefined && index === at && best.kind === 'paragraph';
  const shown = blocks.filter((block, index) => (index === at || isShown(block, index)) && !saysLead(index));
  if (lead === undefined) return [`**${source.title}** ${cite(source)}`, ...shown];
  if (shown.length === 0) return [`${lead} ${cite(source)} _(${source.title})_`];
  return [`${lead} ${cite(source)}`, `**${source.title}**`, ...shown];
}

/**
 * A short paragraph as a whole, else its best sentence; the row or item that was asked for. None for code, for a list of steps, and for
 * a list or table where nothing stands out: these speak for themselves.
 */
function leadOf(block: string, { source, best }: Ranked, { question, text, score }: Asking): string | undefined {
  switch (best.kind) {
    case 'code':
      return undefined;
    case 'paragraph': {
      const lead = block.length <= (asksForOverview.test(question) ? 2 : 1) * shortParagraph ? block.replace(/\s*\n\s*/g, ' ') : best.text;
      return lead.endsWith(':') ? undefined : lead;
    }
    default: {
      const scores = statementsOf(block).map((statement) => score(statement, source.title));
      const rivals = scores.filter((other) => other > best.score * 0.8).length;
      if ((best.kind === 'list' && isHowTo(question)) || rivals > 1 || best.text.endsWith(':')) return undefined;
      const worded = isHowTo(question) ? best.text : wordedFor(text, best);
      return `${worded}${/[.!?)]$/.test(best.text) ? '' : '.'}`;
    }
  }
}

/** Of a row only the cells that were asked for, by their column or by what they hold, if any was. */
function wordedFor({ query, context }: SearchText, { text, cells = [] }: ScoredStatement): string {
  const asked = meaningsOf(`${query} ${context}`);
  const named = cells.filter(({ column, value }) => [...meaningsOf(`${column} ${value}`)].some((meaning) => asked.has(meaning)));
  return named.length === 0 ? text : wordRow(text.split(':')[0]?.replaceAll('**', '') ?? '', named);
}

function introduces(block: string, next: string | undefined): boolean {
  return block.trimEnd().endsWith(':') && next !== undefined && kindOf(next) !== 'paragraph';
}
