import { toBlocks } from '../markdown/to-blocks.ts';
import type { SearchText } from './search-text.ts';
import type { Source } from './sources.ts';
import { kindOf, type Statement, statementsOf } from './statements-of.ts';
import { type Weigh, weighAgainst } from './weigh.ts';

const enough = 0.4;
const worthMentioning = 0.6;
const mostMentions = 2;

interface Ranked {
  readonly source: Source;
  readonly score: number;
  readonly best: Statement & { readonly score: number };
}

/** An answer made of the sentences, lists, tables and code that speak most of the question, each with its source's number. */
export function answerFromSources(question: string, { query, context }: SearchText, sources: readonly Source[]): string {
  const weigh = weighAgainst(
    query,
    context,
    sources.map(({ title, text }) => `${title} ${text}`),
  );
  const ranked = sources.map((source) => rank(source, weigh, question)).sort((a, b) => b.score - a.score);
  const [first, ...others] = ranked;
  if (!first || weigh(`${first.source.title} ${first.source.text}`) < enough) return nothingFound(first);
  const mentions = others.filter(({ score }) => score >= first.score * worthMentioning).slice(0, mostMentions);
  const seeAlso = mentions.map(({ source, best }) => `- ${shortened(best.text)} [${source.number}] _(${source.title})_`);
  return [...mainPart(first, weigh, question), ...(seeAlso.length > 0 ? ['**See also**', seeAlso.join('\n')] : [])].join('\n\n');
}

function nothingFound(nearest: Ranked | undefined): string {
  const hint = nearest ? ` The nearest I found is “${nearest.source.title}” [${nearest.source.number}].` : '';
  return `I found nothing in the documents that answers this.${hint} Asking with other words may help.`;
}

function rank(source: Source, weigh: Weigh, question: string): Ranked {
  const statements = toBlocks(source.text).flatMap(statementsOf);
  const scored = statements.map((statement) => ({ ...statement, score: scoreOf(statement, source, weigh, question) }));
  const best = scored.reduce((top, next) => (next.score > top.score ? next : top), {
    text: source.text,
    kind: 'paragraph' as const,
    score: 0,
  });
  return { source, best, score: weigh(`${source.title} ${source.text}`) + best.score / 2 + 0.1 / source.number };
}

function scoreOf({ text, kind }: Statement, { title }: Source, weigh: Weigh, question: string): number {
  const own = weigh(text);
  const inPlace = weigh(`${title} ${text}`);
  return (own + (inPlace - own) / 2) * answersKind(question, text, kind) * (text.length < 25 && kind === 'paragraph' ? 0.5 : 1);
}

/** A question for a person, a number or a procedure is better met by a statement that holds one. */
function answersKind(question: string, text: string, kind: string): number {
  if (/\bwho(?:m|se)?\b/i.test(question))
    return /@|#|\+\d|\b\p{Lu}\p{L}+ \p{Lu}\p{L}+|\b(?:team|lead|manager|engineer|owner)\b/u.test(text) ? 1.2 : 1;
  if (/\b(?:when|how (?:long|often|many|much|soon|fast))\b/i.test(question))
    return /\d|\b(?:daily|weekly|monthly|every)\b/i.test(text) ? 1.25 : 1;
  if (/\b(?:how (?:do|can|to|should)|steps?|command)\b/i.test(question)) return kind === 'list' || kind === 'code' ? 1.15 : 1;
  return 1;
}

const shortSection = 900;
const shortParagraph = 320;

/** The best passage: what answers the question first, then the lists, tables, code and paragraphs around it as they stand. */
function mainPart({ source, best }: Ranked, weigh: Weigh, question: string): string[] {
  const blocks = toBlocks(source.text);
  const at = Math.max(
    0,
    blocks.findIndex((block) => statementsOf(block).some(({ text }) => text === best.text)),
  );
  const lead = leadOf(blocks[at] ?? best.text, best);
  const isShort = source.text.length <= shortSection;
  const shown = blocks.filter((block, index) => {
    if (kindOf(block) === 'paragraph')
      return index !== at && (isShort || introduces(block, blocks[index + 1]) || weigh(block) >= best.score / 2);
    return (
      index === at ||
      isShort ||
      index === at + 1 ||
      statementsOf(block).some((item) => scoreOf(item, source, weigh, question) >= best.score / 2)
    );
  });
  if (lead === undefined) return [`**${source.title}** [${source.number}]`, ...shown];
  const heading = shown.some((block) => kindOf(block) !== 'paragraph') || shown.length > 1 ? [`**${source.title}**`] : [];
  return [`${lead} [${source.number}]`, ...(shown.length > 0 ? [...heading, ...shown] : [])];
}

/** A short paragraph as a whole, else its best sentence; code speaks for itself and has none. */
function leadOf(block: string, best: Statement): string | undefined {
  if (best.kind === 'code') return undefined;
  const lead = best.kind === 'paragraph' && block.length <= shortParagraph ? block.replace(/\s*\n\s*/g, ' ') : best.text;
  return lead.endsWith(':') ? undefined : lead;
}

function introduces(block: string, next: string | undefined): boolean {
  return block.trimEnd().endsWith(':') && next !== undefined && kindOf(next) !== 'paragraph';
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  return plain.length <= 220 ? plain : `${plain.slice(0, plain.lastIndexOf(' ', 210))} …`;
}
