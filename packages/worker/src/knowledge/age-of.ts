import { counted } from '../tools/told-text.ts';

/** How old a document is. */
export interface Age {
  /** For whoever writes the answer: `undated`, `updated 2026-11-20`, `outdated, last updated 2026-02-25, 9 months ago`. */
  readonly told: string;
  /** For whoever reads the answer; undefined where there is nothing to warn of. */
  readonly warning?: string;
}

export interface AgeParams {
  /** Epoch milliseconds. */
  readonly now: number;
  /** After so many days a document counts as outdated. */
  readonly outdatedDays: number;
}

type Metadata = Readonly<Record<string, unknown>>;

/**
 * By what its metadata says of its last change. What cannot be read as one day, and what lies in the future, is no date: a document is
 * never taken for current because nobody knows better.
 */
export function ageOf(metadata: Metadata, { now, outdatedDays }: AgeParams): Age {
  const updated = updatedAt(metadata, now);
  if (updated === undefined) return { told: 'undated', warning: 'undated' };
  const days = Math.max(0, Math.floor((now - updated) / day));
  const date = new Date(updated).toISOString().slice(0, 10);
  if (days < outdatedDays) return { told: `updated ${date}` };
  return { told: `outdated, last updated ${date}, ${spanOf(days)} ago`, warning: `outdated: ${spanOf(days)} old` };
}

const day = 86_400_000;

/**
 * Names of the time of the last change, lower-case letters only. `updated` is what a `.metadata.json` of one's own says; `_last_updated_at`
 * is a reserved field of Amazon Kendra's index (developer guide, "Document attributes or fields"), and managed knowledge bases name theirs
 * in its way (awslabs/mcp#4574). Of what Bedrock adds itself under `x-amz-bedrock-kb-` nothing is a time: chunk, source, page, modality.
 */
const namesOfUpdate = ['updated', 'updatedat', 'lastupdated', 'lastupdatedat', 'lastmodified', 'lastmodifiedat', 'modified', 'modifiedat'];

function updatedAt(metadata: Metadata, now: number): number | undefined {
  const named = new Map(Object.entries(metadata).map(([key, value]) => [plain(key), value]));
  const dates = namesOfUpdate.map((name) => dateIn(named.get(name)));
  // A day ahead is today in another zone.
  return dates.find((date) => date !== undefined && date <= now + day);
}

function plain(key: string): string {
  return key
    .replace(/^x-amz-(?:bedrock-kb|kendra)-/, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

/** A number, or ISO 8601 from its day on. A number may come as text, as all metadata of S3 objects does; "March" may be any year's. */
function dateIn(value: unknown): number | undefined {
  if (typeof value === 'number') return dateOfNumber(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return dateOfNumber(Number(text));
  const [, date = '', time = ''] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?))?$/.exec(text) ?? [];
  return isDay(date) ? known(Date.parse(`${date}T${/[Z+-]/.test(time) ? time : `${time || '00:00'}Z`}`)) : undefined;
}

/** 20260302, seconds or milliseconds since 1970; fewer digits are something else, such as a year or a version. */
function dateOfNumber(value: number): number | undefined {
  const [, year, month, date] = /^(\d{4})(\d{2})(\d{2})$/.exec(String(value)) ?? [];
  if (year !== undefined) return dateIn(`${year}-${month}-${date}`);
  if (value < 1e8) return undefined;
  return known(value < 1e11 ? value * 1_000 : value);
}

/** JavaScript takes the 31st of February for a day in March. */
function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

/** What a `Date` can hold. */
function known(time: number): number | undefined {
  return Number.isNaN(new Date(time).getTime()) ? undefined : time;
}

/** In whole units, of which there are at least two: "9 months". */
function spanOf(days: number): string {
  if (days < 60) return counted(days, 'day', 'days');
  // 60 days may be less than two months of a usual length.
  return days < 731 ? `${Math.max(2, Math.floor(days / 30.44))} months` : `${Math.floor(days / 365.25)} years`;
}
