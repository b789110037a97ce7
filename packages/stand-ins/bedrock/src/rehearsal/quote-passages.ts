import { meaningOf } from '@vera/stand-in-kit/language/meaning';
import { meaningsOf, salientWordsOf } from '@vera/stand-in-kit/language/words-of';
import { toBlocks } from '../markdown/to-blocks.ts';
import type { SearchWords } from './search-words.ts';

export interface Searched extends SearchWords {
  readonly question: string;
  /** The answer before, where the question goes on from it. */
  readonly answered?: string | undefined;
}

const enough = 0.4;
const worthMentioning = 0.6;
const longestLead = 600;

/**
 * Quotes the passage that has most of the words, the statement with most of them first, and names what else was found. Undefined where
 * none has enough of them.
 */
export function quotePassages(searched: Searched, found: string): string | undefined {
  const passages = passagesIn(found);
  const weigh = weighAgainst(searched, passages.map(wholeOf));
  const old = supersededIn(passages, searched.question);
  const ranked = passages
    .map((passage) => ranking(passage, searched, weigh))
    .map((one) => (old.has(documentOf(one.passage)) ? { ...one, score: one.score * 0.4 } : one))
    .filter(({ passage }) => weigh(wholeOf(passage)) >= enough)
    .sort((a, b) => b.score - a.score);
  const [first, ...others] = ranked;
  if (!first) return undefined;
  // Of each other document the best passage.
  const besides = new Map(
    others
      .filter(({ score, passage }) => score >= first.score * worthMentioning && documentOf(passage) !== documentOf(first.passage))
      .toReversed()
      .map(({ passage }) => [documentOf(passage), `“${passage.title}” [${passage.number}]`]),
  );
  const named = [...besides.values()].toReversed().slice(0, 2).join(', ');
  return [...quoteOf(first, searched, weigh), ...(named === '' ? [] : [`Found besides: ${named}`])].join('\n\n');
}

/** A numbered passage in what a search returned, under a line such as `On-call handbook › Escalation`. */
interface Passage {
  readonly number: number;
  readonly title: string;
  readonly text: string;
}

function passagesIn(text: string): Passage[] {
  const lines = [...text.matchAll(/^\[(\d{1,3})\][ \t]*(.*)$/gm)];
  return lines.flatMap((line, index) => {
    const body = text.slice(line.index + line[0].length, lines[index + 1]?.index ?? text.length).trim();
    return body === '' ? [] : [{ number: Number(line[1]), title: (line[2] ?? '').trim(), text: body }];
  });
}

function wholeOf({ title, text }: Passage): string {
  return `${title} ${text}`;
}

/** How much of what was searched for a text speaks of, between 0 and 1. */
type Weigh = (text: string) => number;

const borrowedWeight = 0.35;
/** Words for documents themselves: they count only where a text has them. */
const aboutDocuments = meaningsOf('summary policy rule process procedure document guide overview runbook page handbook company');

/** Rare words weigh more than those every text has; borrowed ones weigh a third. */
function weighAgainst({ own, query }: SearchWords, texts: readonly string[]): Weigh {
  const meanings = texts.map(meaningsOf);
  const rarity = (word: string) => Math.log(1 + (texts.length + 1) / (1 + meanings.filter((set) => set.has(word)).length));
  const asked = new Map(salientWordsOf(query).map((word) => [meaningOf(word), rarity(meaningOf(word)) * borrowedWeight]));
  for (const word of meaningsOf(own)) asked.set(word, rarity(word));
  for (const word of aboutDocuments) if (!meanings.some((set) => set.has(word))) asked.delete(word);
  const all = [...asked.values()].reduce((sum, weight) => sum + weight, 0);
  return (text) => {
    const present = meaningsOf(text);
    const met = [...asked].reduce((sum, [word, weight]) => sum + (present.has(word) ? weight : 0), 0);
    return all === 0 ? 0 : met / all;
  };
}

/** Documents that another one took the place of, unless the question asks for what was. */
function supersededIn(passages: readonly Passage[], question: string): ReadonlySet<string> {
  const year = /\b20\d\d\b/.exec(question)?.[0];
  const old = passages.filter(({ title, text }) => /^\W*superseded\b/i.test(text) && !(year && title.includes(year)));
  return new Set(/\b(?:old|former|previous)\b/i.test(question) ? [] : old.map(documentOf));
}

function documentOf({ title }: Passage): string {
  return title.split(' › ')[0] ?? title;
}

interface Ranking {
  readonly passage: Passage;
  readonly score: number;
  readonly best: Statement & { readonly score: number };
}

const procedure = /\bhow (?:do|can|to|should|does)\b|\bwhat (?:now|(?:do|should|can|must) (?:i|we) do)\b|\bsteps?\b|\brunbooks?\b/i;
const asides = /› (?:before you start|causes|done when|related|timeline|who decides|practice)/i;
const beginning = /› (?:summary|overview|at a glance|what happened)(?:\s*\(.*\))?$/i;

/** Steps suit "how do I …?", a summary suits "what happened?", and a follow-up stays where the answer before it was found. */
function ranking(passage: Passage, { question, own, answered = '' }: Searched, weigh: Weigh): Ranking {
  const { title, text, number } = passage;
  const statements = toBlocks(text).flatMap(statementsOf);
  const scored = statements.map((statement) => ({ ...statement, score: scoreOf(statement, title, own, weigh) }));
  const best = scored.reduce((top, next) => (next.score > top.score ? next : top), { text, kind: 'paragraph', score: 0 });
  const named = weigh(title) * (asides.test(title) ? 0.4 : 1);
  const steps = procedure.test(question) && /^\s*1[.)] [\s\S]*^\s*2[.)] |^```/m.test(text) ? 0.6 : 0;
  const summary = /\bwhat (?:happened|is)\b/i.test(question) && beginning.test(title) ? 0.7 : 0;
  const stays = title !== '' && answered.includes(title) ? 0.5 : 0;
  return { passage, best, score: weigh(wholeOf(passage)) + best.score / 2 + named * (0.2 + steps + summary) + stays + 0.1 / number };
}

/** What the title says counts half; what begins with a word that was asked for, as a row of a glossary does, counts more. */
function scoreOf({ text, kind }: Statement, title: string, own: string, weigh: Weigh): number {
  const asked = meaningsOf(own);
  const begins = [...meaningsOf(/^[*_`]*([\p{L}\p{N}-]+)/u.exec(text)?.[1] ?? '')].some((word) => asked.has(word));
  const isFragment = kind === 'paragraph' && text.length < 25;
  return ((weigh(text) + weigh(`${title} ${text}`)) / 2) * (begins ? 1.3 : 1) * (isFragment ? 0.5 : 1);
}

/** Slack breaks a line wherever a text does; where a document only wraps its lines they are joined, in lists as well. */
function unwrapped(block: string): string {
  if (/^\s*(?:```|~~~|[|#>])/m.test(block)) return block;
  return block.replace(/(?<=\S) ?\n[ \t]*(?=\S)(?!(?:[-*+]|\d+[.)])\s)/g, ' ');
}

/** The statement, then the passage as it stands. */
function quoteOf({ passage, best }: Ranking, { question, own }: Searched, weigh: Weigh): string[] {
  const { title, text, number } = passage;
  const blocks = toBlocks(text).map(unwrapped);
  const at = blocks.findIndex((block) => statementsOf(block).some((statement) => statement.text === best.text));
  const block = blocks[at] ?? text;
  const rivals = statementsOf(block).filter((statement) => scoreOf(statement, title, own, weigh) > best.score * 0.8);
  const isSaid = best.kind === 'paragraph' && block.length <= longestLead && !block.endsWith(':');
  const isRow = best.kind === 'table' || (best.kind === 'list' && !procedure.test(question));
  // Code and steps speak for themselves, and so does a list or table in which nothing stands out.
  if (own === '' || !(isSaid || (isRow && rivals.length === 1))) return [`**${title}** [${number}]`, ...blocks];
  const lead = isSaid ? block.replace(/\s*\n\s*>?\s*/g, ' ') : best.text;
  const others = blocks.filter((_, index) => !isSaid || index !== at);
  return [`${lead}${/[.!?)]$/.test(lead) ? '' : '.'} [${number}]`, ...(others.length === 0 ? [] : [`**${title}**`, ...others])];
}

/** One thing a text says: a paragraph, a list item, a table row, or a whole piece of code. */
interface Statement {
  readonly text: string;
  readonly kind: 'paragraph' | 'list' | 'table' | 'code';
}

const itemMark = /^\s*(?:[-*+]|\d+[.)])\s+/;
const betweenItems = /\n(?=\s*(?:[-*+]|\d+[.)])\s)/;

/** The statements of a block of Markdown. */
function statementsOf(block: string): Statement[] {
  if (/^\s*(?:```|~~~)/.test(block)) return [{ text: block, kind: 'code' }];
  if (/^\s*\|.*\|\s*\n\s*\|[\s:|-]+\|/.test(block)) return rowsOf(block).map((text) => ({ text, kind: 'table' }));
  if (itemMark.test(block)) return block.split(betweenItems).map((item) => ({ text: oneLine(item.replace(itemMark, '')), kind: 'list' }));
  return /^#+ .*$/.test(block) ? [] : [{ text: oneLine(block), kind: 'paragraph' }];
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

/** `**SEV2**: first response 30 minutes, updates every 2 hours`, of each row of a table. */
function rowsOf(table: string): string[] {
  const [[corner, ...columns] = [], , ...rows] = table.trim().split('\n').map(cellsOf);
  // In small letters within a sentence; above an empty corner stand names, which keep theirs.
  const names = corner === '' ? columns : columns.map((name) => name.toLowerCase());
  return rows.map(([first = '', ...cells]) => {
    const told = cells.flatMap((cell, index) => (cell === '' ? [] : `${names[index] ?? ''} ${cell}`.trim()));
    return `${/[*_`]/.test(first) || first === '' ? first : `**${first}**`}: ${told.join(', ')}`;
  });
}

function cellsOf(row: string): string[] {
  const cells = row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/);
  return cells.map((cell) => cell.trim());
}
