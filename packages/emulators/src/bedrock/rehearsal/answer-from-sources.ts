import { toBlocks } from '../markdown/to-blocks.ts';
import { mainPart } from './main-part.ts';
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

const enough = 0.4;
const worthMentioning = 0.6;
const mostMentions = 2;

/**
 * An answer made of the sentences, lists, tables and code that speak most of the question, each with its source's number. Undefined when
 * the sources hardly speak of it.
 */
export function answerFromSources(question: string, text: SearchText, sources: readonly Source[]): string | undefined {
  const weigh = weighAgainst(text.query, text.context, sources.map(wholeOf));
  const score = scorerFor(question, weigh);
  const ranked = sources.map((source) => rank(source, weigh, score)).sort((a, b) => b.score - a.score);
  const [first, ...others] = ranked;
  if (!first || weigh(wholeOf(first.source)) < enough) return undefined;
  const mentions = others
    .filter((other) => other.score >= first.score * worthMentioning && other.best.score >= first.best.score * worthMentioning)
    .filter(({ best }) => best.kind !== 'code' && !best.text.endsWith(':') && best.text !== first.best.text)
    .slice(0, mostMentions);
  const seeAlso = mentions.map(({ source, best }) => `- ${shortened(best.text)} ${cite(source)} _(${source.title})_`);
  return [...mainPart(first, { question, text, weigh, score }), ...(seeAlso.length > 0 ? ['**See also**', seeAlso.join('\n')] : [])].join(
    '\n\n',
  );
}

function rank(source: Source, weigh: Weigh, score: ScoreStatement): Ranked {
  const statements = toBlocks(source.text).flatMap(statementsOf);
  const scored = statements.map((statement) => ({ ...statement, score: score(statement, source.title) }));
  const none: ScoredStatement = { text: source.text, kind: 'paragraph', score: 0 };
  const best = scored.reduce((top, next) => (next.score > top.score ? next : top), none);
  return { source, best, score: weigh(wholeOf(source)) + best.score / 2 + 0.1 / source.number };
}

function wholeOf({ title, text }: Source): string {
  return `${title} ${text}`;
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  return plain.length <= 220 ? plain : `${plain.slice(0, plain.lastIndexOf(' ', 210))} …`;
}
