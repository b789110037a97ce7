import { toBlocks } from '../markdown/to-blocks.ts';
import type { Asked } from './answer-from-sources.ts';
import { asksForNext } from './asks-for-next.ts';
import { cite, type Source } from './sources.ts';
import { kindOf, statementsOf } from './statements-of.ts';
import type { Weigh } from './weigh.ts';

const written = /\b(?<day>\d{1,2})(?: (?:to|and|until|-|–) \d{1,2})? (?<month>\p{Lu}\p{L}{2})\p{L}* (?<year>\d{4})\b/u;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Row {
  readonly date: string;
  readonly text: string;
  readonly table: string;
  readonly source: Source;
}

/** "And who after that?": the row of a table with dates that follows the date of the answer before. */
export function rowAfter({ question, section, lastAnswer = '' }: Asked, sources: readonly Source[], weigh: Weigh): string | undefined {
  const date = section === undefined || !asksForNext(question) ? undefined : (rowDateIn(lastAnswer) ?? dateIn(section));
  if (date === undefined) return undefined;
  const [best] = sources
    .map((source) => ({ rows: rowsOf(source).filter((row) => row.date > date), weight: weigh(`${source.title} ${source.text}`), source }))
    .filter(({ rows, source }) => rows.length > 0 && section?.split(' › ')[0] === source.title.split(' › ')[0])
    .sort((a, b) => b.weight + weigh(b.source.title) - a.weight - weigh(a.source.title));
  const row = best?.rows.sort((a, b) => a.date.localeCompare(b.date))[0];
  return row && [`${row.text}. ${cite(row.source)}`, `**${row.source.title}**`, row.table].join('\n\n');
}

function rowsOf(source: Source): Row[] {
  const tables = toBlocks(source.text).filter((block) => kindOf(block) === 'table');
  return tables.flatMap((table) =>
    statementsOf(table).flatMap(({ text }) => {
      const date = rowDateIn(text);
      return date === undefined ? [] : [{ date, text, table, source }];
    }),
  );
}

/** Of a row that leads an answer. */
function rowDateIn(text: string): string | undefined {
  return /^\*{1,2}(\d{4}-\d\d-\d\d)\*{1,2}/.exec(text)?.[1];
}

function dateIn(text: string): string | undefined {
  const { day = '', month = '', year = '' } = written.exec(text)?.groups ?? {};
  const at = months.indexOf(month);
  return /\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? (at < 0 ? undefined : `${year}-${String(at + 1).padStart(2, '0')}-${day.padStart(2, '0')}`);
}
