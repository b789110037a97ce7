import type { Cell, Column } from '../../tables/table.ts';

export interface TypedColumn {
  readonly kind: Column['kind'];
  readonly cells: readonly Cell[];
  /** A cell that means another number in the other form, where nothing in the column tells which it is. */
  readonly unsure?: string | undefined;
}

/**
 * What texts in columns mean, where that is safe: it is decided for a whole column, so that no cell means what its neighbour does not. The
 * text stays as it stands. A column is read in the form that reads most of it. Where both read the same cells, as of 1.234, the other
 * columns tell, and where they tell nothing either, `usual` does.
 */
export function typedColumns(columns: readonly (readonly string[])[], usual: 'english' | 'continental' = 'english'): TypedColumn[] {
  const filled = columns.map((texts) => texts.map((text) => text.trim()).filter((text) => text !== '' && !isNothing(text)));
  const leads = filled.map((texts) => readBy(texts, continental) - readBy(texts, english) || groupedMoney(texts));
  const isContinental = leads.some((lead) => lead > 0) || (usual === 'continental' && leads.every((lead) => lead === 0));
  return columns.map((texts, index) => {
    const lead = leads[index] || (isContinental ? 1 : -1);
    const forms = lead > 0 ? ([continental, english] as const) : ([english, continental] as const);
    const read = typed(texts, formOf(filled[index] ?? [], forms));
    return leads[index] === 0 && read.kind !== 'text' ? { ...read, unsure: filled[index]?.find((text) => isAmbiguous(text)) } : read;
  });
}

/** No money has three decimals: €1.234 is grouped by its point, and $2,500 by its comma. */
function groupedMoney(texts: readonly string[]): number {
  const money = texts.filter((text) => signed(text).currency !== undefined && isAmbiguous(text));
  return money.reduce((lead, text) => lead + (text.includes('.') ? 1 : -1), 0);
}

/** As 1.234 and 2,500. */
function isAmbiguous(text: string): boolean {
  const { digits } = signed(text.replace('%', ''));
  const [one, other] = [english(digits), continental(digits)];
  return one !== undefined && other !== undefined && one !== other;
}

/** How many cells a form reads of a column of numbers. */
function readBy(texts: readonly string[], read: ReadNumber): number {
  const form = formOfNumbers(texts, read);
  return form === undefined ? 0 : texts.filter((text) => form.reads(text) !== undefined).length;
}

function typed(texts: readonly string[], form: Form | undefined): TypedColumn {
  if (!form) return { kind: 'text', cells: texts.map((text) => ({ text, value: text.trim() === '' ? undefined : text })) };
  return { kind: form.kind, cells: texts.map((text) => ({ text, value: form.reads(text.trim()) })) };
}

/** Stands where there is no value. */
function isNothing(text: string): boolean {
  return /^(?:#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|n\/a|na|null|none|nan|nil|[-–—.?])$/i.test(text);
}

interface Form {
  readonly kind: Column['kind'];
  readonly reads: (text: string) => number | string | boolean | undefined;
}

function formOf(texts: readonly string[], numberForms: readonly ReadNumber[]): Form | undefined {
  if (texts.length === 0) return undefined;
  for (const read of numberForms) {
    const form = formOfNumbers(texts, read);
    if (form) return form;
  }
  return [booleans, isoDates, ...dateForms(texts)].find(({ reads }) => isMostly(texts, reads));
}

function formOfNumbers(texts: readonly string[], read: ReadNumber): Form | undefined {
  const percent: Form = { kind: 'percent', reads: (text) => percentIn(text, read) };
  return numbersOf(texts, read) ?? (texts.length > 0 && isMostly(texts, percent.reads) ? percent : undefined);
}

/** A few cells may hold words instead, or up to half of them one and the same, which stands for none. */
function isMostly(texts: readonly string[], reads: Form['reads']): boolean {
  const others = texts.filter((text) => reads(text) === undefined);
  return others.length <= texts.length * 0.2 || (others.length * 2 < texts.length && new Set(others).size === 1);
}

type ReadNumber = (text: string) => number | undefined;

/** Sums of different currencies mean nothing; and a number that begins with a nought, or has too many digits to compute with, is a name. */
function numbersOf(texts: readonly string[], read: ReadNumber): Form | undefined {
  if (texts.some((text) => /^[+-]?0\d|^[+-]?\d{16,}/.test(text))) return undefined;
  const currencies = new Set(texts.map((text) => signed(text).currency).filter((found) => found !== undefined));
  const reads = (text: string) => numberIn(text, read);
  return texts.length > 0 && currencies.size <= 1 && isMostly(texts, reads) ? { kind: 'number', reads } : undefined;
}

/** With at most one sign, before or behind the currency, or behind the number as SAP writes it; accountants write (12) for -12. */
const written =
  /^(?<bracket>\()?\s*(?<before>[-+−])?\s*(?:(?<currency>[$€£¥₹]|USD|EUR|GBP|CHF|JPY)\s?)?(?<inner>[-+−])?\s*(?<digits>[\d.,].*?)\s*(?<behind>[-−])?\s?(?<unit>[$€£¥₹]|USD|EUR|GBP|CHF|JPY)?\s*(?<after>[-−])?(?<closed>\))?$/;

const longest = 60;

interface Signed {
  readonly digits: string;
  readonly isNegative: boolean;
  readonly currency: string | undefined;
}

function signed(text: string): Signed {
  const { bracket, before, inner, behind, after, closed, digits, currency, unit } =
    (text.length > longest ? undefined : written.exec(text)?.groups) ?? {};
  const signs = [before, inner, behind, after, bracket].filter((sign) => sign !== undefined);
  const isOdd = digits === undefined || signs.length > 1 || (bracket === undefined) !== (closed === undefined) || (currency && unit);
  if (isOdd) return { digits: '', isNegative: false, currency: undefined };
  return { digits, isNegative: signs.length === 1 && signs[0] !== '+', currency: currency ?? unit };
}

function numberIn(text: string, read: ReadNumber): number | undefined {
  const { digits, isNegative } = signed(text);
  const value = read(digits);
  return isNegative && value !== undefined ? -value : value;
}

function percentIn(text: string, read: ReadNumber): number | undefined {
  const value = text.includes('%') ? numberIn(text.replace(/\s?%(?=\)?$)/, ''), read) : undefined;
  return value === undefined ? undefined : Number((value / 100).toPrecision(15));
}

/** As 1,234.5, 1'234.50 and 1 234.50. No group of thousands begins with a nought: 0.125 is an eighth. */
function english(text: string): number | undefined {
  return /^(?:[1-9]\d{0,2}(?:([,'’\u00a0\u202f ])\d{3}(?:\1\d{3})*)|\d+)?(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i.test(text) &&
    /^[\d.]*\d/.test(text)
    ? finite(text.replace(/[,'’\u00a0\u202f ]/g, ''))
    : undefined;
}

/** As 1.234,5, 1 234,5 and 3,50. */
function continental(text: string): number | undefined {
  return /^(?:[1-9]\d{0,2}(?:[.'’\u00a0\u202f ]\d{3})+|\d+)(?:,\d+)?$/.test(text)
    ? finite(text.replace(/[.'’\u00a0\u202f ]/g, '').replace(',', '.'))
    : undefined;
}

function finite(text: string): number | undefined {
  return Number.isFinite(Number(text)) ? Number(text) : undefined;
}

const booleans: Form = {
  kind: 'boolean',
  reads: (text) => (/^(?:true|yes|false|no)$/i.test(text) ? /^[ty]/i.test(text) : undefined),
};

const isoDates: Form = {
  kind: 'date',
  reads(text) {
    const [, day = '', time] = /^(\d{4}[-/]\d\d[-/]\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?))?$/.exec(text) ?? [];
    const date = dateOf(day.replaceAll('/', '-').split('-'));
    return date && time ? `${date}T${time}` : date;
  },
};

/** 3/4/2026 is two days: only where another cell of the column tells which, it is one. */
function dateForms(texts: readonly string[]): Form[] {
  const dotted = dates(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, ([day, month, year]) => [year, month, day]);
  const dayFirst = dates(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, ([day, month, year]) => [year, month, day]);
  const monthFirst = dates(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, ([month, day, year]) => [year, month, day]);
  const tells = (one: Form, other: Form) => texts.some((text) => one.reads(text) !== undefined && other.reads(text) === undefined);
  const slashed = [...(tells(dayFirst, monthFirst) ? [dayFirst] : []), ...(tells(monthFirst, dayFirst) ? [monthFirst] : [])];
  return [dotted, ...(slashed.length === 1 ? slashed : [])];
}

function dates(form: RegExp, order: (parts: readonly (string | undefined)[]) => readonly (string | undefined)[]): Form {
  return { kind: 'date', reads: (text) => dateOf(order(form.exec(text)?.slice(1) ?? [])) };
}

/** Undefined for a day that no month has. */
function dateOf([year = '', month = '', day = '']: readonly (string | undefined)[]): string | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? undefined : date;
}
