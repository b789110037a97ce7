import { type Fields, isFields, type Records } from './records-in.ts';
import { type Telling, tellingOf } from './telling.ts';
import { wordHealth } from './word-health.ts';
import { wordRota } from './word-rota.ts';

/** What the part of the question wants of a list. */
export interface Wanted {
  /** Whether a row speaks of what the question names. */
  readonly isMeant: (row: Fields) => boolean;
  /** Only what is not over. */
  readonly onlyOpen: boolean;
}

const mostRows = 10;
const over = /^(?:resolved|closed|done|completed?|cancell?ed|merged)$/i;

/** A list of what a tool found, with the few fields that tell something. */
export function wordRecords(records: Records, { isMeant, onlyOpen }: Wanted, toolNoun = ''): string {
  const meant = records.rows.filter(isMeant);
  const rows = meant.length > 0 ? meant : records.rows;
  const special = wordRota(rows) ?? wordHealth(rows, records.noun);
  if (special) return special;
  const all = rows.map((row) => tellingOf(withContent(row), records.base));
  const open = all.filter(({ status }) => status === undefined || !over.test(status));
  const shown = onlyOpen ? open : all;
  const noun = records.noun || (toolNoun.endsWith('s') ? toolNoun : 'results');
  if (shown.length === 0) return all.length > 0 ? `None of the ${noun} is open.` : `There are no ${noun}.`;
  const lines = shown.slice(0, mostRows).map(lineOf);
  const hidden = shown.length - lines.length;
  const more = hidden > 0 || records.hasMore ? `\n\n…and ${hidden > 0 ? hidden : 'there are'} more.` : '';
  return `${headOf(shown.length, noun, onlyOpen && open.length < all.length)}\n\n${lines.join('\n')}${more}`;
}

function headOf(count: number, noun: string, isOpen: boolean): string {
  const one = noun.replace(/ies$/, 'y').replace(/s$/, '');
  const [things, are] = count === 1 ? [one, 'is'] : [noun, 'are'];
  return `**${count} ${things}**${isOpen ? ` ${are} open` : ''}:`;
}

export function lineOf({ title, url, status, facts, text }: Telling): string {
  const told = [status, ...facts].filter((fact) => fact !== undefined && fact !== '');
  const words = [told.join(', '), told.length < 2 && text ? (text.split('\n')[0] ?? '') : ''].filter((part) => part !== '').join(': ');
  const name = plain(title);
  return `- **${url ? `[${name}](${url})` : name}**${words === '' ? '' : `: ${words}`}`;
}

/** Brackets would end the words of a link. */
export function plain(text: string): string {
  return text.replaceAll('[', '(').replaceAll(']', ')').replaceAll('*', '∗');
}

/** A hit of a search may hold what it found inside. */
function withContent(row: Fields): Fields {
  return isFields(row.content) && typeof row.content.title === 'string' ? { ...row.content, ...row, content: undefined } : row;
}
