import { toBlocks } from '../markdown/to-blocks.ts';
import { supersededAmong } from './is-superseded.ts';
import { mainPart } from './main-part.ts';
import { preferenceFor } from './preference-for.ts';
import { rowAfter } from './row-after.ts';
import { type ScoreStatement, scorerFor } from './score-statement.ts';
import type { SearchText } from './search-text.ts';
import { cite, type Source } from './sources.ts';
import { type Statement, statementsOf } from './statements-of.ts';
import { type Weigh, weighAgainst } from './weigh.ts';

/** A passage with the statement in it that answers best. */
export interface Ranked {
  readonly source: Source;
  readonly score: number;
  readonly best: ScoredStatement;
}

export type ScoredStatement = Statement & { readonly score: number };

/** What is asked, and of which section of the answer before when it leans on that. */
export interface Asked {
  readonly question: string;
  readonly text: SearchText;
  readonly section?: string;
  /** The answer before, for a question about what comes after it. */
  readonly lastAnswer?: string;
}

const enough = 0.4;
const worthMentioning = 0.6;
const mostMentions = 2;

/**
 * An answer made of the sentences, lists, tables and code that speak most of the question, each with its source's number. Undefined when
 * the sources hardly speak of it.
 */
export function answerFromSources(asked: Asked, sources: readonly Source[]): string | undefined {
  const { question, text, section } = asked;
  const weigh = weighAgainst(text.query, text.context, sources.map(wholeOf));
  const next = rowAfter(asked, sources, weigh);
  if (next) return next;
  const isLeaning = (source: Source) => section !== undefined && documentOf(source.title) === documentOf(section);
  const leansOnly = text.query === '' && sources.some(isLeaning);
  const staying = (source: Source) => (isLeaning(source) ? leaning(leansOnly, source.title === section) : 0);
  const score = scorerFor(question, leansOnly ? () => 1 : weigh);
  const isSuperseded = supersededAmong(question, sources);
  const ranked = sources
    .map((source) => rank(source, { weigh, score, preference: preferenceFor(question, source, weigh) + staying(source) }))
    .map((one) => (isSuperseded(one.source) ? { ...one, score: one.score * 0.4 } : one))
    .sort((a, b) => b.score - a.score);
  const [first, ...others] = ranked;
  if (!first || (weigh(wholeOf(first.source)) < enough && !isLeaning(first.source))) return undefined;
  const mentions = (leansOnly ? [] : others)
    .filter(({ source }) => isSuperseded(first.source) || !isSuperseded(source))
    .filter((other) => other.score >= first.score * worthMentioning && other.best.score >= first.best.score * worthMentioning)
    .filter(({ best }) => best.kind !== 'code' && !best.text.endsWith(':') && best.text !== first.best.text)
    .slice(0, mostMentions);
  const seeAlso = mentions.map(({ source, best }) => `- ${shortened(best.text)} ${cite(source)} _(${source.title})_`);
  return [...mainPart(first, { question, text, weigh, score }), ...(seeAlso.length > 0 ? ['**See also**', seeAlso.join('\n')] : [])].join(
    '\n\n',
  );
}

/** A follow-up stays in its document: with no words of its own always, and best in its section; else when nothing else fits much better. */
function leaning(leansOnly: boolean, isSection: boolean): number {
  if (leansOnly) return isSection ? 2 : 1.95;
  return isSection ? 0.3 : 0.25;
}

function documentOf(title: string): string {
  return title.split(' › ')[0] ?? title;
}

interface Ranking {
  readonly weigh: Weigh;
  readonly score: ScoreStatement;
  readonly preference: number;
}

function rank(source: Source, { weigh, score, preference }: Ranking): Ranked {
  const statements = toBlocks(source.text).flatMap(statementsOf);
  const scored = statements.map((statement) => ({ ...statement, score: score(statement, source.title) }));
  const none: ScoredStatement = { text: source.text, kind: 'paragraph', score: 0 };
  const best = scored.reduce((top, next) => (next.score > top.score ? next : top), none);
  return { source, best, score: weigh(wholeOf(source)) + best.score / 2 + 0.1 / source.number + preference };
}

function wholeOf({ title, text }: Source): string {
  return `${title} ${text}`;
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  return plain.length <= 220 ? plain : `${plain.slice(0, plain.lastIndexOf(' ', 210))} …`;
}
